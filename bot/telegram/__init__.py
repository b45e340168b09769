"""The bot in Telegram: the only place that imports ``telegram``."""

import os

# PTB 22 is changing durations from whole seconds to timedelta and warns of each that is read.
# This opts in to what will be (PTB, "Deprecations" of v22.2), before any of it is imported.
os.environ.setdefault("PTB_TIMEDELTA", "1")
