"""Bulk loading: documents in batches, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus import ingest
from corpus.types import Draft, LoadReport, Outcome, Publication

LOAD_BATCH = 5_000
"""Paragraphs of one transaction, more or less."""


def batches(documents: Iterable[Draft | Mapping[str, Any]]) -> Iterator[list[Draft]]:
    """Drafts, or lines of the bulk format, by the batch.

    Raises:
        MalformedLine: a mapping is not a document.
    """
    batch: list[Draft] = []
    size = 0
    for number, document in enumerate(documents, 1):
        draft = document if isinstance(document, Draft) else ingest.from_line(document, number)
        batch.append(draft)
        size += len(draft.paragraphs)
        if size >= LOAD_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def with_batch(
    report: LoadReport, batch: Sequence[Draft], publications: Sequence[Publication]
) -> LoadReport:
    """The report with one more batch in it."""
    count = dict.fromkeys(Outcome, 0)
    for publication in publications:
        count[publication.outcome] += 1
    return replace(
        report,
        created=report.created + count[Outcome.CREATED],
        corrected=report.corrected + count[Outcome.CORRECTED],
        unchanged=report.unchanged + count[Outcome.UNCHANGED],
        duplicates=report.duplicates + count[Outcome.DUPLICATE],
        paragraphs=report.paragraphs
        + sum(
            len(draft.paragraphs)
            for draft, publication in zip(batch, publications, strict=True)
            if publication.outcome is not Outcome.UNCHANGED
        ),
        warnings=report.warnings + tuple(w for draft in batch for w in draft.warnings),
    )
