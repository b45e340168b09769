"""The real application over the double, through the real network layer, over a real record."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from bot.telegram import desk
from bot.telegram.application import serving
from bot.telegram.flood import FloodControl
from bot.telegram.network import App
from corpus import Corpus, open_corpus
from tests.double import Double, Person
from tests.telegram.build import Memory
from tests.telegram.record import DOCUMENTS


def settings_for(double: Double, data_dir: Path, **changes: object) -> Settings:
    """The settings that point a bot at a double, whatever the environment says."""
    values = {
        "telegram_token": SecretStr(double.token),
        "telegram_api_url": double.base_url,
        "data_dir": data_dir,
        "webhook_url": None,
    }
    return Settings.model_validate(values | changes)


def database_in(folder: Path) -> str:
    """The URL of the record in a folder."""
    return f"sqlite+aiosqlite:///{folder / 'record.db'}"


def quick_flood() -> FloodControl:
    """Flood control with the parts of long answers closer together."""
    return FloodControl(chat=(1, 0.02))


@pytest.fixture
async def double() -> AsyncIterator[Double]:
    """A Telegram of our own; at the end, no call may have broken the specification."""
    async with Double() as running:
        yield running
        assert not running.violations


@pytest.fixture(scope="session")
def prepared_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a record with a few statements and its index, to be copied."""
    folder = tmp_path_factory.mktemp("prepared")

    async def prepare() -> None:
        async with open_corpus(database_in(folder), folder) as opened:
            await opened.load(DOCUMENTS)

    asyncio.run(prepare())
    return folder


@pytest.fixture
async def corpus(tmp_path: Path, prepared_record: Path) -> AsyncIterator[Corpus]:
    """A record with a few statements."""
    folder = tmp_path / "data"
    shutil.copytree(prepared_record, folder)
    async with open_corpus(database_in(folder), folder) as opened:
        yield opened


@pytest.fixture
def scant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allowances that don't fill up again while a test runs; to be asked for before the bot."""
    monkeypatch.setattr(desk, "QUESTIONS_PER_SECOND", 0.001)
    monkeypatch.setattr(desk, "LOOKUPS_PER_SECOND", 0.001)


@pytest.fixture
def store() -> Memory:
    """What the bot keeps."""
    return Memory()


@pytest.fixture
async def app(double: Double, corpus: Corpus, store: Memory, tmp_path: Path) -> AsyncIterator[App]:
    """The bot at work."""
    settings = settings_for(double, tmp_path)
    async with serving(settings, corpus, store=store, flood=quick_flood()) as running:
        yield running


@pytest.fixture
def ann(double: Double, app: App) -> Person:
    """Someone who reads English and has opened the bot."""
    return double.person("Ann", language="en")


@pytest.fixture
def olga(double: Double, app: App) -> Person:
    """Someone who reads Russian and has opened the bot."""
    return double.person("Ольга", language="ru")
