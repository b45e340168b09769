"""Small models of meaning, made here: words of one subject have nearly the same vector."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file

SUBJECTS = (
    ("ships", "vessels", "boats", "ferries", "fleet"),
    ("doctors", "nurses", "physicians", "hospital"),
    ("grain", "wheat", "harvest", "barley"),
    ("oslo", "lisbon", "tirana", "tehran"),
    ("the", "we", "will", "and", "of", "to", "be", "in", "that", "said", "about", "what", "was"),
)
WORDS = ("[PAD]", "[UNK]", *(word for subject in SUBJECTS for word in subject))
DIMENSIONS = 70
"""More than fit into one word of a code."""


def table() -> npt.NDArray[np.float32]:
    """A vector for each of ``WORDS``."""
    chance = np.random.default_rng(7)
    found = [np.zeros(DIMENSIONS), chance.normal(size=DIMENSIONS)]
    for subject in SUBJECTS:
        middle = chance.normal(size=DIMENSIONS)
        if "the" in subject:
            found += [0.1 * middle] * len(subject)
        else:
            found += [middle + 0.2 * chance.normal(size=DIMENSIONS) for _ in subject]
    return np.array(found, np.float32)


def write_tokenizer(directory: Path, model: dict[str, Any] | None = None) -> None:
    """A tokenizer of whole words, in lower case."""
    words = {word: number for number, word in enumerate(WORDS)}
    content: dict[str, Any] = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": model or {"type": "WordLevel", "vocab": words, "unk_token": "[UNK]"},
    }
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "tokenizer.json").write_text(json.dumps(content))


def static_model(directory: Path, **tensors: npt.NDArray[Any]) -> Path:
    """A static model as model2vec writes it."""
    write_tokenizer(directory)
    save_file(tensors or {"embeddings": table()}, directory / "model.safetensors")
    return directory


def onnx_model(directory: Path, *, sentence: bool = False, first: bool = False) -> Path:
    """A sentence encoder: each word's vector, or with ``sentence`` their mean by the network."""
    write_tokenizer(directory)
    (directory / "onnx").mkdir()
    (directory / "onnx" / "model.onnx").write_bytes(_network(sentence))
    (directory / "1_Pooling").mkdir()
    pooling = {"pooling_mode_cls_token": first, "pooling_mode_mean_tokens": not first}
    (directory / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    return directory


# The few messages of ONNX (onnx.proto of the ONNX project) that such a network needs.


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)


def _field(number: int, value: int | bytes | str) -> bytes:
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    content = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _value(name: str, kind: int, *dimensions: str) -> bytes:
    shape = b"".join(_field(1, _field(2, dimension)) for dimension in dimensions)
    return _field(1, name) + _field(2, _field(1, _field(1, kind) + _field(2, shape)))


def _node(kind: str, inputs: tuple[str, ...], output: str, attributes: bytes = b"") -> bytes:
    names = b"".join(_field(1, name) for name in inputs)
    return names + _field(2, output) + _field(4, kind) + attributes


def _network(sentence: bool) -> bytes:
    vectors = table()
    output = "sentence_embedding" if sentence else "last_hidden_state"
    nodes = [_node("Gather", ("vectors", "input_ids"), "words" if sentence else output)]
    if sentence:
        axes = _field(5, _field(1, "axes") + _field(8, 1) + _field(20, 7))
        keep = _field(5, _field(1, "keepdims") + _field(3, 0) + _field(20, 2))
        nodes.append(_node("ReduceMean", ("words",), output, axes + keep))
    raw = struct.pack(f"<{vectors.size}f", *vectors.ravel().tolist())
    sizes = b"".join(_field(1, size) for size in vectors.shape)
    held = sizes + _field(2, 1) + _field(8, "vectors") + _field(9, raw)
    shape = ("texts", "vector") if sentence else ("texts", "pieces", "vector")
    graph = b"".join(_field(1, node) for node in nodes) + _field(2, "graph") + _field(5, held)
    graph += _field(11, _value("input_ids", 7, "texts", "pieces"))
    graph += _field(11, _value("attention_mask", 7, "texts", "pieces"))
    graph += _field(12, _value(output, 1, *shape))
    return _field(1, 8) + _field(7, graph) + _field(8, _field(1, "") + _field(2, 17))
