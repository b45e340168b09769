"""Alerts: what is published meets what people want to be told of, and becomes messages."""
