"""Bulk lines: read, marked, carried, refused, and written again byte for byte."""

from __future__ import annotations

import gzip
import io
import json
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import MalformedLine, TooLarge, UnreadableSource
from corpus.ingest import bulk_reader, from_line, read_lines, to_line
from corpus.types import PassageKind
from tests.ingest.making import SHARED, on_record

Q, S, A = PassageKind.QUESTION, PassageKind.STATEMENT, PassageKind.APPARATUS


def row(*paragraphs: tuple[str | None, str], **fields: Any) -> dict[str, Any]:
    return {
        "url": "https://mfa.example/1",
        "title": "Press point",
        "date": "2024-03-12",
        "speaker": None,
        "publisher": "Ministry",
        "language": "en",
        "paragraphs": [{"speaker": speaker, "text": text} for speaker, text in paragraphs],
    } | fields


def test_a_line_becomes_a_draft() -> None:
    draft = from_line(row((None, "We shall attend."), speaker="Anna Weld"), 1)
    assert draft.source_url == "https://mfa.example/1"
    assert draft.said_on == date(2024, 3, 12)
    assert draft.speaker == "Anna Weld"
    assert draft.paragraphs[0].text == "We shall attend."
    assert draft.paragraphs[0].speaker is None
    assert draft.warnings == ()


@pytest.mark.parametrize(
    "label", ["Q", "Question", "QUESTION", "Вопрос", "Реплика", "Frage", "THE PRESS", "Moderator"]
)
def test_reporters_labels_make_questions_and_replies_know_them(label: str) -> None:
    draft = from_line(
        row(
            ("MS. WELD", "MS. WELD: Good morning, all of you."),
            (label, f"{label} Will you attend?"),
            (label, "And who pays for it?"),
            ("MS. WELD", "MS. WELD: We shall."),
            ("MS. WELD", "All of us."),
            (label, f"{label} When?"),
            ("MS. WELD", "MS. WELD: Soon."),
        ),
        1,
    )
    assert [p.kind for p in draft.paragraphs] == [S, Q, Q, S, S, Q, S]
    assert [p.replies_to for p in draft.paragraphs] == [None, None, None, 1, 1, None, 5]


def test_a_second_question_in_a_row_is_the_one_replied_to() -> None:
    draft = from_line(
        row(("Q", "Q Thank you."), ("Q", "Q Who pays?"), ("MS. WELD", "MS. WELD: We do.")), 1
    )
    assert draft.paragraphs[2].replies_to == 1


@pytest.mark.parametrize(
    "text",
    [
        "4:49 P.M. EDT",
        "1:40 P.M.",
        "END",
        "END 2:53 P.M. EST",
        "* * *",
        "_____________",
        "<…>",
        "###",
        "#59-05/19/2009",
        "(Laughter.)",
        "[The minister leaves.]",
        "MS. WELD: (Laughter.)",
    ],
)
def test_stage_directions_are_apparatus(text: str) -> None:
    draft = from_line(row(("MS. WELD", "MS. WELD: We shall."), ("MS. WELD", text)), 1)
    assert draft.paragraphs[1].kind is A


def test_headings_before_the_first_turn_are_apparatus_but_sentences_are_not() -> None:
    draft = from_line(
        row(
            (None, "Press Room of the Ministry"),
            (None, "See below for a correction."),
            ("MS. WELD", "MS. WELD: Good morning."),
            ("OPERATOR", "OPERATOR: The line is open."),
        ),
        1,
    )
    assert [p.kind for p in draft.paragraphs] == [A, S, S, A]


def test_words_in_brackets_after_a_reporters_label_are_a_question() -> None:
    draft = from_line(row(("Q", "Q (Inaudible.)"), ("MS. WELD", "MS. WELD: Yes.")), 1)
    assert [p.kind for p in draft.paragraphs] == [Q, S]


def test_a_dividing_line_ends_a_reply() -> None:
    draft = from_line(
        row(
            ("Q", "Q Will you?"),
            ("MS. WELD", "MS. WELD: Yes."),
            (None, "* * *"),
            ("MS. WELD", "MS. WELD: Now another matter."),
        ),
        1,
    )
    assert [p.replies_to for p in draft.paragraphs] == [None, 0, None, None]


def interview(title: str) -> list[PassageKind]:
    turns: list[tuple[str | None, str]] = []
    reply = "It is settled, as we have said before at some length, and as all of you know well."
    for number in range(4):
        turns.append(("I.Brand", f"I.Brand: And point {number}?"))
        turns.append(("A.Weld", f"A.Weld: {reply}"))
    turns.append(("A. Weld", "A. Weld: Is it not?"))
    return [p.kind for p in from_line(row(*turns, title=title), 1).paragraphs]


