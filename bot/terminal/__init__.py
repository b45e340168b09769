"""Drawing messages at a terminal."""
