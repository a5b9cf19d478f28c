"""The revisions, oldest first by the number in their names."""
