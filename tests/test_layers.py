"""A module imports only from the layers below its own."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pipeline" / "belopp"
LAYERS = (
    {"__init__", "irregular", "model", "visible"},
    {
        "adverbials",
        "composing",
        "conjugation",
        "numerals",
        "expenditure",
        "grammar",
        "levels",
        "rulebook",
        "sentences",
        "sizes",
        "speaker",
        "arithmetic",
        "transfers",
        "years",
    },
    {"read", "find", "purpose", "actors", "area", "period", "links", "checks"},
    {"extract"},
    {"tables", "score", "proofs", "commitments"},
    {"batch", "gold", "ledger", "sources"},
    {"report", "review", "scale"},
    {"component", "cli", "__main__"},
)
LAYER = {name: number for number, names in enumerate(LAYERS) for name in names}


def imported(path: Path) -> set[str]:
    """The names of our own modules (the first after ``belopp``) that a file imports, at the top or within."""
    names = set()
    inside = ("belopp", *path.relative_to(PACKAGE).with_suffix("").parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = inside[: len(inside) - node.level] if node.level else ()
            base = ".".join((*start, *([node.module] if node.module else [])))
            found = [base if base.count(".") else f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        names |= {name.split(".")[1] for name in found if name.startswith("belopp.")}
    return {name if name in LAYER else "__init__" for name in names}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_come_from_below(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own == "__init__":  # the public names, looked up when they are used
        return
    above = {name for name in imported(path) if name != own and LAYER[name] > LAYER[own]}
    assert not above, f"{own} (layer {LAYER[own] + 1}) imports {above}"


def test_every_module_has_its_layer() -> None:
    modules = {path.stem for path in PACKAGE.glob("*.py")} | {
        path.parent.name for path in PACKAGE.glob("*/__init__.py")
    }
    assert modules <= set(LAYER)


def test_the_design_shows_the_layers() -> None:
    lines = (ROOT / "docs" / "design.md").read_text(encoding="utf-8").splitlines()
    told = [line.split("|")[1:3] for line in lines if re.match(r"\| \d+ \|", line)]
    assert [int(number) for number, _ in told] == [*range(1, len(LAYERS) + 1)]
    for (_, modules), layer in zip(told, LAYERS, strict=True):
        assert set(re.findall(r"`(\w+)`", modules)) == layer - {"__init__"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_public_functions_are_not_taken_for_their_modules(path: Path) -> None:
    """``from belopp import find`` is the function; a module's other names come ``from belopp.find``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "belopp" and path.name != "__init__.py":
            assert not {alias.name for alias in node.names} & {"find", "read", "extract"}, path.name


@pytest.mark.parametrize("stage", ["read", "find", "purpose", "actors", "area", "period", "links", "checks"])
def test_a_stage_says_where_each_of_its_modules_comes_in(stage: str) -> None:
    face = PACKAGE / stage / "__init__.py"
    told = set(re.findall(r"``(\w+)``", ast.get_docstring(ast.parse(face.read_text(encoding="utf-8"))) or ""))
    modules = {path.stem for path in face.parent.glob("*.py")} | {path.name for path in face.parent.glob("[a-z]*/")}
    assert not modules - told - {"__init__"}
