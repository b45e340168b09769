"""Alerts from end to end: a button pressed, a statement published elsewhere, a message."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.alerts import deliver
from bot.telegram.application import serving
from bot.telegram.flood import FloodControl
from bot.telegram.network import App
from corpus import Corpus, open_corpus
from corpus.types import Draft, Paragraph
from tests.double import Double, Person
from tests.telegram.build import Memory
from tests.telegram.conftest import database_in, settings_for

TODAY = datetime.now(UTC).date()
ROOT = Path(__file__).resolve().parents[2]


def statement(*texts: str, number: int = 1, **changes: Any) -> Draft:
    """A statement by Anna Weld, said today."""
    given: dict[str, Any] = {
        "title": f"Briefing number {number}",
        "publisher": "Ministry of Foreign Affairs",
        "language": "en",
        "speaker": "Anna Weld",
        "said_on": TODAY,
        "source_url": f"https://mfa.example/briefings/{number}",
    }
    paragraphs = tuple(Paragraph(text, "Anna Weld") for text in texts)
    return Draft(paragraphs, **{**given, **changes})


IRAN = "The talks with Iran will go on next week, and Iran has agreed to inspections."
HARBOUR = "The harbour of Bergen will be closed for repairs until spring."


@pytest.fixture
async def app(double: Double, corpus: Corpus, store: Memory, tmp_path: Path) -> AsyncIterator[App]:
    """The bot at work, which may write to a chat as often as it likes."""
    async with _bot(double, corpus, store, tmp_path) as running:
        yield running


def _bot(double: Double, corpus: Corpus, store: Memory, folder: Path) -> Any:
    flood = FloodControl(chat=(1, 0.001))
    return serving(settings_for(double, folder), corpus, store=store, flood=flood)


async def follows(person: Person, question: str) -> None:
    """Ask, and tap *Alert me* below the answer."""
    await person.sends(question)
    answer = await person.answer()
    await (await person.taps("🔔", answer)).answer()
    await person.answer()


async def settled(person: Person, corpus: Corpus) -> None:
    """All that was published is matched and sent; then the bot still answers."""

    async def done() -> bool:
        matched = await corpus.alerts.matched() == (await corpus.coverage()).position
        return matched and not (await corpus.alerts.counts()).waiting

    await until(done)
    await person.sends("/privacy")


async def until(reached: Callable[[], Awaitable[bool]]) -> None:
    """Look again and again whether something was reached, for ten seconds at most."""
    for _ in range(500):
        if await reached():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it was not reached")


async def test_the_button_begins_and_ends_alerts(ann: Person, corpus: Corpus) -> None:
    await ann.sends("what did Weld say about Iran last week?")
    answer = await ann.answer()
    assert "🔔 Alert me" in answer.buttons

    said = await (await ann.taps("🔔 Alert me", answer)).answer()
    assert said["text"] == (
        "I'll tell you about new statements on Iran · Anna Weld. /alerts lists all your subjects."
    )
    assert await ann.answer() is answer
    assert "🔕 Mute" in answer.buttons
    assert "🔔 Alert me" not in answer.buttons

    said = await (await ann.taps("🔕 Mute", answer)).answer()
    assert said["text"].startswith("No more alerts on Iran · Anna Weld.")
    assert await ann.answer() is answer
    assert "🔔 Alert me" in answer.buttons
    assert (await corpus.alerts.counts()).subscriptions == 0


async def test_a_new_statement_is_told_once_with_its_words(
    ann: Person, olga: Person, corpus: Corpus, double: Double
) -> None:
    await follows(ann, "Iran")
    await follows(olga, "Ираном")

    await corpus.publish(
        statement(
            "Good morning.",
            IRAN,
            HARBOUR,
            "Iran was spoken of at length when the ministers met in Geneva.",
            "Our embassy will help all travellers who come home from Iran this week.",
            "Trade with Iran has grown, as the figures of the bank show.",
        )
    )

    alert = await ann.answer(containing="New on Iran")
    assert alert.quotations[0] == IRAN
    assert len(alert.quotations) == 3
    assert "And 1 more in this statement." in alert.text
    assert "Anna Weld" in alert.text
    assert "Briefing number 1 · Ministry of Foreign Affairs" in alert.text
    assert any(url.startswith("https://mfa.example/briefings/1") for _, url in alert.links)
    assert alert.buttons == ["Whole statement", "🔕 Mute"]
    assert "Новое: Иран" in (await olga.answer(containing="🔔")).text

    await settled(ann, corpus)
    assert "What I keep on you" in (await ann.answer()).text
    assert double.losses == []


async def test_what_is_not_on_record_is_told_when_it_comes(ann: Person, corpus: Corpus) -> None:
    await ann.sends("Atlantis")
    silence = await ann.answer()
    assert "Nothing on record about" in silence.text
    await (await ann.taps("🔔", silence)).answer()
    assert "🔕 Mute" in (await ann.answer()).buttons

    await corpus.publish(statement(IRAN, number=1))
    await corpus.publish(statement("Atlantis has been found off the coast.", number=2))

    alert = await ann.answer()
    assert alert.quotations == ["Atlantis has been found off the coast."]


async def test_a_statement_from_another_process_comes_within_seconds(
    double: Double, tmp_path: Path, prepared_record: Path, store: Memory
) -> None:
    program = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from corpus import open_corpus\n"
        "from tests.telegram.test_alerts import IRAN, statement\n"
        "async def main():\n"
        "    async with open_corpus(sys.argv[1], Path(sys.argv[2])) as corpus:\n"
        "        await corpus.publish(statement(IRAN))\n"
        "asyncio.run(main())\n"
    )
    url = database_in(tmp_path)
    async with (
        open_corpus(url, tmp_path / "one") as corpus,
        _bot(double, corpus, store, tmp_path),
    ):
        ann = double.person("Ann")
        await follows(ann, "Iran")
        other = await asyncio.create_subprocess_exec(
            sys.executable, "-c", program, url, str(tmp_path / "two"), cwd=ROOT
        )
        assert await other.wait() == 0
        published = time.monotonic()
        alert = await ann.answer(within=10)
        assert alert.quotations == [IRAN]
        assert time.monotonic() - published < 5


async def test_several_subjects_met_by_one_statement_are_one_message(
    ann: Person, corpus: Corpus
) -> None:
    for question in ("Iran", "harbour", "inspections"):
        await follows(ann, question)

    await corpus.publish(statement(IRAN, HARBOUR))

    alert = await ann.answer()
    assert "New on Iran; harbour; inspections" in alert.text
    assert alert.quotations == [IRAN, HARBOUR]
    assert alert.buttons == ["Whole statement", "🔕 Iran", "🔕 harbour", "🔕 inspections"]

    await (await ann.taps("🔕 harbour", alert)).answer()
    assert (await ann.answer()).buttons[2] == "🔔 harbour"
    await corpus.publish(statement("The harbour is open again.", number=2))
    await corpus.publish(statement("Inspections in Iran have begun.", number=3))
    assert (await ann.answer()).quotations == ["Inspections in Iran have begun."]


async def test_the_list_ends_each_and_pauses_all(ann: Person, corpus: Corpus) -> None:
    await ann.sends("/alerts")
    assert "You are told of nothing yet" in (await ann.answer()).text
    await follows(ann, "Iran")
    await follows(ann, "what did Weld say about the harbour?")

    await ann.sends("/alerts")
    listed = await ann.answer()
    assert listed.text.splitlines()[1:] == ["1. Iran", "2. harbour · Anna Weld"]
    assert listed.buttons == ["🔕 Iran", "🔕 harbour · Anna Weld", "Pause all"]

    await (await ann.taps("Pause all", listed)).answer()
    assert "Paused" in (await ann.answer()).text
    await corpus.publish(statement(IRAN, number=1))
    await settled(ann, corpus)
    await ann.answer(containing="What I keep on you")
    await (await ann.taps("Resume", listed)).answer()
    assert "I tell you of new statements on" in (await ann.answer()).text
    await (await ann.taps("🔕 Iran", listed)).answer()
    assert (await ann.answer()).buttons[0] == "🔔 Iran"
    await corpus.publish(statement(IRAN + " Again.", HARBOUR, number=2))
    alert = await ann.answer()
    assert "New on harbour · Anna Weld" in alert.text
    assert alert.quotations == [HARBOUR]


async def test_forgetting_ends_alerts_and_what_waits(
    ann: Person, corpus: Corpus, double: Double, store: Memory
) -> None:
    await follows(ann, "Iran")
    double.fail("sendMessage", 429, retry_after=1, when=lambda sent: "New on" in sent["text"])
    await corpus.publish(statement(IRAN))
    await double.called("sendMessage", 2)

    await ann.sends("/forget")

    assert "your alerts" in (await ann.answer()).text
    counts = await corpus.alerts.counts()
    assert (counts.subscriptions, counts.waiting) == (0, 0)
    assert not store.notes
    await settled(ann, corpus)
    assert "What I keep on you" in (await ann.answer()).text


async def test_who_blocked_the_bot_is_left_alone_until_they_are_back(
    ann: Person, corpus: Corpus, double: Double, caplog: pytest.LogCaptureFixture
) -> None:
    await follows(ann, "Iran")
    await ann.blocks_bot()
    await corpus.publish(statement(IRAN, number=1))
    await double.called("sendMessage", 2)
    await corpus.publish(statement(IRAN + " Again.", number=2))
    bob = double.person("Bob")
    await settled(bob, corpus)
    assert len(double.calls("sendMessage")) <= 3
    assert "ERROR" not in caplog.text

    await ann.starts()
    await ann.answer(containing="word for word")
    await corpus.publish(statement(IRAN + " Once more.", number=3))
    assert (await ann.answer()).quotations == [IRAN + " Once more."]


async def test_telegram_asking_to_wait_delays_an_alert_and_nobody_else(
    ann: Person, olga: Person, corpus: Corpus, double: Double
) -> None:
    await follows(ann, "Iran")
    await follows(olga, "Iran")
    double.fail("sendMessage", 429, retry_after=2, when=lambda sent: sent["chat_id"] == ann.id)
    asked = time.monotonic()
    await corpus.publish(statement(IRAN))

    assert (await olga.answer(containing="🔔")).quotations == [IRAN]
    assert time.monotonic() - asked < 4
    assert (await ann.answer(within=15, containing="🔔")).quotations == [IRAN]
    assert time.monotonic() - asked >= 2


async def test_a_restart_between_matching_and_delivering_loses_nothing(
    double: Double, corpus: Corpus, store: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(_: deliver.Deliverer) -> bool:
        return False

    ann = double.person("Ann")
    with monkeypatch.context() as patch:
        patch.setattr(deliver.Deliverer, "step", nothing)
        async with _bot(double, corpus, store, tmp_path):
            await follows(ann, "Iran")
            await corpus.publish(statement(IRAN))

            async def made() -> bool:
                return bool((await corpus.alerts.counts()).waiting)

            await until(made)
    assert not ann.reads()
    async with _bot(double, corpus, store, tmp_path):
        assert (await ann.answer()).quotations == [IRAN]
        await settled(ann, corpus)
        assert "What I keep on you" in (await ann.answer()).text


async def test_more_than_ten_an_hour_come_as_one_list(
    ann: Person, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliver, "WINDOW", timedelta(seconds=6))
    await follows(ann, "Iran")
    drafts = [statement(f"{IRAN} Number {n}.", number=n) for n in range(1, 15)]

    await corpus.load(drafts)

    singles = await ann.answers(10)
    assert all(len(alert.quotations) == 1 for alert in singles)
    digest = await ann.answer(within=15)
    assert digest.text.splitlines()[0] == (
        "🔔 4 more new statements on what you want to be told of:"
    )
    assert [line.split(" · ")[1:] for line in digest.text.splitlines()[1:]] == [
        [f"Briefing number {n}", "Iran"] for n in range(11, 15)
    ]
    assert len(digest.links) == 4
    await (await ann.taps("My alerts", digest)).answer()
    assert "1. Iran" in (await ann.answer()).text


async def test_a_long_paragraph_is_told_whole(ann: Person, corpus: Corpus) -> None:
    await follows(ann, "Iran")
    long = " ".join(f"Sentence {n} about Iran and the talks." for n in range(200))
    short = "Iran, briefly, once more, and at the end of this statement on Iran."
    await corpus.publish(statement(long, short))

    alert = await ann.answer()
    parts = [alert]
    while "".join(part.quotations[0] for part in parts) not in (long, short):
        parts.append(await ann.answer())
    assert "New on Iran" in alert.text
    assert "And 1 more in this statement." in alert.text


async def test_in_a_group_there_are_no_alerts(ann: Person, double: Double) -> None:
    group = double.group("Desk", ann)
    await ann.sends("/ask Iran", chat=group)
    assert "🔔 Alert me" not in (await ann.answer(chat=group)).buttons
    await ann.sends("/alerts", chat=group)
    assert "in a private chat only" in (await ann.answer(chat=group)).text


async def test_a_question_of_days_alone_is_no_subject(ann: Person, corpus: Corpus) -> None:
    await ann.sends("12 March 2024")
    answer = await ann.answer()
    said = await (await ann.taps("🔔", answer)).answer()
    assert said["text"] == "Say what it is about: a name, a subject or a phrase."
    assert (await corpus.alerts.counts()).subscriptions == 0


async def test_more_than_fifty_subjects_are_refused(ann: Person, corpus: Corpus) -> None:
    for number in range(50):
        await corpus.alerts.subscribe(f"telegram:{ann.id}", f"subject {number}", most=50)
    await ann.sends("Iran")
    said = await (await ann.taps("🔔", await ann.answer())).answer()
    assert said["text"].startswith("You have as many subjects as I keep")
    await ann.sends("/alerts")
    assert len((await ann.answer()).buttons) == 51
