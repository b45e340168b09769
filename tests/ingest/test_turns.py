"""Who speaks: labels of every kind, what is no label, and who goes on without one."""

from __future__ import annotations

import pytest

from corpus.ingest import draft_from_bytes

OPENING = "The talks were long, and it is too early to say how they will end, as you will see."


def speakers(text: str) -> list[str | None]:
    return [p.speaker for p in draft_from_bytes(f"{OPENING}\n\n{text}".encode()).paragraphs][1:]


def markup(html: str) -> list[tuple[str | None, str, int | None]]:
    page = f"<html><body><article><h1>The talks at Havn</h1><p>{OPENING}</p>{html}</article></body>"
    paragraphs = draft_from_bytes(page.encode()).paragraphs[1:]
    return [(p.speaker, p.kind.value, p.replies_to) for p in paragraphs]


@pytest.mark.parametrize(
    "label",
    [
        "SECRETARY LIND:",
        "MR. LIND:",
        "MR. McLIND:",
        "THE PRESIDENT:",
        "REAR ADMIRAL BRICE-O’LIND:",
        "PRESIDENT LIND (as interpreted):",
        "С.В.Линдов:",
        "В.Линдов:",
        "T. Lind:",
        "Foreign Minister Tor Lind:",
        "President of Russia Tor Lind:",
        "Президент России Тор Линд:",
        "Bundeskanzler Tor Lind:",
        "Question:",
        "Question (in French):",
        "Вопрос:",
        "Вопрос (перевод с английского):",
        "Реплика:",
        "Frage:",
        "Zusatzfrage Lind:",
        "REPORTER:",
        "Q:",
        "Q.",
    ],
)
def test_a_label_sure_by_its_own_shape(label: str) -> None:
    expected = label.removesuffix(" (as interpreted):").removesuffix(" (in French):")
    expected = expected.removesuffix(" (перевод с английского):").rstrip(":")
    (found,) = speakers(f"{label} We shall see about that.")
    assert found == expected.removesuffix(".") if label == "Q." else expected


@pytest.mark.parametrize(
    "text",
    [
        "Note: the talks go on.",
        "First: the talks go on.",
        "Washington: the talks go on.",
        "Во-первых: переговоры идут.",
        "Saudi Arabia: the talks go on.",
        "Background: the talks go on.",
        "The minister said: the talks go on.",
        "Minister Tor Lind (Sund), said: “The talks go on.”",
        "At 12:30 the talks went on.",
        "Question your own faith: that is all.",
        "Вопрос Ваш: «Что делать?» – считаю неверным.",
        "Press: the talks go on.",
        "Read it at https://mfa.example/1 now.",
        "One thing more is to be said here and now of all that was said before by them: go on.",
        "2024: the talks go on.",
        ": the talks go on.",
        "A thing: it goes on.",
        "Tor Lind, of all people here: he goes on.",
        "NATO: the talks go on.",
    ],
)
def test_what_comes_before_a_colon_and_is_no_speaker(text: str) -> None:
    assert speakers(text) == [None]


def test_a_name_is_a_speaker_among_other_turns() -> None:
    assert speakers("Question: Will you?\n\nTor Lind: Yes.\n\nLind: All of us.") == [
        "Question",
        "Tor Lind",
        "Lind",
    ]


def test_a_name_without_any_evidence_is_none() -> None:
    assert speakers("Climate Change: the talks go on.") == [None]


def test_a_name_that_returns_is_a_speaker() -> None:
    assert speakers("Tor Lind: Yes.\n\nIda Brand: No.\n\nTor Lind: Well.\n\nIda Brand: Well.") == [
        "Tor Lind",
        "Ida Brand",
        "Tor Lind",
        "Ida Brand",
    ]


def test_a_name_of_the_title_is_a_speaker() -> None:
    page = draft_from_bytes(
        b"Talks of Tor Lind with the press\n\nTor Lind: We met, and it was good."
    )
    assert page.paragraphs[0].speaker == "Tor Lind"


def test_paragraphs_without_label_go_on_with_the_last_speaker() -> None:
    assert speakers("MR. LIND: Yes.\n\nAnd more.\n\nNote: this.\n\nQ   Why?\n\nMR. LIND: So.") == [
        "MR. LIND",
        "MR. LIND",
        "MR. LIND",
        "Q",
        "MR. LIND",
    ]


def test_a_reporter_q_needs_company_or_a_sign() -> None:
    assert speakers("Q fever is rare.") == [None]
    assert speakers("Q Fever is rare.") == [None]
    assert speakers("Q Why?\n\nMR. LIND: So.\n\nQ -- and then?") == ["Q", "MR. LIND", "Q"]
    assert speakers("Q Why?\n\nQ 10:15 at night?") == ["Q", "Q"]


