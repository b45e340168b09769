"""Plots of the figures that ``bench.quality`` and ``bench.latency`` write, as SVG for ``docs/``.

python -m bench.quality --json quality.json
python -m bench.latency 2000 20000 70000 250000 --json latency.json
python -m bench.plots quality.json latency.json docs/pictures
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

WIDTH = 720
LEFT = 190
INK, PALE, BLUE, ORANGE, GREEN = "#333333", "#dddddd", "#3b6ea5", "#d98032", "#4a8f5b"
STYLE = f"font-family: sans-serif; font-size: 12px; fill: {INK}"


def _svg(height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" style="{STYLE}">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _line(points: Sequence[tuple[float, float]], colour: str, width: float = 1) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def _by_kind(name: str, kinds: Mapping[str, Any]) -> bool:
    return len(kinds) > 2 and not name.startswith("held-out")


def quality(figures: Mapping[str, Any]) -> str:
    """Bars of success at 1 and nDCG at 10 by kind of question; held-out sets as a whole."""
    rows = [
        (f"{name}: {kind}", found["s@1"], found["ndcg@10"])
        for name, kinds in figures.items()
        for kind, found in kinds.items()
        if found.get("s@1") is not None and (kind == "all" or _by_kind(name, kinds))
    ]
    scale = WIDTH - LEFT - 60
    parts = [
        _text(LEFT, 20, "success at 1 (blue) and nDCG at 10 (orange), by kind of question"),
    ]
    for tenth in range(0, 11, 2):
        x = LEFT + scale * tenth / 10
        parts.append(_line([(x, 30), (x, 36 + 30 * len(rows))], PALE))
        parts.append(_text(x, 50 + 30 * len(rows), f"{tenth / 10:.1f}", "middle"))
    for place, (label, first, gain) in enumerate(rows):
        y = 36 + 30 * place
        parts.append(_text(LEFT - 8, y + 15, label, "end"))
        for value, colour, down in ((first, BLUE, 0), (gain, ORANGE, 11)):
            parts.append(
                f'<rect x="{LEFT}" y="{y + down}" width="{scale * value:.1f}" height="10" '
                f'fill="{colour}"/>'
            )
            parts.append(_text(LEFT + scale * value + 4, y + down + 9, f"{value:.2f}"))
    return _svg(60 + 30 * len(rows), parts)


SERIES = (
    ("asking", "p50 ms", BLUE, "median"),
    ("asking", "p50 ms with typos", GREEN, "median with typos"),
    ("crowd", "50 chatting, 20/s: p99 ms", ORANGE, "99th percentile, 50 people chatting"),
)
"""What is drawn of the figures by part and name: its colour, and what it is called."""


def latency(figures: Mapping[str, Mapping[str, Mapping[str, float]]]) -> str:
    """Lines of milliseconds against the size of the corpus, both as logs."""
    sizes = sorted(figures, key=int)
    top, bottom, right = 60, 320, WIDTH - 60
    start = LEFT / 2 + 30
    low, high = math.log10(int(sizes[0])), math.log10(int(sizes[-1]))
    values = [figures[size][part][name] for part, name, _, _ in SERIES for size in sizes]
    first = math.floor(math.log10(max(min(values), 0.01)))
    last = max(math.ceil(math.log10(max(values))), first + 1)

    def at(size: str, milliseconds: float) -> tuple[float, float]:
        across = (math.log10(int(size)) - low) / max(high - low, 1e-9)
        up = (math.log10(max(milliseconds, 0.01)) - first) / (last - first)
        return start + across * (right - start), bottom - up * (bottom - top)

    parts = [_text(LEFT / 2, 20, "milliseconds for one answer, by paragraphs on record")]
    for power in range(first, last + 1):
        y = at(sizes[0], 10**power)[1]
        parts.append(_line([(LEFT / 2, y), (right, y)], PALE))
        parts.append(_text(LEFT / 2 - 8, y + 4, f"{10**power:g}", "end"))
    for size in sizes:
        parts.append(_text(at(size, 10**first)[0], bottom + 20, f"{int(size):,}", "middle"))
    for place, (part, name, colour, label) in enumerate(SERIES):
        x = LEFT / 2 + 170 * place
        parts.append(_line([(x, 38), (x + 20, 38)], colour, 3))
        parts.append(_text(x + 26, 42, label))
        points = [at(size, figures[size][part][name]) for size in sizes]
        parts.append(_line(points, colour, 2))
        for (x, y), size in zip(points, sizes, strict=True):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>')
            # Medians stand close to each other: the lower one has its figure below.
            down = 18 if place == 0 else -8
            parts.append(_text(x, y + down, f"{figures[size][part][name]:.1f}", "middle"))
    return _svg(bottom + 40, parts)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Plots of the figures, as SVG.")
    parser.add_argument("quality", type=Path)
    parser.add_argument("latency", type=Path)
    parser.add_argument("directory", type=Path)
    options = parser.parse_args(arguments)
    found = json.loads(options.quality.read_text())
    (options.directory / "search-quality.svg").write_text(quality(found))
    found = json.loads(options.latency.read_text())
    (options.directory / "search-latency.svg").write_text(latency(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
