"""Starting and stopping: menus, restarts, webhooks, and what stops a start."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import signal
import socket
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot.errors import SettingsError
from bot.settings import Settings
from bot.telegram import application, network
from bot.telegram.application import serving
from bot.telegram.network import App, webhook_secret
from corpus import Corpus
from corpus.errors import RecordBusy
from tests.double import Double
from tests.telegram.build import Memory
from tests.telegram.conftest import database_in, quick_flood, settings_for

HARBOUR = "The harbour of Bergen will be open to hospital ships from Monday."


async def test_menus_and_descriptions_are_set_in_each_language(double: Double, app: App) -> None:
    await double.called("setMyCommands", 4)
    await double.called("setMyShortDescription", 2)

    menus = {
        (call.params.get("language_code"), call.params["scope"]["type"]): [
            command["command"] for command in call.params["commands"]
        ]
        for call in double.calls("setMyCommands")
    }
    assert set(menus) == {
        (language, scope)
        for language in (None, "ru")
        for scope in ("all_private_chats", "all_group_chats")
    }
    assert "forget" in menus[None, "all_private_chats"]
    assert "forget" not in menus[None, "all_group_chats"]


async def test_menus_that_are_refused_do_not_stop_the_bot(
    double: Double, corpus: Corpus, store: Memory, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    double.fail("setMyCommands", 400, "Bad Request: no menus today", times=2)
    async with serving(settings_for(double, tmp_path), corpus, store=store):
        await double.called("setMyCommands", 2)
        ann = double.person()
        await ann.sends("harbour")
        assert (await ann.answer()).quotations == [HARBOUR]
    assert "the menus in ru are as they were: No menus today" in caplog.text


async def test_after_a_restart_old_buttons_work_and_edits_are_followed(
    double: Double, corpus: Corpus, store: Memory, tmp_path: Path
) -> None:
    settings = settings_for(double, tmp_path)
    ann = double.person()
    async with serving(settings, corpus, store=store, flood=quick_flood()):
        question = await ann.sends("Iran")
        answer = await ann.answer()
    await ann.edits(question, "harbour of Bergen")
    async with serving(settings, corpus, store=store, flood=quick_flood()):
        assert await ann.answer() is answer
        assert answer.quotations == [HARBOUR]
        await (await ann.taps("Context", answer)).answer()
        assert "In its place" in (await ann.answer()).text


async def test_what_was_taken_before_a_crash_is_answered_after_it(
    double: Double,
    corpus: Corpus,
    store: Memory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = settings_for(double, tmp_path)
    ann = double.person()
    asked = asyncio.Event()

    async def killed(*_: Any, **__: Any) -> Any:
        asked.set()
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(corpus, "ask", killed)
        async with serving(settings, corpus, store=store, flood=quick_flood()):
            await ann.sends("harbour")
            await asyncio.wait_for(asked.wait(), 5)
    assert not ann.reads()

    async with serving(settings, corpus, store=store, flood=quick_flood()):
        assert (await ann.answer()).quotations == [HARBOUR]
        await ann.sends("/help")
        assert "Ask anything" in (await ann.answer()).text


async def test_updates_that_come_again_are_answered_once(
    double: Double, corpus: Corpus, store: Memory, tmp_path: Path
) -> None:
    settings = settings_for(double, tmp_path)
    ann = double.person()
    async with serving(settings, corpus, store=store, flood=quick_flood()):
        await ann.sends("harbour")
        await ann.answer()
        # The last poll, which would tell Telegram that all has arrived, is lost.
        double.fail("getUpdates", 500, "Internal Server Error", times=3)
    double.succeed()
    async with serving(settings, corpus, store=store, flood=quick_flood()):
        await ann.sends("/help")
        assert "Ask anything" in (await ann.answer()).text
    assert not ann.reads()


async def test_the_start_waits_for_telegram(
    double: Double,
    corpus: Corpus,
    store: Memory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(network, "FIRST_RETRY", 0.01)
    double.drop("getMe", times=2)
    double.fail("deleteWebhook", 502, "Bad Gateway")
    async with serving(settings_for(double, tmp_path), corpus, store=store):
        ann = double.person()
        await ann.sends("harbour")
        assert (await ann.answer()).quotations
    assert "can't be reached, trying again" in caplog.text
    assert double.token not in caplog.text


async def test_a_token_that_telegram_does_not_know_is_said_without_it(
    double: Double, corpus: Corpus, store: Memory, tmp_path: Path
) -> None:
    wrong = "1000000001:another_token_that_nobody_knows_at_all_"
    settings = settings_for(double, tmp_path, telegram_token=SecretStr(wrong))
    with pytest.raises(SettingsError, match="does not know") as caught:
        async with serving(settings, corpus, store=store):
            pass
    assert wrong not in str(caught.value)
    assert caught.value.__suppress_context__


async def test_without_a_token_there_is_no_bot(
    double: Double, corpus: Corpus, store: Memory, tmp_path: Path
) -> None:
    settings = settings_for(double, tmp_path, telegram_token=None)
    with pytest.raises(SettingsError, match="TELEGRAM_TOKEN is not set"):
        async with serving(settings, corpus, store=store):
            pass


async def test_a_data_directory_that_is_none_is_said(
    double: Double, corpus: Corpus, store: Memory, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text("not a directory", "utf-8")
    with pytest.raises(SettingsError, match="can't be written"):
        async with serving(settings_for(double, file), corpus, store=store):
            pass


async def test_it_runs_until_it_is_told_to_stop(
    double: Double, prepared_record: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(prepared_record, folder)
    settings = settings_for(double, folder, database_url=database_in(folder))
    running = asyncio.create_task(application._run(settings))
    ann = double.person()
    await ann.sends("harbour")
    assert (await ann.answer()).quotations == [HARBOUR]

    os.kill(os.getpid(), signal.SIGTERM)

    await asyncio.wait_for(running, 10)


async def test_a_start_that_fails_says_why(double: Double, tmp_path: Path) -> None:
    settings = settings_for(double, tmp_path, telegram_token=None)
    with pytest.raises(SettingsError, match="TELEGRAM_TOKEN is not set"):
        await application._run(settings)


def test_a_process_keeps_its_secrets_while_it_runs(
    double_settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def run(settings: Settings) -> None:
        logging.getLogger("anything").warning("the token is %s", settings.secrets[0])
        raise KeyboardInterrupt

    monkeypatch.setattr(application, "_run", run)

    application.run(double_settings)

    assert caplog.messages == ["the token is <token>"]


async def test_what_answered_what_is_written_down_also_while_people_wait(
    double: Double,
    corpus: Corpus,
    store: Memory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(application, "FLUSH_SECONDS", 0.01)
    monkeypatch.setattr(application, "FLUSH_AT_LEAST_SECONDS", 0.05)
    ask, release, kept = corpus.ask, asyncio.Event(), asyncio.Event()
    keep = store.keep_note

    async def asked(question: str, **more: Any) -> Any:
        if question == "wait":
            await release.wait()
        return await ask(question, **more)

    async def noted(*arguments: Any, **more: Any) -> None:
        await keep(*arguments, **more)
        kept.set()

    monkeypatch.setattr(corpus, "ask", asked)
    monkeypatch.setattr(store, "keep_note", noted)
    async with serving(settings_for(double, tmp_path), corpus, store=store):
        ann, bob = double.person("Ann"), double.person("Bob")
        await bob.sends("wait")
        await ann.sends("harbour")
        await ann.answer()
        await asyncio.wait_for(kept.wait(), 5)
        release.set()
        await bob.answer()


async def test_trouble_with_the_record_is_sat_out(
    double: Double,
    corpus: Corpus,
    store: Memory,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(application, "FLUSH_SECONDS", 0.01)
    monkeypatch.setattr(application, "AFTER_ERROR_SECONDS", 0.01)
    keep = store.keep_note

    refused = asyncio.Event()

    async def busy(*_: Any, **__: Any) -> None:
        refused.set()
        raise RecordBusy("the database is locked")

    async with serving(settings_for(double, tmp_path), corpus, store=store):
        ann = double.person()
        monkeypatch.setattr(store, "keep_note", busy)
        await ann.sends("harbour")
        await ann.answer()
        await asyncio.wait_for(refused.wait(), 5)
        monkeypatch.setattr(store, "keep_note", keep)
        await ann.sends("embassy")
        await ann.answer()
    assert "the database is locked, trying again" in caplog.text
    assert {key for _, key in store.notes} == {f"{ann.id}:1", f"{ann.id}:3"}
    monkeypatch.setattr(store, "keep_note", busy)
    async with serving(settings_for(double, tmp_path), corpus, store=store):
        await ann.sends("harbour")
        await ann.answer()
    assert "what answered what is forgotten: the database is locked" in caplog.text


# --- webhook -------------------------------------------------------------------------------------


@pytest.fixture
def double_settings(tmp_path: Path) -> Settings:
    """Settings with a token, of a bot that is never started."""
    return settings_for(Double(), tmp_path)


@pytest.fixture
def port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_by_webhook_it_answers_too(
    double: Double, corpus: Corpus, store: Memory, tmp_path: Path, port: int
) -> None:
    # Telegram wants https; what ends the encryption in front of the bot is not part of this test.
    settings = settings_for(double, tmp_path).model_copy(
        update={
            "webhook_url": f"http://127.0.0.1:{port}/hook/bot",
            "webhook_listen": f"127.0.0.1:{port}",
        }
    )
    async with serving(settings, corpus, store=store, flood=quick_flood()):
        ann = double.person()
        await ann.sends("harbour")
        assert (await ann.answer()).quotations == [HARBOUR]
        call = double.calls("setWebhook")[0]
        assert call.params["secret_token"] == webhook_secret(settings)
        assert "channel_post" not in call.params["allowed_updates"]
        async with httpx.AsyncClient() as stranger:
            answer = await stranger.post(settings.webhook_url or "", json={"update_id": 99})
        assert answer.status_code == 403
    assert not double.calls("getUpdates")


def test_the_webhooks_secret_is_the_same_on_each_replica(double: Double, tmp_path: Path) -> None:
    settings = settings_for(double, tmp_path)
    assert webhook_secret(settings) == webhook_secret(settings_for(double, tmp_path / "other"))
    assert double.token not in webhook_secret(settings)
    set_by_hand = settings_for(double, tmp_path, webhook_secret=SecretStr("mine"))
    assert webhook_secret(set_by_hand) == "mine"


def test_nothing_is_logged_with_the_token(double: Double, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("httpx").info("quiet")
    assert double.token not in caplog.text
