"""A model's directory: where its files lie, and what its settings say."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from corpus.errors import InputError

TOKENIZER: Final = "tokenizer.json"
WEIGHTS: Final = "model.safetensors"
ONNX: Final = ("onnx/model.onnx", "model.onnx", "onnx/model_quantized.onnx", "model_quantized.onnx")
"""Where exports of sentence-transformers put the network, the first that is there counts."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A directory with a tokenizer and either a table of word vectors or an ONNX network."""

    directory: Path
    network: Path | None
    """The ONNX network; None for a static model."""

    @property
    def tokenizer(self) -> Path:
        """The file of the tokenizer, in the format of Hugging Face's ``tokenizers``."""
        return self.directory / TOKENIZER

    @property
    def weights(self) -> Path:
        """The file of word vectors of a static model."""
        return self.directory / WEIGHTS

    def settings(self, name: str) -> Mapping[str, Any]:
        """A JSON object that lies beside the model; empty where there is none.

        Raises:
            InputError: it is there but can't be understood.
        """
        try:
            found = msgspec.json.decode((self.directory / name).read_bytes())
        except FileNotFoundError:
            return {}
        except msgspec.DecodeError as error:
            raise InputError(f"{name} of the model at {self.directory} is not JSON") from error
        return found if isinstance(found, dict) else {}

    def identity(self) -> str:
        """A digest of all that vectors depend on: 16 hexadecimal digits of a SHA-256."""
        digest = hashlib.sha256()
        names = ("1_Pooling/config.json", "config_sentence_transformers.json", "config.json")
        for file in (self.network or self.weights, self.tokenizer, *map(self._file, names)):
            if file.exists():
                with file.open("rb") as stream:
                    digest.update(hashlib.file_digest(stream, "sha256").digest())
        return digest.hexdigest()[:16]

    def _file(self, name: str) -> Path:
        return self.directory / name


def find_model(model: str) -> ModelFiles:
    """The files of a model, by its directory or by the name of an installed package that has it.

    Raises:
        InputError: there is no such directory or package, or it holds no model that we can load.
    """
    home = Path(model).expanduser()
    if not home.is_dir():
        home = _package(model)
    for tokenizer in sorted(home.rglob(TOKENIZER), key=lambda path: (len(path.parts), path)):
        directory = tokenizer.parent
        network = next((directory / name for name in ONNX if (directory / name).is_file()), None)
        if network is not None or (directory / WEIGHTS).is_file():
            return ModelFiles(directory, network)
    raise InputError(
        f"no model of meaning in {home}: it needs {TOKENIZER} beside {WEIGHTS} or onnx/model.onnx"
    )


def _package(name: str) -> Path:
    # Only a name of one part: finding a part of a package would import the package.
    found = importlib.util.find_spec(name) if name.isidentifier() else None
    for place in found.submodule_search_locations or () if found is not None else ():
        return Path(place)
    raise InputError(
        f"the model of meaning {name!r} is neither a directory nor an installed package; "
        "set ONTHERECORD_MEANING_MODEL to one that is, or unset it"
    )
