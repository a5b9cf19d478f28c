"""The parts of cleaning: what a page's lines are, before anything is parsed."""
