"""The judged question sets of our own."""
