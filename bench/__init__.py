"""Measurements: each module here is one command, and writes what ``docs/`` shows."""
