"""The commands of measuring."""
