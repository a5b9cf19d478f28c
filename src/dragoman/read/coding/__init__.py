"""The event coder: what in a sentence is an event, who has which part in it, and what it is in PLOVER."""
