"""The bot in Telegram: the only place that imports ``telegram``."""
