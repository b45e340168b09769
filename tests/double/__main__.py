"""Chat with the bot in a terminal, without Telegram: ``python -m tests.double --help``."""

from __future__ import annotations

from tests.double.terminal import main

main()
