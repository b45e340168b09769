"""From the setting ``ONTHERECORD_MEANING_MODEL`` to a model in memory."""

from __future__ import annotations

import importlib.util
from typing import Final

from corpus.errors import InputError
from corpus.search.meaning.embedder import Embedder
from corpus.search.meaning.model_files import ModelFiles, find_model

EXTRA: Final = "pip install 'ontherecord[meaning]'"

_NEEDED: Final = {
    "static": ("tokenizers", "safetensors"),
    "onnx": ("tokenizers", "onnxruntime"),
}


def check_installed(files: ModelFiles) -> None:
    """See that what runs a model is there, without importing it.

    Raises:
        InputError: it isn't.
    """
    for name in _NEEDED["static" if files.network is None else "onnx"]:
        if importlib.util.find_spec(name) is None:
            raise InputError(f"the model of meaning needs {name}, not installed here: {EXTRA}")


def load_embedder(model: str) -> Embedder:
    """Load a model: a directory, or the name of an installed package that has one within it.

    Nothing is fetched from anywhere. A directory with an ONNX network is a sentence encoder, one
    with a table of word vectors a static model.

    Raises:
        InputError: there is no such model, it can't be loaded, or what runs it isn't installed.
    """
    files = find_model(model)
    check_installed(files)
    try:
        if files.network is not None:
            from corpus.search.meaning.onnx_model import OnnxEmbedder

            return OnnxEmbedder(files)
        from corpus.search.meaning.static_model import StaticEmbedder

        return StaticEmbedder(files)
    except InputError:
        raise
    except Exception as error:
        # The runtimes raise classes of their own, or bare Exception.
        reason = " ".join(str(error).split())[:200]
        raise InputError(
            f"the model of meaning at {files.directory} can't be loaded: {reason}"
        ) from error
