"""Statements that the tests put on record: of an invented ministry, in two languages."""

from __future__ import annotations

from typing import Any

LONG_PARAGRAPH = " ".join(
    f"Clause {number} of the treaty says that the quota for herring is {number * 7} tonnes."
    for number in range(1, 120)
)

DOCUMENTS: list[dict[str, Any]] = [
    {
        "url": "https://mfa.example/press/oslo",
        "title": "Press point after the Oslo talks",
        "date": "2024-03-12",
        "published_at": "2024-03-13",
        "speaker": None,
        "publisher": "Ministry of Foreign Affairs",
        "language": "en",
        "paragraphs": [
            {"speaker": "Anna Weld", "text": "Good morning, and thank you for coming."},
            {"speaker": "Question", "text": "Question: Will you attend the summit in Geneva?"},
            {
                "speaker": "Anna Weld",
                "text": "Anna Weld: We shall attend the Geneva summit if both sides are invited, "
                "and not otherwise.",
            },
            {
                "speaker": "Anna Weld",
                "text": "On Iran, we have agreed to continue joint efforts to preserve the "
                "nuclear agreement.",
            },
            {
                "speaker": "Anna Weld",
                "text": "The harbour of Bergen will be open to hospital ships from Monday.",
            },
        ],
    },
    {
        "url": "https://mfa.example/speeches/iran",
        "title": "Speech on Iran at the university",
        "date": "2023-05-02",
        "speaker": "Anna Weld",
        "publisher": "Ministry of Foreign Affairs",
        "language": "en",
        "paragraphs": [
            {
                "speaker": "Anna Weld",
                "text": "The sanctions on Iran must end when the inspections succeed.",
            },
            {
                "speaker": "Anna Weld",
                "text": "Trade with Iran has doubled since the embassy in Tehran reopened.",
            },
        ],
    },
    {
        "url": "https://mfa.example/fisheries",
        "title": "The fisheries treaty, read out",
        "date": "2022-09-30",
        "speaker": "Boris Lund",
        "publisher": "Ministry of Fisheries",
        "language": "en",
        "paragraphs": [
            {"speaker": "Boris Lund", "text": "Here is the fisheries treaty in full."},
            {"speaker": "Boris Lund", "text": LONG_PARAGRAPH},
            {"speaker": "Boris Lund", "text": "A < B & C > D was written on the fisheries board."},
        ],
    },
    {
        "url": "https://mfa.example/ru/oman",
        "title": "Выступление о сотрудничестве с Оманом",
        "date": "2024-06-01",
        "speaker": "Вера Линд",
        "publisher": "Министерство иностранных дел",
        "language": "ru",
        "paragraphs": [
            {
                "speaker": "Вера Линд",
                "text": "Мы ценим дружбу с Оманом и готовы открыть новую паромную линию.",
            },
            {"speaker": "Вера Линд", "text": "Переговоры с Ираном продолжатся осенью в Маскате."},
        ],
    },
]
