from __future__ import annotations

import pytest

from corpus import Corpus
from tests.double import Double, Person
from tests.telegram.record import DOCUMENTS, LONG_PARAGRAPH


async def passage_id(corpus: Corpus, url: str, paragraph: int) -> int:
    documents = await corpus.latest(limit=50)
    document = next(one for one in documents if (one.source_url or "").endswith(url))
    return (await corpus.statement(document.id))[paragraph].id


async def test_a_link_opens_a_passage(ann: Person, corpus: Corpus) -> None:
    number = await passage_id(corpus, "/press/oslo", 2)

    await ann.starts(f"p{number}")

    shown = await ann.answer()
    assert shown.text.splitlines()[0] == "🗣 Anna Weld · 12 March 2024"
    assert 'Asked: "' in shown.text
    assert "summit in Geneva?" in shown.text
    assert shown.buttons == ["Context", "Whole statement", "Share", "Original"]
    assert "published 13 March" in shown.text


async def test_a_long_paragraph_arrives_whole_in_parts(ann: Person, corpus: Corpus) -> None:
    number = await passage_id(corpus, "/fisheries", 1)

    await ann.starts(f"p{number}")

    parts = await ann.answers(3)
    assert "".join(words for part in parts for words in part.quotations) == LONG_PARAGRAPH
    assert [bool(part.buttons) for part in parts] == [True, False, False]
    assert parts[1].reply_to is parts[0]


async def test_markup_in_a_paragraph_is_text(ann: Person, corpus: Corpus) -> None:
    await ann.starts(f"p{await passage_id(corpus, '/fisheries', 2)}")

    assert (await ann.answer()).quotations == ["A < B & C > D was written on the fisheries board."]


async def test_context_shows_the_neighbours(ann: Person, corpus: Corpus) -> None:
    await ann.starts(f"p{await passage_id(corpus, '/press/oslo', 3)}")
    await ann.answer()

    await (await ann.taps("Context")).answer()

    context = await ann.answer()
    texts = [one["text"] for one in DOCUMENTS[0]["paragraphs"]]
    assert context.quotations[2] == texts[3]
    assert context.quotations[3] == texts[4]
    assert "▶ Anna Weld" in context.text
    assert len(context.quotations) == 4


async def test_a_statement_is_read_page_by_page_and_as_a_file(
    ann: Person, corpus: Corpus, double: Double
) -> None:
    await ann.sends("/latest")
    listed = await ann.answer()
    assert [line[:3] for line in listed.text.splitlines()[1:]] == ["1. ", "2. ", "3. ", "4. "]
    await (await ann.taps("4", listed)).answer()
    page = await ann.answer()
    assert "1 of" in page.buttons[0]
    assert page.text.startswith("The fisheries treaty, read out · 30 September 2022")

    read = list(page.quotations)
    while "›" in page.buttons:
        await (await ann.taps("›", page)).answer()
        page = await ann.answer()
        read += page.quotations

    assert "".join(read) == "".join(one["text"] for one in DOCUMENTS[2]["paragraphs"])
    await (await ann.taps("‹", page)).answer()
    await ann.answer()
    await (await ann.taps("As a file", page)).answer()
    file = (await ann.answer()).file
    assert file is not None
    content = double.world.files[file["file_id"]].upload.content.decode()
    assert LONG_PARAGRAPH in content
    assert "Boris Lund:" in content


async def test_a_whole_statement_opens_where_the_passage_stands(
    ann: Person, corpus: Corpus
) -> None:
    await ann.starts(f"p{await passage_id(corpus, '/fisheries', 2)}")
    await ann.answer()

    await (await ann.taps("Whole statement")).answer()

    page = await ann.answer()
    assert page.quotations[-1].startswith("A < B")


async def test_a_link_opens_a_statement(ann: Person, corpus: Corpus) -> None:
    document = (await corpus.latest(limit=1))[0]

    await ann.starts(f"d{document.id}")

    assert (await ann.answer()).quotations == [one["text"] for one in DOCUMENTS[3]["paragraphs"]]


