"""What a reviewer's key does to a row: the corrected row as the guide allows it, or why it does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from belopp.find import find
from belopp.gold import row_of
from belopp.model import DECIDED, FUNDING, POINTERS, Document, Mention, Row
from belopp.review.layout import words_seen
from belopp.review.problems import ReviewError
from belopp.review.standing import Standing, cells
from belopp.rulebook import Rulebook

EDITABLE: Final = (
    "value", "low", "high", "currency", "modifier", "kind", "change", "status", "payer", "recipient", "area",
    "period", "per", "vat", "part_of", "same_as",
)  # fmt: skip

_PERIOD: Final = re.compile(r"(\d{4}-?|-\d{4}|\d{4}-\d{4})(\|(\d{4}-?|-\d{4}|\d{4}-\d{4}))*")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_BARE: Final = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.]?\d{3})*(?:,\d+)?|\d+(?:[.,]\d+)?")
_LONGEST: Final = 500


def read_value(text: str, book: Rulebook) -> Mention | None:
    """The one sum that a reviewer typed, ``None`` when it is none or several; a bare number is kronor.

    >>> from belopp.rulebook import load
    >>> [str(read_value(typed, load()).low) for typed in ("4,5 miljoner", "2 967 tkr", "1500000", "7,5")]
    ['4500000', '2967000', '1500000', '7.5']
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    if _BARE.fullmatch(text):
        number = Decimal(re.sub(r"[ \u00a0\u202f]|\.(?=\d{3}(\D|$))", "", text).replace(",", "."))
        return Mention(0, len(text), text, number, number)
    found = find(text, book=book)
    return found[0] if len(found) == 1 else None


def corrected(row: Row, column: str, value: str, *, all_: Sequence[Standing], book: Rulebook) -> Row:
    """The row with one cell as the reviewer wants it, and what the guide says follows from it.

    Raises :class:`ReviewError` for a value that the column cannot hold.
    """
    if column not in EDITABLE:
        raise ReviewError("no.column", column=(column,))
    value = value.strip()
    if len(value) > _LONGEST or any(ord(character) < ord(" ") for character in value):
        raise ReviewError("no.cell", column=(column,))
    if column == "value":
        return _revalued(row, value, book)
    if column in POINTERS:
        return _pointed(row, column, value, all_)
    if column in _TIDIED:
        value = _TIDIED[column](value)
    said = cells(row) | {column: value} | _consequences(row, column, value)
    try:
        return row_of(said)
    except ValueError as error:
        raise ReviewError(str(error)) from error


def _revalued(row: Row, value: str, book: Rulebook) -> Row:
    read = read_value(value, book)
    if read is None:
        raise ReviewError("no.value", value=value)
    keeps = _BARE.fullmatch(" ".join(value.split())) is not None  # a bare number says nothing of hedge and currency
    return replace(
        row,
        low=read.low,
        high=read.high,
        currency=row.currency if keeps else read.currency,
        modifier=read.modifier or row.modifier,
    )


def _names(value: str) -> str:
    parts = {" ".join(part.split()) for part in value.split("|")} - {""}
    return "|".join(sorted(parts, key=str.casefold))


def _period(value: str) -> str:
    value = re.sub(r"\s*[–—-]\s*", "-", value).replace(" ", "").replace(",", "|")
    if value and not _PERIOD.fullmatch(value):
        raise ReviewError("no.period", value=value)
    return value


def _currency(value: str) -> str:
    if not _CURRENCY.fullmatch(value.upper()):
        raise ReviewError("no.currency", value=value)
    return value.upper()


_TIDIED: Final[dict[str, Callable[[str], str]]] = {
    "payer": _names,
    "recipient": _names,
    "area": lambda value: " ".join(value.split()),
    "period": _period,
    "currency": _currency,
}


def _consequences(row: Row, column: str, value: str) -> dict[str, str]:
    """Other rows than funding have no change, status or total; a status or change makes a row funding."""
    if column == "kind" and value != FUNDING:
        return {"change": "", "status": "", "part_of": ""}
    if column == "kind" and row.kind != FUNDING:
        return {"status": row.status or DECIDED}
    if column in ("status", "change") and value and row.kind != FUNDING:
        return {"kind": FUNDING} | ({} if column == "status" else {"status": row.status or DECIDED})
    return {}


def _pointed(row: Row, column: str, value: str, all_: Sequence[Standing]) -> Row:
    if not value:
        return replace(row, **{column: None})  # type: ignore[arg-type]
    rows = {each.row.start: each.row for each in all_ if each.state != "rejected"}
    target = next((each.row for each in all_ if each.id == value and each.state != "rejected"), None)
    if target is not None and target.same_as in rows:
        target = rows[target.same_as]
    if target is None or target.start == row.start:
        raise ReviewError("no.target", column=(column,))
    passed, at = {row.start}, target
    while at.start not in passed:
        passed.add(at.start)
        onward = at.part_of if column == "part_of" else at.same_as
        if onward is None or onward not in rows:
            break
        at = rows[onward]
        if at.start == row.start:
            raise ReviewError("no.circle", column=(column,))
    extra = {"kind": FUNDING, "status": row.status or DECIDED} if column == "part_of" and row.kind != FUNDING else {}
    return replace(row, **{column: target.start}, **extra)  # type: ignore[arg-type]


def respanned(row: Row, start: int, end: int, document: Document, book: Rulebook) -> Row:
    """The row on another span, with the value that the text there states if it states one."""
    moved = replace(row, start=start, end=end, text=document.text[start:end])
    text = words_seen(document, start, end)
    read = read_value(text, book)
    if read is None or not read.low and row.low:
        return moved
    if _BARE.fullmatch(" ".join(text.split())):  # the unit stands elsewhere, as in a table
        return moved
    return replace(moved, low=read.low, high=read.high, currency=read.currency)
