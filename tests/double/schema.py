"""Checks a call against the machine-readable Bot API (``shared/telegram/api.json``)."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.double.constraints import constant_of, constraint_faults

Json = dict[str, Any]
SPECIFICATION = Path(__file__).resolve().parents[3] / "shared" / "telegram" / "api.json"
"""Beside the repository; the double does without where it is absent."""
ARRAY = "Array of "
_OR_STRING = "String can be used instead of this object"
_STRANGE = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a call, and where."""

    path: str
    problem: str
    wrong_type: bool = False
    """The value can't be read at all, so that no rule can look at it."""


@dataclass(slots=True)
class Checked:
    """The parameters of a call, read by their types, with all that is wrong with them."""

    params: Json = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class Schema:
    """The methods and types of one version of the Bot API."""

    def __init__(self, data: Json) -> None:
        self.version: str = data["version"]
        self._methods: dict[str, Json] = data["methods"]
        self._types: dict[str, Json] = data["types"]
        self._names = {name.lower(): name for name in self._methods}

    def canonical(self, method: str) -> str | None:
        """The method's name as the specification spells it; None if there is no such method."""
        return self._names.get(method.lower())

    def returns(self, method: str) -> list[str]:
        """The types that a method may return."""
        return list(self._methods[method]["returns"])

    def check(self, method: str, raw: Mapping[str, Any], parts: Collection[str]) -> Checked:
        """Read ``raw`` parameters (text, or JSON values) and say what is wrong with them.

        ``parts`` are the names of the files that came with the call.
        """
        fields: dict[str, Json] = {f["name"]: f for f in self._methods[method].get("fields", [])}
        checked = Checked()
        for name, value in raw.items():
            spec = fields.get(name)
            if spec is None and name in parts and f"attach://{name}" in str(raw):
                continue
            if spec is None:
                checked.faults.append(Fault(name, "no such parameter"))
                checked.params[name] = value
                continue
            if name in parts:
                if "InputFile" not in spec["types"]:
                    checked.faults.append(Fault(name, "does not take a file", wrong_type=True))
                checked.params[name] = value
                continue
            try:
                typed = _coerce(value, spec["types"]) if isinstance(value, str) else value
            except ValueError as error:
                checked.faults.append(Fault(name, str(error), wrong_type=True))
                continue
            checked.params[name] = typed
            faults = self._check(typed, spec, name)
            checked.faults.extend(faults)
        checked.faults.extend(
            Fault(name, "is required")
            for name, spec in fields.items()
            if spec["required"] and name not in raw
        )
        checked.faults.extend(self._attachments(checked.params, parts))
        return checked

    def faults(self, type_name: str, value: Any) -> list[Fault]:
        """What is wrong with ``value`` as an object of a type of the specification."""
        return self._check_type(value, type_name, type_name)

    # --- values --------------------------------------------------------------------------

    def _check(self, value: Any, spec: Json, path: str) -> list[Fault]:
        best = self._check_any(value, spec["types"], path)
        if best:
            return best
        return [Fault(path, problem) for problem in constraint_faults(value, spec["description"])]

    def _check_any(self, value: Any, names: list[str], path: str) -> list[Fault]:
        """The faults by that one of several types which the value is most likely meant for."""
        if len(names) == 1:
            return self._check_type(value, names[0], path)
        if isinstance(value, list) and all(name.startswith(ARRAY) for name in names):
            items = [name.removeprefix(ARRAY) for name in names]
            return [
                fault
                for index, one in enumerate(value)
                for fault in self._check_any(one, items, f"{path}[{index}]")
            ]
        least = min(self._misfit(value, name) for name in names)
        likely = [name for name in names if self._misfit(value, name) == least]
        return min((self._check_type(value, name, path) for name in likely), key=len)

    def _misfit(self, value: Any, name: str) -> int:
        """How little the outside of a value looks like a type."""
        if name in _PRIMITIVES or name == "InputFile" or name.startswith(ARRAY):
            return 0 if isinstance(value, list) == name.startswith(ARRAY) else _STRANGE
        spec = self._types[name]
        if spec.get("subtypes"):
            return min(self._misfit(value, subtype) for subtype in spec["subtypes"])
        if not isinstance(value, dict):
            return _STRANGE
        fields: dict[str, Json] = {f["name"]: f for f in spec.get("fields", [])}
        misfit = sum(key not in fields for key in value)
        for key, field_spec in fields.items():
            misfit += field_spec["required"] and key not in value
            constant = constant_of(field_spec)
            if key in value and constant is not None and value[key] != constant:
                misfit += _STRANGE // 2
        return misfit

    def _check_type(self, value: Any, name: str, path: str) -> list[Fault]:
        if name.startswith(ARRAY):
            if not isinstance(value, list):
                return [_wrong(path, name, value)]
            item = name.removeprefix(ARRAY)
            return [
                fault
                for index, one in enumerate(value)
                for fault in self._check_type(one, item, f"{path}[{index}]")
            ]
        if name in _PRIMITIVES:
            return [] if _PRIMITIVES[name](value) else [_wrong(path, name, value)]
        if name == "InputFile":
            good = isinstance(value, str) and value.startswith("attach://")
            return [] if good else [_wrong(path, name, value)]
        spec = self._types[name]
        if spec.get("subtypes"):
            return self._check_any(value, spec["subtypes"], path)
        if isinstance(value, str) and _OR_STRING in " ".join(spec["description"]):
            return []
        if not isinstance(value, dict):
            return [_wrong(path, name, value)]
        return self._check_object(value, name, spec, path)

    def _check_object(self, value: Json, name: str, spec: Json, path: str) -> list[Fault]:
        fields: dict[str, Json] = {f["name"]: f for f in spec.get("fields", [])}
        faults = [
            Fault(f"{path}.{key}", f"{name} has no such field")
            for key in value
            if key not in fields
        ]
        for key, field_spec in fields.items():
            where = f"{path}.{key}"
            if key not in value:
                if field_spec["required"]:
                    faults.append(Fault(where, f"{name} requires it"))
                continue
            constant = constant_of(field_spec)
            if constant is not None and value[key] != constant:
                faults.append(Fault(where, f"is not {constant!r}", wrong_type=True))
                continue
            faults.extend(self._check(value[key], field_spec, where))
        return faults

    def _attachments(self, value: Any, parts: Collection[str], path: str = "") -> list[Fault]:
        if isinstance(value, dict):
            return [
                fault
                for key, one in value.items()
                for fault in self._attachments(one, parts, f"{path}.{key}" if path else key)
            ]
        if isinstance(value, list):
            return [
                fault
                for index, one in enumerate(value)
                for fault in self._attachments(one, parts, f"{path}[{index}]")
            ]
        if isinstance(value, str) and value.startswith("attach://"):
            name = value.removeprefix("attach://")
            return [] if name in parts else [Fault(path, f"no file {name!r} came with the call")]
        return []


