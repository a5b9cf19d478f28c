"""The parts of finding mentions: names, titles, organs, places."""