def test_a_named_interviewer_asks() -> None:
    assert interview("Interview with the morning paper") == [Q, S] * 4 + [S]
    assert interview("Talk with readers") == [Q, S] * 4 + [S]


def test_both_sides_of_a_joint_press_conference_state() -> None:
    words = "We agreed on trade and on borders, and I thank my colleague. Was it easy? No."
    draft = from_line(
        row(
            ("A.Weld", f"A.Weld: {words}"),
            ("T.Lind", f"T.Lind: {words}"),
            ("A.Weld", f"A.Weld: {words}"),
            title="Joint press conference",
        ),
        1,
    )
    assert {p.kind for p in draft.paragraphs} == {S}


def test_several_interviewers_of_one_interview() -> None:
    long = "A.Weld: " + "We have said so many times. " * 20
    draft = from_line(
        row(
            ("B.Ott", "B.Ott: Shall we begin?"),
            ("A.Weld", long),
            ("C.Ulm", "C.Ulm: And then?"),
            ("A.Weld", long),
            ("D.Rau", "D.Rau: Thank you for your time."),
            title="Интервью газете",
        ),
        1,
    )
    assert [p.kind for p in draft.paragraphs] == [Q, S, Q, S, S]


def test_given_kinds_and_replies_outweigh_derived_ones() -> None:
    line = row(("Q", "Q Will you?"), ("MS. WELD", "MS. WELD: Yes."))
    line["paragraphs"][0]["kind"] = "statement"
    line["paragraphs"][1]["replies_to"] = None
    draft = from_line(line, 1)
    assert draft.paragraphs[0].kind is S
    assert draft.paragraphs[1].replies_to is None
    assert json.loads(to_line(*on_record(draft))) == line


def test_unknown_keys_are_carried_named_and_written_again() -> None:
    line = row((None, "We shall."), mood={"calm": [1, None]})
    line["paragraphs"][0]["page"] = 7
    draft = from_line(line, 3)
    assert draft.extra == (("mood", '{"calm": [1, null]}'), ("paragraphs/0/page", "7"))
    assert draft.warnings == ("Line 3: keys kept but not used: mood, paragraphs/page.",)
    assert json.loads(to_line(*on_record(draft))) == line


def test_a_carried_paragraph_key_without_its_paragraph_is_still_written() -> None:
    draft = from_line(row((None, "We shall."), **{"paragraphs/9/page": 1}), 1)
    assert json.loads(to_line(*on_record(draft)))["paragraphs/9/page"] == 1


def test_optional_fields_come_back() -> None:
    line = row(
        (None, "We shall."),
        url=None,
        published_at="2024-03-13T03:25",
        occasion="Oslo talks",
        place="Oslo",
    )
    draft = from_line(line, 1)
    assert draft.published_at == datetime(2024, 3, 13, 3, 25)
    assert to_line(*on_record(draft)) == json.dumps(line)


@pytest.mark.parametrize(
    "moment",
    ["2024-03-13", "2024-03-13T03:25:01", "2024-03-13T03:25+03:00", "2024-03-13T03:25:00.500000"],
)
def test_published_at_keeps_its_precision(moment: str) -> None:
    draft = from_line(row((None, "We shall."), published_at=moment), 1)
    assert json.loads(to_line(*on_record(draft)))["published_at"] == moment


def test_an_offset_is_kept() -> None:
    draft = from_line(row((None, "We shall."), published_at="2024-03-13T03:25:00Z"), 1)
    assert isinstance(draft.published_at, datetime)
    assert draft.published_at.tzinfo == UTC


