"""Floor 3, the only place where ingest, read, relate, store and export meet."""
