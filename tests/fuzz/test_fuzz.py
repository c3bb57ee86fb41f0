"""Hostile texts that a coverage-guided search found, read again at each test; run as a program it searches for more.

``python tests/fuzz/test_fuzz.py html FOLDER -max_total_time=300`` (with atheris installed) writes the kept texts to
FOLDER, adds what reaches new code, and stops at the first text that breaks what must hold.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

CORPUS: Final = Path(__file__).parent / "corpus"
PUBLISHED: Final = "2024-09-17"


def find_in(data: bytes) -> None:
    """Every sum stands where it says, in order, apart from the next, low before high."""
    from belopp.find import find

    text = data.decode("utf-8", "replace")
    sums = find(text)
    for mention in sums:
        assert text[mention.start : mention.end] == mention.text
        assert mention.low <= mention.high
        assert all(0 <= reason.start <= reason.end <= len(text) for reason in mention.because)
    assert all(before.end <= after.start for before, after in pairwise(sums))


def read_html(data: bytes) -> None:
    """A page becomes a text whose blocks stand in order, and rows whose spans are theirs."""
    _read(data.decode("utf-8", "replace").encode(), "html")


def read_markdown(data: bytes) -> None:
    """The same of Markdown, whose text is the file's own."""
    text = data.decode("utf-8", "replace").replace("\x00", "").removeprefix("\ufeff")
    assert _read(text.encode(), "markdown") == text


def _read(data: bytes, form: str) -> str:
    from belopp.extract import examine
    from belopp.read import Unreadable, parse
    from belopp.tables import OutOfBounds, record

    try:
        document = parse(data, id="a", published=PUBLISHED, format=form)
    except Unreadable:  # a NUL is no text
        return data.decode()
    text, blocks = document.text, document.blocks
    assert all(0 <= block.start <= block.end <= len(text) for block in blocks)
    assert all(before.end <= after.start for before, after in pairwise(blocks))
    found = examine(document)
    starts = {row.start for row in found.rows}
    assert len(starts) == len(found.rows)
    for row in found.rows:
        assert text[row.start : row.end] == row.text
        assert row.low <= row.high
        assert {row.part_of, row.same_as} <= starts | {None}
        assert row.start not in (row.part_of, row.same_as)
    with suppress(OutOfBounds):
        record(document, found.rows, found.checks, sha256="0" * 64)
    return text


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "find": find_in,
    "html": read_html,
    "markdown": read_markdown,
}


def kept(name: str) -> list[bytes]:
    """The kept texts of a target: one a line, as JSON."""
    lines = (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line).encode("utf-8", "replace") for line in lines]


@pytest.mark.parametrize("name", TARGETS)
def test_what_the_search_found_is_read(name: str) -> None:
    for text in kept(name):
        TARGETS[name](text)


def explore(arguments: Sequence[str]) -> None:
    """Search with atheris; what follows the target and the folder goes to libFuzzer as it is."""
    import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

    name, folder, *options = arguments
    for text in kept(name):
        (Path(folder) / hashlib.sha256(text).hexdigest()).write_bytes(text)
    with atheris.instrument_imports(include=["belopp"]):
        import belopp.extract
        import belopp.find
        import belopp.read.html
        import belopp.tables  # noqa: F401
    atheris.Setup([sys.argv[0], folder, *options], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    explore(sys.argv[1:])