def test_a_question_known_by_its_text_is_found_again() -> None:
    draft = from_line(
        row(
            ("Q", "Q Will you?"),
            ("MS. WELD", "MS. WELD: Yes."),
            ("Q", "Q Thank you."),
            ("MS. WELD", "MS. WELD: And to the first: gladly."),
        ),
        1,
    )
    document, passages = on_record(draft)
    passages[3] = replace(passages[3], replies_to="Q Will you?")
    assert json.loads(to_line(document, passages))["paragraphs"][3]["replies_to"] == 0
    passages[3] = replace(passages[3], replies_to="Q From another document?")
    assert json.loads(to_line(document, passages))["paragraphs"][3]["replies_to"] is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"paragraphs": []}, "at least one paragraph"),
        ({"paragraphs": "We shall."}, "at least one paragraph"),
        ({"paragraphs": ["We shall."]}, "paragraph 0 must be an object"),
        ({"paragraphs": [{"speaker": None}]}, 'paragraph 0 has no "text"'),
        ({"paragraphs": [{"text": " \n"}]}, 'paragraph 0 has no "text"'),
        ({"paragraphs": [{"text": "x", "speaker": 5}]}, '"speaker" of paragraph 0'),
        ({"paragraphs": [{"text": "x", "speaker": None, "kind": "joke"}]}, '"kind" of paragraph 0'),
        ({"paragraphs": [{"text": "x", "speaker": None, "kind": 1}]}, '"kind" of paragraph 0'),
        ({"paragraphs": [{"text": "x", "speaker": None, "replies_to": 0}]}, '"replies_to"'),
        ({"paragraphs": [{"text": "x", "speaker": None, "replies_to": True}]}, '"replies_to"'),
        ({"title": 5}, '"title" must be text or null, not 5'),
        ({"date": "12.03.2024"}, '"date" must be a day'),
        ({"date": "2024-02-30"}, '"date" must be a day'),
        ({"published_at": "soon" + "x" * 60}, '"published_at" must be'),
    ],
)
def test_a_malformed_line_says_where_and_what(change: dict[str, Any], message: str) -> None:
    with pytest.raises(MalformedLine, match=r"^line 7: ") as caught:
        from_line(row((None, "We shall.")) | change, 7)
    assert message in str(caught.value)
    assert caught.value.line == 7
    assert "\n" not in str(caught.value)


def packed(*rows: Any) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in rows)


def test_a_line_that_is_no_object_is_malformed() -> None:
    stream = io.BytesIO(packed(row((None, "We shall.")), [1, 2]))
    with pytest.raises(MalformedLine, match="line 2: expected an object"):
        list(read_lines(stream))


def test_files_are_read_plain_and_packed_by_path_and_stream(tmp_path: Path) -> None:
    rows = [row((None, f"We shall, for the {number}. time.")) for number in range(3)]
    plain, gzipped = tmp_path / "plain.jsonl", tmp_path / "packed.jsonl.gz"
    plain.write_bytes(b"\xef\xbb\xbf" + packed(*rows).replace(b"\n", b"\r\n\n"))
    gzipped.write_bytes(gzip.compress(packed(*rows)))
    expected = [from_line(one, 1) for one in rows]
    assert list(read_lines(plain)) == expected
    assert list(read_lines(str(gzipped))) == expected
    with gzipped.open("rb") as stream:
        assert list(read_lines(stream)) == expected
        assert not stream.closed


def test_line_numbers_count_blank_lines() -> None:
    stream = io.BytesIO(b"\n" + packed(row((None, "We shall."))) + b"\n{not json\n")
    lines = read_lines(stream)
    next(lines)
    with pytest.raises(MalformedLine, match="line 4: not JSON") as caught:
        next(lines)
    assert caught.value.line == 4


@pytest.mark.parametrize("line", [b'{"title": "\xff"}', b'{"title": "\\ud800"}', b"[" * 100_000])
def test_what_no_json_reader_takes_is_malformed(line: bytes) -> None:
    with pytest.raises(MalformedLine, match="line 1"):
        list(read_lines(io.BytesIO(line)))


