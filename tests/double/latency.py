"""From an update handed out to the answer that it brought."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from tests.double.records import Call, Latency
from tests.double.updates import kind_of

Json = dict[str, Any]
Key = tuple[str, object]
_NO_ANSWER = frozenset({"sendChatAction", "sendMessageDraft", "deleteMessage", "deleteMessages"})


@dataclass(slots=True)
class _Waiting:
    update_id: int
    kind: str
    since: float
    keys: frozenset[Key]


class Stopwatch:
    """Ties calls to the updates that they answer, by query, by message, else by chat."""

    def __init__(self) -> None:
        self.latencies: list[Latency] = []
        self._waiting: dict[int, _Waiting] = {}

    def handed_out(self, update: Json) -> None:
        """The bot is given an update now; a repetition does not restart the clock."""
        kind = kind_of(update)
        self._waiting.setdefault(
            update["update_id"],
            _Waiting(update["update_id"], kind, time.monotonic(), _keys(kind, update[kind])),
        )

    def answered(self, call: Call) -> None:
        """The bot made a call that succeeded; it may be an answer."""
        for key in _answers(call):
            for waiting in self._waiting.values():
                if key in waiting.keys:
                    del self._waiting[waiting.update_id]
                    self.latencies.append(
                        Latency(
                            waiting.update_id,
                            waiting.kind,
                            call.received - waiting.since,
                            call.method,
                        )
                    )
                    return


def _keys(kind: str, payload: Json) -> frozenset[Key]:
    if kind == "inline_query":
        return frozenset({("inline_query", payload["id"])})
    if kind == "callback_query":
        keys: set[Key] = {("callback_query", payload["id"])}
        if "message" in payload:
            keys.add(("chat", payload["message"]["chat"]["id"]))
        else:
            keys.add(("inline_message", payload["inline_message_id"]))
        return frozenset(keys)
    if kind == "guest_message":
        return frozenset({("guest_query", payload["guest_query_id"])})
    if kind in {"message", "edited_message", "channel_post", "edited_channel_post"}:
        chat = payload["chat"]["id"]
        return frozenset({("chat", chat), ("message", (chat, payload["message_id"]))})
    return frozenset()


def _answers(call: Call) -> list[Key]:
    params = call.params
    if call.method == "answerInlineQuery":
        return [("inline_query", params.get("inline_query_id"))]
    if call.method == "answerGuestQuery":
        return [("guest_query", params.get("guest_query_id"))]
    if call.method == "answerCallbackQuery":
        spoken = params.get("text") or params.get("url")
        return [("callback_query", params.get("callback_query_id"))] if spoken else []
    if call.method in _NO_ANSWER or not call.method.startswith(("send", "edit", "copy", "forward")):
        return []
    if "inline_message_id" in params:
        return [("inline_message", params["inline_message_id"])]
    chat = params.get("chat_id")
    replied = (params.get("reply_parameters") or {}).get("message_id")
    return [("message", (chat, replied)), ("chat", chat)]