@lru_cache
def load_schema(path: Path = SPECIFICATION) -> Schema | None:
    """The specification beside the repository; None where there is none."""
    if not path.is_file():
        return None
    return Schema(json.loads(path.read_text("utf-8")))


def _wrong(path: str, name: str, value: Any) -> Fault:
    return Fault(path, f"{_kind(value)} is not {name}", wrong_type=True)


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    return {bool: "a Boolean", int: "an Integer", float: "a Float", str: "a String"}.get(
        type(value), "an Array" if isinstance(value, list) else "an Object"
    )


_PRIMITIVES = {
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
    "True": lambda value: value is True,
    "String": lambda value: isinstance(value, str),
}


def _coerce(text: str, types: list[str]) -> Any:
    """A value sent as text, as forms and query strings send it.

    Raises:
        ValueError: it is none of ``types``.
    """
    if "Integer" in types and re.fullmatch(r"-?\d+", text):
        return int(text)
    if "Boolean" in types and text.lower() in {"true", "false", "1", "0"}:
        return text.lower() in {"true", "1"}
    if "Float" in types and re.fullmatch(r"-?\d+(\.\d+)?([eE]-?\d+)?", text):
        return float(text)
    if "String" in types:
        return text
    if "InputFile" in types and text.startswith("attach://"):
        return text
    if all(name in _PRIMITIVES or name == "InputFile" for name in types):
        raise ValueError(f"{text[:40]!r} is not {' or '.join(types)}")
    try:
        return json.loads(text)
    except ValueError:
        raise ValueError(f"{text[:40]!r} is not JSON") from None