def test_a_cut_gzip_is_a_clear_error_after_its_good_lines() -> None:
    rows = [row((None, "x" * 50 + str(number * 7919))) for number in range(5000)]
    content = gzip.compress(packed(*rows))
    lines = read_lines(io.BytesIO(content[: len(content) * 9 // 10]))
    next(lines)
    with pytest.raises(UnreadableSource, match="cut short after line"):
        list(lines)


def test_a_damaged_gzip_is_a_clear_error() -> None:
    content = bytearray(gzip.compress(packed(row((None, "We shall.")))))
    content[12:20] = b"\xff" * 8
    with pytest.raises(UnreadableSource, match="damaged"):
        list(read_lines(io.BytesIO(bytes(content))))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="can't be opened"):
        list(read_lines(tmp_path / "none.jsonl"))


def test_an_endless_line_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_reader, "MAX_LINE", 1000)
    with pytest.raises(TooLarge, match="line 1 is longer"):
        list(read_lines(io.BytesIO(b"x" * 5000)))


def test_an_empty_file_has_no_lines() -> None:
    assert list(read_lines(io.BytesIO(b""))) == []


SPEAKERS = st.none() | st.sampled_from(["Q", "MS. WELD", "Вопрос", "A.Weld", "OPERATOR"])
TEXTS = st.text(min_size=1).filter(lambda text: not text.isspace())
SCALARS = st.none() | TEXTS


KEYS = ("url", "title", "date", "speaker", "publisher", "language", "paragraphs")
PARAGRAPHS = st.tuples(SPEAKERS, TEXTS).map(lambda pair: {"speaker": pair[0], "text": pair[1]})
LINES = st.tuples(
    SCALARS,
    SCALARS,
    st.none() | st.dates().map(str),
    SCALARS,
    SCALARS,
    SCALARS,
    st.lists(PARAGRAPHS, min_size=1),
).map(lambda values: dict(zip(KEYS, values, strict=True)))


@settings(deadline=None)
@given(LINES)
def test_any_line_comes_back_byte_for_byte(line: dict[str, Any]) -> None:
    written = json.dumps(line, ensure_ascii=False)
    drafts = list(read_lines(io.BytesIO(written.encode() + b"\n")))
    assert [to_line(*on_record(draft)) for draft in drafts] == [written]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not on this machine")
@pytest.mark.parametrize("name", ["kremlin", "ru", "whitehouse"])
def test_the_corpora_come_back_byte_for_byte_and_fast(name: str) -> None:
    path = SHARED / "corpora" / f"{name}.jsonl.gz"
    started = time.process_time()
    drafts = list(read_lines(path))
    spent = time.process_time() - started
    paragraphs = sum(len(draft.paragraphs) for draft in drafts)
    if paragraphs > 10_000:
        assert spent / paragraphs < 60e-6, "four times what a quiet machine needs at most"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line, draft in zip(lines, drafts, strict=True):
            assert to_line(*on_record(draft)) == line.rstrip("\n")


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not on this machine")
def test_reporters_of_the_corpora_never_answer() -> None:
    for draft in read_lines(SHARED / "corpora" / "ru.jsonl.gz"):
        for paragraph in draft.paragraphs:
            if paragraph.speaker in ("Вопрос", "Реплика", "А.Биолек", "С.Доренко"):
                assert paragraph.kind is Q
            if paragraph.speaker in ("В.Путин", "В.В.Путин", "Э.Блэр", "Ж.Ширак"):
                # Some questions carry the label of who answers them.
                misfiled = paragraph.text.startswith(("Вопрос ", "Следующий вопрос", "Еще вопрос"))
                assert misfiled or paragraph.kind is not Q


def _kinds(title: str, *paragraphs: tuple[str | None, str]) -> list[tuple[str, int | None]]:
    line = {
        "url": "https://example.org/broadcast",
        "title": title,
        "language": "ru",
        "paragraphs": [{"speaker": speaker, "text": text} for speaker, text in paragraphs],
    }
    return [(p.kind.value, p.replies_to) for p in from_line(line, 1).paragraphs]


ANSWER = "Порт откроют осенью, когда закончат углубление дна, и паромы пойдут каждое утро. " * 6


def test_presenters_and_callers_of_a_call_in_broadcast_ask() -> None:
    talk = (
        ("А.Вельд", ANSWER),
        ("Е.Берг", "На прямой связи с нами город Хавн. Пожалуйста, вы в эфире."),
        ("О.Линд", "Здравствуйте. Расскажите о порте."),
        ("А.Вельд", ANSWER),
    )
    asked = [("statement", None), ("question", None), ("question", None), ("statement", 2)]
    assert _kinds("Прямая линия с министром", *talk) == asked
    assert [kind for kind, _ in _kinds("Переговоры в Хавне", *talk)] == ["statement"] * 4


def test_a_question_under_the_label_of_who_answers_is_one_all_the_same() -> None:
    for text in (
        "Вопрос газеты «Залив»: Когда откроют порт?",
        "Вопрос: Когда откроют порт?",
        "Следующий вопрос. Линд Ольга, Хавн: «Когда откроют порт?»",
        "Question from the Bay News: When will the port open?",
    ):
        found = _kinds("Интервью", ("А.Вельд", ANSWER), ("А.Вельд", text), ("А.Вельд", ANSWER))
        assert found == [("statement", None), ("question", None), ("statement", 1)], text
    for text in (
        "Вопрос Ваш: «Когда откроют порт?» – считаю верным.",
        "Вопрос в том, когда откроют порт. Кто это знает?",
        "Question time is over: who wants more?",
    ):
        assert _kinds("Интервью", ("А.Вельд", ANSWER), ("А.Вельд", text))[1][0] == "statement"
