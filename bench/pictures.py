"""The README's pictures: conversations as they were really sent, over the samples.

    python -m bench.pictures [FOLDER]

Writes a PNG for each conversation where Chromium is installed. The bot is the real application
over the Bot API double; nothing in the pictures is made up by hand.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from pydantic import SecretStr

from bot.settings import Settings
from bot.telegram.application import serving
from corpus import open_corpus, read_lines, samples_path
from tests.double import Double, Person, transcript

CONVERSATIONS = {
    "asking": ("en", ["what did Weld say about irna?", "did anyone mention Atlantis?"]),
    "checking": (
        "en",
        ["/check We shall attend if both sides are invited, but not otherwise."],
    ),
    "russian": ("ru", ["что говорили о Нигере"]),
}
HEIGHTS = {"asking": 760, "checking": 470, "russian": 560}


async def main(folder: Path) -> None:
    """Hold each conversation and picture it."""
    with tempfile.TemporaryDirectory() as temporary:
        data_dir = Path(temporary)
        async with open_corpus(f"sqlite+aiosqlite:///{data_dir}/record.db", data_dir) as corpus:
            await corpus.load(read_lines(samples_path()))
            async with Double() as double:
                settings = Settings(
                    telegram_token=SecretStr(double.token),
                    telegram_api_url=double.base_url,
                    data_dir=data_dir,
                )
                async with serving(settings, corpus):
                    for name, (language, lines) in CONVERSATIONS.items():
                        person = double.person(
                            "Ann" if language == "en" else "Анна", language=language
                        )
                        await talk(person, lines)
                        page = data_dir / f"{name}.html"
                        page.write_text(transcript.page(person.chat), "utf-8")
                        transcript.picture(page, folder / f"{name}.png", height=HEIGHTS[name])


async def talk(person: Person, lines: list[str]) -> None:
    """Say each line, and wait for what comes back."""
    for line in lines:
        await person.sends(line)
        await person.answer(within=30)


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures")
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(target))
