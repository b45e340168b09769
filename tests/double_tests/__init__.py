"""Tests of the Telegram double itself."""
