"""The arrows of DESIGN: which package may import which."""

from __future__ import annotations

import ast
import re

import pytest

from tests.frame.tree import PACKAGES, imports, modules, within

WINGS = ("corpus.ingest", "corpus.storage", "corpus.search")
FACE = ("corpus", "corpus.types", "corpus.alert_types", "corpus.errors", "corpus.links")
FACE_NAMES = {
    "corpus.Corpus",
    "corpus.Overrides",
    "corpus.open_corpus",
    "corpus.read_lines",
    "corpus.samples_path",
}
NETWORK = ("httpx", "aiohttp", "urllib.request", "http.client", "requests")
SQL = ("sqlalchemy", "sqlmodel", "aiosqlite", "asyncpg", "sqlite3", "alembic")
STATEMENT = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE)\b", re.S
)

ALL = modules(*PACKAGES)


def offenders(
    package: str, forbidden: tuple[str, ...], *, besides: tuple[str, ...] = ()
) -> list[str]:
    return sorted(
        {
            f"{name} imports {target}"
            for name, module in ALL.items()
            if within(name, package) and not within(name, *besides)
            for target in imports(module)
            if within(target, *forbidden)
        }
    )


def test_the_corpus_knows_no_bot_and_no_telegram() -> None:
    assert offenders("corpus", ("bot", "telegram")) == []


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_knows_no_other(wing: str) -> None:
    others = tuple(other for other in WINGS if other != wing)
    assert offenders(wing, (*others, "corpus.corpus")) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_telegram_is_imported_in_its_own_package_alone(package: str) -> None:
    assert offenders(package, ("telegram",), besides=("bot.telegram",)) == []


def test_the_bot_reaches_the_corpus_through_its_public_face() -> None:
    reached = {
        (name, target)
        for name, module in ALL.items()
        if within(name, "bot")
        for target in imports(module)
        if within(target, "corpus")
        and not within(target, *FACE[1:])
        and target not in {FACE[0], *FACE_NAMES}
    }
    assert reached == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_sql_is_in_storage_alone(package: str) -> None:
    assert offenders(package, SQL, besides=("corpus.storage",)) == []
    written = {
        name
        for name, module in ALL.items()
        if within(name, package) and not within(name, "corpus.storage")
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if STATEMENT.search(node.value)
    }
    assert written == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_addresses_are_opened_in_ingest_and_telegrams_own_layer_alone(package: str) -> None:
    assert offenders(package, NETWORK, besides=("corpus.ingest", "bot.telegram")) == []


def test_there_are_no_circles() -> None:
    names = set(ALL)
    arrows = {
        name: {target for target in _top_imports(module) if target in names and target != name}
        for name, module in ALL.items()
    }
    done: set[str] = set()
    path: list[str] = []

    def visit(name: str) -> None:
        assert name not in path, f"a circle: {' → '.join([*path[path.index(name) :], name])}"
        if name in done:
            return
        path.append(name)
        for target in sorted(arrows[name]):
            visit(target)
        path.pop()
        done.add(name)

    for name in sorted(arrows):
        visit(name)


def _top_imports(module: ast.Module) -> set[str]:
    """Imports that run when the module does; a package counts where one of its names is taken."""
    top = ast.Module(
        [node for node in module.body if isinstance(node, ast.Import | ast.ImportFrom)], []
    )
    found = set(imports(top))
    return found - {name.rpartition(".")[0] for name in found if name in ALL}
