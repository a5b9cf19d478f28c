"""Floor 3.5, measures against gold. A module a bench: `predict(gold)` yields one prediction a line of the gold file."""
