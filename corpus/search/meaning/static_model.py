"""Static models: a vector for each word piece, and a text's is their mean.

The format is that of model2vec (Tulkens and van Dongen, "Model2Vec: Fast State-of-the-Art Static
Embeddings", 2024): ``model.safetensors`` with ``embeddings`` and, where the vocabulary was
quantised, ``mapping`` (piece to row) and ``weights`` (of each piece). It is read here, and not by
the library of that name, because that copies the tokenizer: measured with a vocabulary of 276,000
pieces, it takes twice the memory and five times the time to load, for the same vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from corpus.errors import InputError
from corpus.search.meaning.embedder import Vectors, unit
from corpus.search.meaning.model_files import ModelFiles

MAX_PIECES: Final = 512
"""Of a text; what follows does not count."""


class _Pieces(msgspec.Struct):
    """What a tokenizer's file says of pieces that it doesn't know."""

    unk_token: str | None = None
    unk_id: int | None = None


class _TokenizerFile(msgspec.Struct):
    model: _Pieces


class StaticEmbedder:
    """A static model in memory."""

    def __init__(self, files: ModelFiles) -> None:
        """Load the model.

        Raises:
            InputError: the files are not what a static model has.
        """
        self.identity = files.identity()
        tensors = load_file(files.weights)
        try:
            self._table: npt.NDArray[Any] = tensors["embeddings"]
        except KeyError:
            raise InputError(
                f"{files.weights} is no static model (it has no tensor 'embeddings'); "
                "for a sentence-transformers model, put its ONNX export beside it"
            ) from None
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(files.tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_PIECES)
        pieces = self._tokenizer.get_vocab_size()
        self._rows = tensors.get("mapping", np.arange(pieces))
        self._weights = tensors.get("weights", np.ones(len(self._rows), np.float32))
        if (
            self._table.ndim != 2
            or len(self._rows) < pieces
            or self._rows.max() >= len(self._table)
        ):
            raise InputError(f"{files.weights} does not belong to {files.tokenizer}")
        self._unknown = _unknown_piece(files, self._tokenizer)

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return int(self._table.shape[1])

    def questions(self, texts: Sequence[str]) -> Vectors:
        """See :class:`Embedder`."""
        return self.passages(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See :class:`Embedder`."""
        found = np.zeros((len(texts), self.dimensions), np.float32)
        encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        for number, encoding in enumerate(encoded):
            pieces = np.asarray(encoding.ids, np.int64)
            pieces = pieces[pieces != self._unknown]
            if len(pieces):
                rows = self._table[self._rows[pieces]].astype(np.float32)
                found[number] = self._weights[pieces].astype(np.float32) @ rows
        return unit(found)


def _unknown_piece(files: ModelFiles, tokenizer: Tokenizer) -> int:
    """The number of the piece that stands for unknown words; -1 where there is none."""
    pieces = msgspec.json.decode(files.tokenizer.read_bytes(), type=_TokenizerFile).model
    number = pieces.unk_id
    if number is None and pieces.unk_token is not None:
        number = tokenizer.token_to_id(pieces.unk_token)
    return -1 if number is None else number
