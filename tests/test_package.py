"""The public names, and that they stay what they are whatever is imported first."""

from __future__ import annotations

import inspect
import pickle
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import belopp
import belopp.extract as _module  # binds the submodule, which must not displace the function
from belopp import Document, Mention, Row


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_public_names_are_all_there() -> None:
    assert set(belopp.__all__) == {
        "Block", "Check", "Document", "Mention", "Reason", "Row", "__version__", "examined", "extract", "find",
        "read", "rows_of",
    }  # fmt: skip
    assert set(belopp.__all__) <= set(dir(belopp))
    assert all(hasattr(belopp, name) for name in belopp.__all__)


@pytest.mark.parametrize("name", ["examined", "extract", "find", "read", "rows_of"])
def test_public_functions_are_documented_and_typed(name: str) -> None:
    function = getattr(belopp, name)
    assert inspect.isfunction(function)
    assert function.__doc__
    signature = inspect.signature(function)
    assert signature.return_annotation is not signature.empty
    assert all(p.annotation is not p.empty for p in signature.parameters.values())


def test_a_submodule_does_not_displace_its_function() -> None:
    assert inspect.isfunction(_module)
    code = "import belopp.find, belopp.read, belopp.extract, sys; print(*map(callable, (belopp.find, belopp.read)))"
    assert run(code) == "True True\n"
    assert inspect.ismodule(sys.modules["belopp.extract"])


def test_the_three_public_functions_do_their_work(tmp_path: Path) -> None:
    (mention,) = belopp.find("Det kostar 4,5 miljoner kronor.")
    assert isinstance(mention, Mention)
    assert mention.low == Decimal(4500000)
    path = tmp_path / "avtal.md"
    path.write_text("# Avtal\n\nRegeringen avsätter 5 miljoner kronor till Skolverket.\n", encoding="utf-8")
    document = belopp.read(path)
    assert isinstance(document, Document)
    (row,) = belopp.extract(document)
    assert isinstance(row, Row)
    assert (row.doc, row.text, row.low) == ("avtal.md", "5 miljoner kronor", Decimal(5000000))


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("find", None, "belopp.find takes a text (str), not NoneType; of a file: belopp.extract(belopp.read(path))"),
        ("find", b"5 kr", "not bytes"),
        ("find", Document("a", "5 kr"), "not Document"),
        (
            "read",
            None,
            "belopp.read takes a path (str or os.PathLike), not NoneType; of a bare text: belopp.find(text)",
        ),
        ("read", b"a.md", "not bytes"),
        (
            "extract",
            None,
            "belopp.extract takes a Document, not NoneType; of a file: belopp.extract(belopp.read(path))",
        ),
        ("extract", "a.md", "not str"),
        ("rows_of", None, "belopp takes documents as an iterable of pyarrow.RecordBatch, not of NoneType"),
        ("examined", ["a.md"], "not of str; give one batch as [batch], a table as table.to_batches()"),
    ],
)
def test_public_functions_say_what_they_take(name: str, given: object, told: str) -> None:
    with pytest.raises(TypeError, match=re.escape(told)):
        list(getattr(belopp, name)(given))


def test_the_package_travels_by_its_name() -> None:
    assert pickle.loads(pickle.dumps(belopp)) is belopp


def test_importing_belopp_imports_nothing_heavy() -> None:
    loaded = run("import sys, belopp; print(*sys.modules)").split()
    assert not {"pandas", "pyarrow", "spacy", "dateparser", "rich", "regex", "belopp.model"} & set(loaded)


def test_unknown_names_are_attribute_errors() -> None:
    with pytest.raises(AttributeError, match="no attribute 'sum'"):
        _ = belopp.sum  # type: ignore[attr-defined]
