"""Sentence encoders: a transformer exported to ONNX, as sentence-transformers lays it out.

Reimers and Gurevych, "Sentence-BERT: Sentence Embeddings using Siamese BERT-Networks" (2019). The
network gives a vector for each word piece; the text's is their mean or the first one's, as
``1_Pooling/config.json`` says. Prompts before questions and passages, where a model was trained
with them, come from ``config_sentence_transformers.json``.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from corpus.search.meaning.embedder import Vectors, unit
from corpus.search.meaning.model_files import ModelFiles

MAX_PIECES: Final = 256
"""Of a text, where the model says nothing; what follows does not count."""
BATCH: Final = 16
"""Texts that go through the network at once: more is not faster on a processor."""


class OnnxEmbedder:
    """A sentence encoder in memory."""

    def __init__(self, files: ModelFiles) -> None:
        """Load the model.

        Raises:
            InputError: a file of its settings can't be understood.
        """
        self.identity = files.identity()
        length = files.settings("sentence_bert_config.json").get("max_seq_length", MAX_PIECES)
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(files.tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(int(length))
        self._first = bool(files.settings("1_Pooling/config.json").get("pooling_mode_cls_token"))
        prompts = files.settings("config_sentence_transformers.json").get("prompts") or {}
        self._before_question = str(prompts.get("query", ""))
        self._before_passage = str(prompts.get("document", prompts.get("passage", "")))
        options = SessionOptions()
        options.intra_op_num_threads = max(1, (os.cpu_count() or 2) // 2)
        self._session: Any = InferenceSession(
            str(files.network), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {item.name for item in self._session.get_inputs()}
        self._output = self._session.get_outputs()[0].name
        self.dimensions = int(self._run([[0]]).shape[1])
        """How many numbers a vector has."""

    def questions(self, texts: Sequence[str]) -> Vectors:
        """See :class:`Embedder`."""
        return self._embed([self._before_question + text for text in texts])

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See :class:`Embedder`."""
        return self._embed([self._before_passage + text for text in texts])

    def _embed(self, texts: list[str]) -> Vectors:
        pieces = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(texts)]
        found = np.zeros((len(texts), self.dimensions), np.float32)
        # Those of like length together, so that little is padding.
        order = sorted(range(len(texts)), key=lambda number: len(pieces[number]))
        order = [number for number in order if pieces[number]]
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            found[batch] = self._run([pieces[number] for number in batch])
        return unit(found)

    def _run(self, pieces: list[list[int]]) -> npt.NDArray[np.float32]:
        longest = max(map(len, pieces))
        ids = np.zeros((len(pieces), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, sequence in enumerate(pieces):
            ids[row, : len(sequence)] = sequence
            mask[row, : len(sequence)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        wanted = {name: value for name, value in given.items() if name in self._inputs}
        states = np.asarray(self._session.run([self._output], wanted)[0], np.float32)
        if states.ndim == 2:
            return states
        if self._first:
            return states[:, 0]
        weights = mask.astype(np.float32)
        return np.asarray(np.einsum("tpd,tp->td", states, weights) / weights.sum(1, keepdims=True))
