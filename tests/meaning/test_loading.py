"""Models are found, loaded and used as they are laid out; what can't be is said in one line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from corpus.errors import InputError
from corpus.search.meaning import loading
from corpus.search.meaning.embedder import Embedder, Vectors
from corpus.search.meaning.loading import load_embedder
from tests.meaning.models import DIMENSIONS, WORDS, onnx_model, static_model, table, write_tokenizer

MAKERS: dict[str, Callable[[Path], Path]] = {"static": static_model, "onnx": onnx_model}


@pytest.fixture(params=MAKERS)
def embedder(request: pytest.FixtureRequest, tmp_path: Path) -> Embedder:
    return load_embedder(str(MAKERS[request.param](tmp_path / "model")))


def cosine(vectors: Vectors, first: int, second: int) -> float:
    return float(vectors[first] @ vectors[second])


def test_texts_on_one_subject_are_alike(embedder: Embedder) -> None:
    vectors = embedder.passages(["Ships and ferries", "the fleet of vessels", "wheat harvest"])
    assert vectors.shape == (3, embedder.dimensions) == (3, DIMENSIONS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)
    assert cosine(vectors, 0, 1) > 0.8 > 0.4 > cosine(vectors, 0, 2)


def test_many_texts_come_back_in_their_order(embedder: Embedder) -> None:
    texts = [" ".join(["ships", "wheat", "nurses"][: 1 + number % 3]) for number in range(50)]
    together = embedder.questions(texts)
    apart = np.concatenate([embedder.questions([text]) for text in texts])
    assert np.allclose(together, apart, atol=1e-5)


def test_nothing_is_like_a_text_without_words(embedder: Embedder) -> None:
    assert not embedder.passages(["", " "]).any()
    assert embedder.passages([]).shape == (0, DIMENSIONS)


def test_the_identity_changes_with_the_files(tmp_path: Path) -> None:
    one = load_embedder(str(static_model(tmp_path / "one")))
    same = load_embedder(str(static_model(tmp_path / "same")))
    other = load_embedder(str(static_model(tmp_path / "other", embeddings=2 * table())))
    assert one.identity == same.identity != other.identity
    assert len(one.identity) == 16


def test_unknown_words_say_nothing_to_a_static_model(tmp_path: Path) -> None:
    model = load_embedder(str(static_model(tmp_path)))
    vectors = model.passages(["ships", "ships qwerty", "qwerty"])
    assert cosine(vectors, 0, 1) == pytest.approx(1)
    assert not vectors[2].any()


def test_a_quantised_vocabulary_is_read_through_its_mapping(tmp_path: Path) -> None:
    rows = np.zeros(len(WORDS), np.int64)
    rows[WORDS.index("wheat")] = 1
    weights = np.ones(len(WORDS), np.float32)
    weights[WORDS.index("ships")] = 3
    small = np.eye(2, DIMENSIONS, dtype=np.float32)
    directory = static_model(tmp_path, embeddings=small, mapping=rows, weights=weights)
    vectors = load_embedder(str(directory)).passages(["ships wheat"])
    assert vectors[0, :2].tolist() == pytest.approx([3 / 10**0.5, 1 / 10**0.5])


def test_pieces_that_stand_for_what_is_unknown_are_left_out(tmp_path: Path) -> None:
    static_model(tmp_path, embeddings=np.eye(3, 8, dtype=np.float32))
    vocabulary = [["<unk>", 0.0], ["ships", -1.0], ["wheat", -1.0]]
    write_tokenizer(tmp_path, {"type": "Unigram", "unk_id": 0, "vocab": vocabulary})
    vectors = load_embedder(str(tmp_path)).passages(["ships", "qwerty"])
    assert vectors.sum(axis=1).tolist() == [1, 0]


def test_a_tokenizer_may_know_no_unknown_piece(tmp_path: Path) -> None:
    static_model(tmp_path, embeddings=np.eye(3, 8, dtype=np.float32))
    letters = {"type": "BPE", "vocab": {"a": 0, "b": 1, "c": 2}, "merges": []}
    write_tokenizer(tmp_path, letters)
    assert load_embedder(str(tmp_path)).passages(["a"])[0, 0] == 1


def test_a_network_may_pool_by_its_first_piece_or_by_itself(tmp_path: Path) -> None:
    text = ["ships wheat"]
    first = load_embedder(str(onnx_model(tmp_path / "first", first=True))).passages(text)
    alone = load_embedder(str(onnx_model(tmp_path / "mean"))).passages(["ships"])
    assert first[0] @ alone[0] == pytest.approx(1)
    pooled = load_embedder(str(onnx_model(tmp_path / "own", sentence=True))).passages(text)
    mean = table()[[WORDS.index("ships"), WORDS.index("wheat")]].mean(axis=0)
    assert pooled[0] @ (mean / np.linalg.norm(mean)) == pytest.approx(1, abs=1e-5)


def test_a_network_gets_its_prompts_and_no_more_pieces_than_it_takes(tmp_path: Path) -> None:
    directory = onnx_model(tmp_path)
    prompts = {"prompts": {"query": "nurses ", "document": "wheat "}}
    (directory / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    (directory / "sentence_bert_config.json").write_text('{"max_seq_length": 2}')
    model = load_embedder(str(directory))
    asked, said = model.questions(["ships"])[0], model.passages(["ships grain"])[0]
    plain = load_embedder(str(onnx_model(tmp_path / "plain"))).passages(
        ["nurses ships", "wheat ships"]
    )
    assert asked @ plain[0] == pytest.approx(1, abs=1e-5)
    assert said @ plain[1] == pytest.approx(1, abs=1e-5)


def test_a_package_that_is_installed_may_bring_its_model() -> None:
    pytest.importorskip("static_model", reason="the small model of the dev extra is not installed")
    model = load_embedder("static_model")
    vectors = model.passages(
        ["We agreed on the nuclear programme of Iran.", "Иран и его ядерная программа", "Ferries"]
    )
    assert model.dimensions == 64
    assert cosine(vectors, 0, 1) > cosine(vectors, 0, 2)


@pytest.mark.parametrize("name", ["no_such_package", "no/such/directory", "json.decoder", "sys"])
def test_what_is_nowhere_is_no_model(name: str) -> None:
    with pytest.raises(InputError, match="neither a directory nor an installed package"):
        load_embedder(name)


def test_a_directory_without_a_model_is_none(tmp_path: Path) -> None:
    write_tokenizer(tmp_path)
    with pytest.raises(InputError, match=r"needs tokenizer\.json beside"):
        load_embedder(str(tmp_path))


@pytest.mark.parametrize(
    ("tensors", "reason"),
    [
        ({"weights": np.zeros(3, np.float32)}, "no tensor 'embeddings'"),
        ({"embeddings": np.zeros((3, 4), np.float32)}, "does not belong to"),
        ({"embeddings": np.zeros(99, np.float32)}, "does not belong to"),
        (
            {"embeddings": table(), "mapping": np.zeros(2, np.int64)},
            "does not belong to",
        ),
    ],
)
def test_tensors_of_something_else_are_said(
    tmp_path: Path, tensors: dict[str, npt.NDArray[Any]], reason: str
) -> None:
    with pytest.raises(InputError, match=reason):
        load_embedder(str(static_model(tmp_path, **tensors)))


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json"])
def test_a_damaged_static_model_is_said(tmp_path: Path, file: str) -> None:
    (static_model(tmp_path) / file).write_bytes(b"no such thing")
    with pytest.raises(InputError, match=r"can't be loaded"):
        load_embedder(str(tmp_path))


@pytest.mark.parametrize(
    ("file", "reason"),
    [("onnx/model.onnx", "can't be loaded"), ("1_Pooling/config.json", "is not JSON")],
)
def test_a_damaged_network_is_said(tmp_path: Path, file: str, reason: str) -> None:
    (onnx_model(tmp_path) / file).write_bytes(b"no such thing")
    with pytest.raises(InputError, match=reason):
        load_embedder(str(tmp_path))


def test_settings_of_another_shape_say_nothing(tmp_path: Path) -> None:
    directory = onnx_model(tmp_path)
    (directory / "1_Pooling" / "config.json").write_text("[]")
    assert load_embedder(str(directory)).passages(["ships"]).any()


def test_a_missing_runtime_is_named_with_its_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_NEEDED", {"static": ("no_such_runtime",), "onnx": ()})
    with pytest.raises(InputError, match=r"no_such_runtime.*pip install 'ontherecord\[meaning\]'"):
        load_embedder(str(static_model(tmp_path)))


def test_searching_without_a_model_imports_no_runtime() -> None:
    code = (
        "import sys, corpus\n"
        "names = ('tokenizers', 'safetensors', 'onnxruntime', 'corpus.search.meaning.retriever')\n"
        "print([name for name in names if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
