"""Files in both directions."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from tests.double import Double, Person
from tests.double.records import Upload
from tests.double_tests.conftest import Client

Json = dict[str, Any]


async def upload(
    client: Client, method: str, files: dict[str, tuple[bytes, str]], **params: Any
) -> Json:
    form = aiohttp.FormData()
    for name, value in params.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for name, (content, filename) in files.items():
        form.add_field(name, content, filename=filename, content_type="text/plain")
    async with client.session.post(client.url(method), data=form) as response:
        body: Json = await response.json()
        return body


async def test_a_document_of_the_bots(client: Client, ann: Person) -> None:
    body = await upload(
        client,
        "sendDocument",
        {"document": (b"words", "statement.txt")},
        chat_id=ann.id,
        caption="<i>Whole</i>",
        parse_mode="HTML",
    )
    assert body["result"]["document"]["file_name"] == "statement.txt"
    message = await ann.answer()
    assert (message.text, message.content.entities[0].type) == ("Whole", "italic")
    assert message.file is not None
    again = await client.does("sendDocument", chat_id=ann.id, document=message.file["file_id"])
    assert again["document"]["file_id"] == message.file["file_id"]
    await client.does("sendPhoto", chat_id=ann.id, photo="https://a.example/p.jpg")
    assert (await ann.answers(2))[1].file is not None


async def test_captions_are_edited_apart_from_texts(client: Client, ann: Person) -> None:
    body = await upload(client, "sendDocument", {"document": (b"w", "a.txt")}, chat_id=ann.id)
    place = {"chat_id": ann.id, "message_id": body["result"]["message_id"]}
    assert "there is no text in the message to edit" in await client.refused(
        "editMessageText", **place, text="x"
    )
    assert "MEDIA_CAPTION_TOO_LONG" in await client.refused(
        "editMessageCaption", **place, caption="x" * 1025
    )
    await client.does("editMessageCaption", **place, caption="new")
    other = await upload(
        client,
        "editMessageMedia",
        {"other": (b"v", "b.txt")},
        **place,
        media={"type": "document", "media": "attach://other", "caption": "newer"},
    )
    assert other["result"]["document"]["file_name"] == "b.txt"
    assert other["result"]["caption"] == "newer"


async def test_an_album(client: Client, ann: Person) -> None:
    media = [{"type": "document", "media": f"attach://f{i}"} for i in range(2)]
    body = await upload(
        client,
        "sendMediaGroup",
        {"f0": (b"0", "a.txt"), "f1": (b"1", "b.txt")},
        chat_id=ann.id,
        media=media,
    )
    groups = {message["media_group_id"] for message in body["result"]}
    assert len(body["result"]) == 2
    assert len(groups) == 1
    mixed = [{"type": "document", "media": "x"}, {"type": "photo", "media": "x"}]
    assert "can't use the media of the specified type in the album" in await client.refused(
        "sendMediaGroup", chat_id=ann.id, media=mixed
    )
    assert "must be 2-10" in await client.refused("sendMediaGroup", chat_id=ann.id, media=mixed[:1])


async def test_a_file_that_nothing_names(client: Client, ann: Person) -> None:
    body = await upload(
        client, "sendMessage", {"extra": (b"x", "a.txt")}, chat_id=ann.id, text="attach://"
    )
    assert body["description"] == "Bad Request: [double] extra: no such parameter"


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"document": "nothing-like-it"}, "wrong file_id or the file is temporarily unavailable"),
        ({"document": ""}, "there is no document in the request"),
        ({"document": "https://a.example/a", "caption": "x" * 1025}, "message caption is too long"),
    ],
)
async def test_documents_are_refused(
    client: Client, ann: Person, params: Json, reason: str
) -> None:
    assert await client.refused("sendDocument", chat_id=ann.id, **params) == (
        f"Bad Request: {reason}"
    )


async def test_sizes(double: Double, client: Client, ann: Person) -> None:
    empty = await upload(client, "sendDocument", {"document": (b"", "a.txt")}, chat_id=ann.id)
    assert empty["description"] == "Bad Request: file must be non-empty"
    double.world.upload_limit = 4
    body = await upload(client, "sendDocument", {"document": (b"12345", "a")}, chat_id=ann.id)
    assert (body["error_code"], body["description"]) == (413, "Request Entity Too Large")
    double.world.download_limit = 2
    stored = double.world.store(Upload("a.pdf", b"123", "application/pdf"))
    assert await client.refused("getFile", file_id=stored.id) == "Bad Request: file is too big"


async def test_the_limits_are_telegrams(double: Double) -> None:
    assert (double.world.download_limit, double.world.upload_limit) == (20 << 20, 50 << 20)


async def test_a_file_of_a_person_is_fetched(client: Client, ann: Person) -> None:
    await ann.sends_file(b"%PDF-1.7", "statement.pdf", caption="please add")
    message = (await client.updates())[0]["message"]
    assert (message["caption"], message["document"]["mime_type"]) == (
        "please add",
        "application/pdf",
    )
    file = await client.does("getFile", file_id=message["document"]["file_id"])
    url = f"{client.double.base_url}/file/bot{client.double.token}/{file['file_path']}"
    async with client.session.get(url) as response:
        assert (await response.read(), response.content_type) == (b"%PDF-1.7", "application/pdf")
    async with client.session.get(f"{url}x") as response:
        assert response.status == 404
    assert "file_id" in await client.refused("getFile")


async def test_an_album_of_a_person_is_an_update_a_file(client: Client, ann: Person) -> None:
    await ann.sends_album([(b"1", "a.txt"), (b"2", "b.txt")], caption="two")
    messages = [update["message"] for update in await client.updates()]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["two", None]


@pytest.mark.parametrize("kind", ["photo", "audio", "voice", "video", "animation"])
async def test_other_kinds_of_files(client: Client, ann: Person, kind: str) -> None:
    sent = await client.does(
        f"send{kind.capitalize()}", chat_id=ann.id, **{kind: "https://a.example/f"}
    )
    assert kind in sent