def test_answers_without_a_name_are_the_document_speakers() -> None:
    text = (
        "Interview with Foreign Minister Anna Weld\n\nQ: Will you attend?\n\nA: We shall.\n\n"
        "All of us.\n\nQ: When?\n\nA: Soon."
    )
    page = draft_from_bytes(text.encode())
    assert [p.speaker for p in page.paragraphs] == [
        "Q",
        "Anna Weld",
        "Anna Weld",
        "Q",
        "Anna Weld",
    ]
    assert [p.replies_to for p in page.paragraphs] == [None, 0, 0, None, 3]
    unknown = draft_from_bytes(b"Questions of the day\n\nQ: Will you?\n\nA: We shall.\n\nQ: When?")
    assert [p.speaker for p in unknown.paragraphs] == ["Q", None, "Q"]


def test_replies_without_any_label_follow_their_question() -> None:
    text = (
        "Interview with Foreign Minister Anna Weld\n\nQuestion: Will you attend?\n\nWe shall.\n\n"
        "Question: When?\n\nSoon."
    )
    page = draft_from_bytes(text.encode())
    assert [(p.speaker, p.replies_to) for p in page.paragraphs] == [
        ("Question", None),
        ("Anna Weld", 0),
        ("Question", None),
        ("Anna Weld", 2),
    ]


def test_a_note_above_the_speakers_own_label_is_not_his() -> None:
    text = (
        "Press Briefing by Foreign Minister Anna Weld\n\nPlease see below for a correction of what "
        "was said about the harbours.\n\nMS. WELD: Good morning.\n\nQ Will you?"
    )
    assert [p.speaker for p in draft_from_bytes(text.encode()).paragraphs] == [
        None,
        "MS. WELD",
        "Q",
    ]


def test_a_voice_from_outside_between_two_turns_of_one_speaker() -> None:
    assert speakers(
        "В.Линдов: Да.\n\nГазета.Ru: А семья?\n\nВ.Линдов: Хорошо.\n\nДело: когда?\n\nИ дальше."
    ) == ["В.Линдов", "Газета.Ru", "В.Линдов", "В.Линдов", "В.Линдов"]


def test_a_starred_label() -> None:
    assert speakers("*MR. LIND: Corrected.\n\nQ Why?") == ["MR. LIND", "Q"]


def test_bold_lead_ins() -> None:
    assert markup(
        "<p><b>Prime Minister of Sund Tor Lind:</b> Colleagues, friends,</p><p>We met.</p>"
        "<p><strong>Tor Lind</strong>: And we shall again.</p>"
        "<p><b>Head of Sund Herring Works Ida Brand</b>: Gladly.</p>"
        "<p><b>Ida Brand:</b> And soon.</p>"
    ) == [
        ("Prime Minister of Sund Tor Lind", "statement", None),
        ("Prime Minister of Sund Tor Lind", "statement", None),
        ("Prime Minister of Sund Tor Lind", "statement", None),
        ("Head of Sund Herring Works Ida Brand", "statement", None),
        ("Head of Sund Herring Works Ida Brand", "statement", None),
    ]


def test_bold_names_without_a_colon() -> None:
    assert markup(
        "<p><b>Tor Lind</b> We met, and it was good.</p><p><b>MS. BRAND</b> Gladly so.</p>"
        "<p><b>Good news</b> for all of us.</p>"
    ) == [
        ("Tor Lind", "statement", None),
        ("MS. BRAND", "statement", None),
        ("MS. BRAND", "statement", None),
    ]


def test_a_label_alone_in_its_paragraph() -> None:
    assert markup(
        "<p><b>Minister Tor Lind</b></p><p>We met, and it was good.</p><p>Question:</p>"
        "<p>Will you?</p><p>Tor Lind:</p><p>Yes.</p>"
    ) == [
        ("Minister Tor Lind", "apparatus", None),
        ("Minister Tor Lind", "statement", None),
        ("Question", "apparatus", None),
        ("Question", "question", None),
        ("Tor Lind", "apparatus", None),
        ("Tor Lind", "statement", 4),
    ]


def test_questions_in_bold_type() -> None:
    assert markup(
        "<p><b>Will you attend?</b></p><p>We shall.</p><p>All of us.</p><h3>And when?</h3>"
        "<p>Soon.</p>"
    ) == [
        (None, "question", None),
        (None, "statement", 1),
        (None, "statement", 1),
        (None, "question", None),
        (None, "statement", 4),
    ]


def test_headings_are_apparatus() -> None:
    assert markup("<h2>On fish</h2><p>Fish is dear.</p><p><b>On ships</b></p><p>Too many.</p>") == [
        (None, "apparatus", None),
        (None, "statement", None),
        (None, "apparatus", None),
        (None, "statement", None),
    ]