@pytest.mark.parametrize(
    ("parameter", "said"),
    [
        ("p999999", "no such passage"),
        ("d999999", "no such statement"),
        ("qgone", "leads to nothing"),
        ("inline", "leads to nothing"),
    ],
)
async def test_a_link_to_nothing_is_said_to_be_one(ann: Person, parameter: str, said: str) -> None:
    await ann.starts(parameter)

    assert said in (await ann.answer()).text


async def test_buttons_of_what_was_withdrawn_say_so(ann: Person, corpus: Corpus) -> None:
    await ann.starts(f"p{await passage_id(corpus, '/press/oslo', 3)}")
    shown = await ann.answer()
    await (await ann.taps("Whole statement")).answer()
    page = await ann.answer()
    await ann.sends("/latest")
    listed = await ann.answer()
    document = next(d for d in await corpus.latest() if "oslo" in (d.source_url or ""))

    await corpus.withdraw(document.id)

    for label, message, said in [
        ("Context", shown, "no longer on record"),
        ("Whole statement", shown, "no longer on record"),
        ("As a file", page, "withdrawn"),
        ("2", listed, "withdrawn"),
    ]:
        notice = await (await ann.taps(label, message)).answer()
        assert said in notice["text"]
        assert notice["show_alert"]
    await ann.starts(f"d{document.id}")
    assert "withdrawn" in (await ann.answer()).text
    await ann.follows(f"https://t.me/OnTheRecordBot?start=p{await first_of(corpus, document.id)}")
    withdrawn = await ann.answer()
    assert "no longer on record" in withdrawn.text
    assert withdrawn.buttons == ["Original"]


async def first_of(corpus: Corpus, document_id: int) -> int:
    return (await corpus.statement(document_id))[0].id


async def test_a_statement_that_was_corrected_is_said_to_be(ann: Person, corpus: Corpus) -> None:
    await ann.sends("/latest")
    listed = await ann.answer()
    changed = {**DOCUMENTS[3], "paragraphs": DOCUMENTS[3]["paragraphs"][:1]}
    await corpus.load([changed])

    notice = await (await ann.taps("1", listed)).answer()

    assert "corrected since" in notice["text"]
    assert len((await ann.answer()).quotations) == 1


async def test_the_list_of_statements_is_paged(ann: Person, corpus: Corpus) -> None:
    await corpus.load(
        [
            {
                "url": f"https://mfa.example/daily/{number}",
                "title": f"Note {number}",
                "date": f"2021-01-{number:02d}",
                "publisher": "Ministry",
                "language": "en",
                "paragraphs": [{"speaker": None, "text": f"Note number {number}."}],
            }
            for number in range(1, 9)
        ]
    )
    await ann.sends("/latest")
    first = await ann.answer()
    assert first.buttons[-1] == "›"

    await (await ann.taps("›", first)).answer()
    second = await ann.answer()
    assert second.text.splitlines()[1].startswith("11. ")
    assert second.buttons == ["11", "12", "‹"]
    await (await ann.taps("‹", second)).answer()
    assert (await ann.answer()).buttons[0] == "1"


async def test_an_empty_record_says_so(ann: Person, corpus: Corpus) -> None:
    for document in await corpus.latest(limit=50):
        await corpus.withdraw(document.id)

    await ann.sends("/latest")

    assert (await ann.answer()).text == "Nothing is on record yet."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("c:999999", "no such passage"),
        ("s:999999", "no such passage"),
        ("d:999999:1", "no such statement"),
        ("p:999999:1:0", "no such statement"),
        ("f:999999:1", "no such statement"),
    ],
)
async def test_a_button_to_nothing_is_said_to_be_one(ann: Person, data: str, said: str) -> None:
    await ann.sends("/help")
    message = await ann.answer()
    message.markup = {"inline_keyboard": [[{"text": "?", "callback_data": data}]]}

    notice = await (await ann.taps("?", message)).answer()

    assert said in notice["text"]
