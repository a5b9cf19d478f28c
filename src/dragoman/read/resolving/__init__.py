"""The parts of resolving: from mentions to one actor each."""
