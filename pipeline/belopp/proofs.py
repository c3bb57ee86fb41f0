"""Proves the rules by their examples: each fires, each is needed, and each stays silent where it should."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from belopp.extract import Extraction, examine
from belopp.model import COLUMNS, POINTERS, Row
from belopp.read import parse
from belopp.rulebook import Rule, Rulebook, word_pattern
from belopp.tables.cells import verdicts_of

# "SEK 30000000; recipient Skolverket = Skolverket får [30 Mkr]."
EXPECTATION: Final = re.compile(
    r"(?P<currency>[A-Z]{3}) (?P<low>[\d.]+?)(?:\.\.(?P<high>[\d.]+))?|(?P<column>[a-z_]+) (?P<value>.*)"
)
MARK: Final = re.compile(r"[\[\]]")


class Failure(NamedTuple):
    """A rule that does not hold: its id, the example, and what went wrong."""

    rule: str
    example: str
    why: str


class Example(NamedTuple):
    """An example taken apart: the text without marks, the marked spans, and what is expected of them."""

    text: str
    spans: tuple[tuple[int, int], ...]
    expected: dict[str, str]
    published: str


def check(book: Rulebook) -> list[Failure]:
    """Every way in which a rule of the book fails its examples; empty when all hold."""
    return [failure for rule in book.rules.values() for failure in check_rule(rule, book)]


def check_rule(rule: Rule, book: Rulebook) -> Iterator[Failure]:
    """The failures of one rule."""
    without = book.without(rule.id)
    for example in rule.examples:
        taken = read_example(example)
        if why := fault(taken, rule, book):
            yield Failure(rule.id, example, why)
        elif not fault(taken, rule, without, fires=False):
            yield Failure(rule.id, example, "it holds without the rule too; sharpen what the example expects")
    for example in rule.counterexamples:
        taken = read_example(example)
        rows = read_rows(taken, book).rows
        if missed := [span for span in taken.spans if span not in {(row.start, row.end) for row in rows}]:
            yield Failure(rule.id, example, f"no sum is found at {missed[0]}")
        if any(reason.rule == rule.id for row in rows for reason in row.because):
            yield Failure(rule.id, example, "the rule fires in its counterexample")
    texts = " \n ".join(read_example(example).text for example in rule.examples)
    for word in rule.words:
        if not re.search(rf"(?<![\w-]){word_pattern(word)}(?![\w-])", texts, re.IGNORECASE):
            yield Failure(rule.id, word, f"the word {word!r} stands in no example; add a sentence with it")


def read_example(example: str) -> Example:
    """Take an example apart.

    >>> read_example("SEK 5; per item = Ett pass kostar [5 kronor].")  # doctest: +ELLIPSIS
    Example(text='Ett pass kostar 5 kronor.', spans=((16, 24),), expected={...}, published='')
    """
    expected, text = _expectations(example)
    spans: list[tuple[int, int]] = []
    opened = 0
    for n, found in enumerate(MARK.finditer(text)):
        if found.group() == "[":
            opened = found.start() - n
        else:
            spans.append((opened, found.start() - n))
    return Example(MARK.sub("", text), tuple(spans), expected, expected.pop("published", ""))


def _expectations(example: str) -> tuple[dict[str, str], str]:
    head, separator, text = example.partition(" = ")
    parts = [EXPECTATION.fullmatch(part.strip()) for part in head.split("; ")]
    expected: dict[str, str] = {}
    if not separator:
        return {}, example
    for part in parts:
        if part is None or (part["column"] and part["column"] not in {*COLUMNS, "check", "published"}):
            return {}, example
        if part["column"]:
            expected[part["column"]] = "" if part["value"] == "-" else part["value"]
        else:
            expected |= {"currency": part["currency"], "low": part["low"], "high": part["high"] or part["low"]}
    return expected, text


def read_rows(example: Example, book: Rulebook) -> Extraction:
    """The rows of an example's text, and their checks."""
    document = parse(example.text.encode(), id="example.md", published=example.published)
    return examine(document, book=book)


def fault(example: Example, rule: Rule, book: Rulebook, *, fires: bool = True) -> str:
    """What is wrong with the rows of an example, or ``""``; ``fires`` asks that the rule gave a reason, too."""
    rows, checks = read_rows(example, book)
    by_span = {(row.start, row.end): row for row in rows}
    starts = {row.start: row for row in rows}
    verdicts = verdicts_of(rows, checks)
    if not example.spans and rows:
        return f"a sum is found where none should be: {rows[0].text!r}"
    for span in example.spans:
        row = by_span.get(span)
        if row is None:
            return f"no sum is found at {example.text[slice(*span)]!r}; found: {[row.text for row in rows]}"
        if (wanted := example.expected.get("check")) is not None and verdicts.get(row.start, "") != wanted:
            return f"check is {verdicts.get(row.start, '')!r}, not {wanted!r}"
        for column, value in (*rule.sets.items(), *example.expected.items()):
            if column in COLUMNS and (said := cell(row, column, starts)) != _plain(column, value):
                return f"{column} is {said!r}, not {value!r}"
    fired = {reason.rule for span in example.spans for reason in by_span[span].because}
    if fires and example.spans and rule.id not in fired:
        return f"the rule gave no reason; these did: {', '.join(sorted(fired))}"
    return ""


def cell(row: Row, column: str, starts: dict[int, Row]) -> str:
    """A row's cell as an example writes it; a pointer as the text of the sum that it points to."""
    value = getattr(row, column)
    if column in POINTERS:
        return starts[value].text if value in starts else ""
    if isinstance(value, tuple):
        return "|".join(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _plain(column: str, value: str) -> str:
    return f"{Decimal(value):f}" if column in ("low", "high") else value


def silent(book: Rulebook, fired: Container[str]) -> list[str]:
    """The rules of the book that are not among those that fired."""
    return [rule_id for rule_id in book.rules if rule_id not in fired]
