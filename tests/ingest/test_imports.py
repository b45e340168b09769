"""The wing is cheap to import: the formats' libraries come when a source of theirs does."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    *("trafilatura", "lxml", "pypdfium2", "docx", "httpx", "markdown_it", "babel", "py3langid"),
    *("charset_normalizer", "msgspec", "dateparser", "htmldate"),
)
ALONE = """
import importlib.util, sys, types
package = types.ModuleType("corpus")
package.__path__ = list(importlib.util.find_spec("corpus").submodule_search_locations)
sys.modules["corpus"] = package
import corpus.ingest
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
"""Imports the wing without the rest of its package."""


def test_importing_the_wing_loads_no_format_library() -> None:
    result = subprocess.run(
        [sys.executable, "-c", ALONE], capture_output=True, text=True, check=True
    )
    assert not set(HEAVY) & set(result.stdout.split())
