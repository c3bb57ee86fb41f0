"""Every short text of ``corpus/cases.toml`` gives exactly the sums that it marks, with the columns that it names."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from belopp.extract import extract
from belopp.model import COLUMNS, Row
from belopp.read import parse

CASES = tomllib.loads((Path(__file__).parents[1] / "corpus" / "cases.toml").read_text(encoding="utf-8"))["case"]
FORMATS = ("markdown", "text")
MARK = re.compile(r"\[ (?P<number>\d+) : (?P<span>[^\[\]]+) \]", re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its marks, and the span of each mark in it."""

    text: str
    spans: dict[int, tuple[int, int]]


def unmark(text: str) -> Marked:
    """Take the marks out: ``[1:5 kr] ges`` becomes ``5 kr ges`` with mark 1 at 0-4."""
    pieces: list[str] = []
    spans: dict[int, tuple[int, int]] = {}
    length = taken = 0
    for mark in MARK.finditer(text):
        pieces += [text[taken : mark.start()], mark["span"]]
        start = length + mark.start() - taken
        length = start + len(mark["span"])
        taken = mark.end()
        spans[int(mark["number"])] = (start, length)
    return Marked("".join([*pieces, text[taken:]]), spans)


def extract_case(case: dict[str, object]) -> tuple[Marked, list[Row]]:
    """The case's text without marks, and the rows found in it."""
    marked = unmark(str(case["text"]))
    suffix = "txt" if case.get("format") == "text" else "md"
    document = parse(
        marked.text.encode(),
        id=f"{case['id']}.{suffix}",
        published=str(case.get("published", "")),
        format=str(case.get("format", "markdown")),
    )
    return marked, extract(document)


def column_of(row: Row, column: str, marks: dict[int, int]) -> str | int | Decimal:
    """What the row says in a column, in the form that a case states it: names joined, pointers as mark numbers."""
    value = getattr(row, column)
    if column in ("part_of", "same_as"):
        return 0 if value is None else marks.get(value, -1)
    return "|".join(value) if isinstance(value, tuple) else value


def differences(case: dict[str, object], marked: Marked, rows: list[Row]) -> list[str]:
    """Each column that is not as the case says, one line for each."""
    found = {row.start: row for row in rows}
    marks = {start: number for number, (start, _) in marked.spans.items()}
    wrong = []
    stated = case["rows"]
    assert isinstance(stated, list)
    for expected in stated:
        row = found[marked.spans[expected["n"]][0]]
        wanted = {k: v for k, v in expected.items() if k != "n"}
        if "low" in wanted:
            wanted["high"] = Decimal(wanted.get("high", wanted["low"]))
            wanted["low"] = Decimal(wanted["low"])
        for column, value in wanted.items():
            got = column_of(row, column, marks)
            if got != value:
                wrong.append(f"{expected['n']} ({row.text}): {column} is {got!r}, not {value!r}")
    return wrong


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, object]) -> None:
    marked, rows = extract_case(case)
    found = [(row.start, row.end, row.text) for row in rows]
    assert found == [(start, end, marked.text[start:end]) for start, end in sorted(marked.spans.values())]
    assert not (wrong := differences(case, marked, rows)), "\n".join([marked.text, *wrong])


def test_cases_are_well_formed() -> None:
    known = {"id", "text", "rows", "published", "format"}
    names = [case["id"] for case in CASES]
    assert len(set(names)) == len(names)
    for case in CASES:
        assert set(case) <= known, f"{case['id']}: unknown key {set(case) - known}"
        assert case.get("format", "markdown") in FORMATS, case["id"]
        marks = unmark(case["text"]).spans
        assert sorted(marks) == [row["n"] for row in case["rows"]], f"{case['id']}: marks and rows differ"
        for row in case["rows"]:
            assert set(row) <= {"n", *COLUMNS}, f"{case['id']}: unknown column {set(row) - set(COLUMNS)}"


def test_unmark() -> None:
    assert unmark("[1:5 kr] till [a](b), [2:6 kr].") == Marked("5 kr till [a](b), 6 kr.", {1: (0, 4), 2: (18, 22)})
