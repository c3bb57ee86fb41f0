"""From a document's rows, checks and reasons to the cells of the tables: text, whole numbers, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from belopp.model import VERDICTS, Check, Document, Row
from belopp.numerals import is_ambiguous
from belopp.sentences import Outline
from belopp.tables.columns import DIGITS, EMPTY, FRACTION, OK, QUARANTINED

Cell = str | int | None
Line = tuple[Cell, ...]


class Record(NamedTuple):
    """One document's lines in every table, each as the table's columns say; money is plain decimal text.

    ``text`` is the document's text where that was made from bytes that are no text, for a run to keep.
    """

    document: Line
    amounts: tuple[Line, ...] = ()
    checks: tuple[Line, ...] = ()
    reasons: tuple[Line, ...] = ()
    text: str = ""


class OutOfBounds(ValueError):
    """A value that the tables have no room for."""


_LARGEST: Final = Decimal(10) ** (DIGITS - FRACTION)


@lru_cache(maxsize=1 << 12)
def decimal_text(value: Decimal) -> str:
    """The value without exponent and without idle zeros.

    Raises :class:`OutOfBounds` for what 32 digits before and 6 after the point do not hold.

    >>> decimal_text(Decimal("3.50E+6")), decimal_text(Decimal("0.0455")), decimal_text(Decimal("10.00"))
    ('3500000', '0.0455', '10')
    """
    if not value.is_finite() or abs(value) >= _LARGEST:
        raise OutOfBounds(f"{value} has more digits than the tables hold")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if len(text.partition(".")[2]) > FRACTION:
        raise OutOfBounds(f"{text} has more than {FRACTION} decimals")
    return "0" if text == "-0" else text


def record(
    document: Document,
    rows: Sequence[Row],
    checks: Sequence[Check] = (),
    *,
    sha256: str,
    made: str = "",
    outline: Outline | None = None,
) -> Record:
    """The lines of one document that was read to the end.

    ``rows`` come in text order, ``made`` is its text to keep, ``outline`` the document's, which knows its sentences.
    """
    flags = "|".join(document.flags)
    status = EMPTY if not document.text or document.text.isspace() else OK
    about = (document.published, document.title, document.url)
    line = (document.id, status, len(rows), "", "", document.format, flags, sha256, *about)
    if not rows:
        return Record(line, text=made)
    roles, verdicts = roles_of(rows), verdicts_of(rows, checks)
    outline = outline or Outline(document)
    amounts = tuple(
        (
            *guide_cells(row),
            f"{row.doc}:{row.start}-{row.end}",
            verdicts.get(row.start, ""),
            roles[row.start],
            "",
            sentence_of(outline, row),
            document.title,
            document.published,
            document.url,
            document.page_at(row.start),
            "|".join((*document.flags, *_flags(row))),
            sha256,
        )
        for row in rows
    )
    told = tuple(check_cells(document.id, check) for check in checks)
    return Record(line, amounts, told, reasons_of(document, rows), made)


def _flags(row: Row) -> Sequence[str]:
    return ("ambiguous",) if is_ambiguous(row.text, row.low, row.high) else ()


def quarantined(
    doc: str, stage: str, reason: str, *, form: str = "", sha256: str = "", about: Sequence[str] = ("", "", "")
) -> Record:
    """The one line of a document that failed at ``stage``.

    ``form`` is the format its bytes look like, ``about`` its date, title and address, as far as they are known.
    """
    return Record((doc, QUARANTINED, None, stage, " ".join(reason.split()), form, "", sha256, *about))


def guide_cells(row: Row) -> Line:
    """A row's cells in the annotation guide's columns, in its order."""
    return (
        row.doc,
        row.start,
        row.end,
        row.text,
        decimal_text(row.low),
        decimal_text(row.high),
        row.currency,
        row.modifier,
        row.kind,
        row.change,
        row.status,
        "|".join(row.payer),
        "|".join(row.recipient),
        row.area,
        row.period,
        row.per,
        row.vat,
        row.part_of,
        row.same_as,
    )


def sentence_of(outline: Outline, row: Row) -> str:
    """The sentence around a mention, white space made single spaces; a range over two sentences takes both."""
    found = [
        span for span in outline.sentences(outline.block_at(row.start)) if span.start < row.end and row.start < span.end
    ]
    start = min([row.start, *(span.start for span in found)])
    end = max([row.end, *(span.end for span in found)])
    return " ".join(outline.document.text[start:end].split())


def roles_of(rows: Iterable[Row]) -> dict[int, str]:
    """By start: ``total``, ``subtotal`` (both total and part), ``part`` or ``single``.

    A restatement has the role of the statement it repeats.
    """
    first = {row.start: row.start if row.same_as is None else row.same_as for row in rows}
    parents = {first.get(row.part_of, row.part_of) for row in rows if row.part_of is not None}
    parts = {row.start for row in rows if row.part_of is not None}
    names = {(False, False): "single", (True, False): "total", (True, True): "subtotal", (False, True): "part"}
    return {start: names[origin in parents, start in parts or origin in parts] for start, origin in first.items()}


def verdicts_of(rows: Iterable[Row], checks: Iterable[Check]) -> dict[int, str]:
    """By start: the best verdict of the checks that the sum, or the statement it repeats, takes part in."""
    best: dict[int, int] = {}
    for check in checks:
        rank = VERDICTS.index(check.verdict)
        for start in (check.total, *check.parts):
            best[start] = min(rank, best.get(start, rank))
    found = {}
    for row in rows:
        ranks = [best[start] for start in (row.start, row.same_as) if start in best]
        if ranks:
            found[row.start] = VERDICTS[min(ranks)]
    return found


def check_cells(doc: str, check: Check) -> Line:
    """A check's line in ``checks``."""
    parts = "|".join(map(str, check.parts))
    figures = map(decimal_text, (check.stated, check.summed, check.difference))
    mended = None if check.mended is None else decimal_text(check.mended)
    return (doc, check.total, parts, check.breakdown, *figures, check.verdict, check.mend, mended)


def reasons_of(document: Document, rows: Iterable[Row]) -> tuple[Line, ...]:
    """The lines of ``reasons`` for the rows of a document."""
    return tuple(
        (
            document.id,
            row.start,
            reason.column,
            reason.rule,
            *((reason.start, reason.end) if reason.end > reason.start else (None, None)),
            document.text[reason.start : reason.end],
        )
        for row in rows
        for reason in row.because
    )


def all_lines(records: Iterable[Record]) -> Mapping[str, list[Line]]:
    """The lines of many documents, table by table."""
    kept = list(records)
    return {
        "documents": [item.document for item in kept],
        "amounts": list(chain.from_iterable(item.amounts for item in kept)),
        "checks": list(chain.from_iterable(item.checks for item in kept)),
        "reasons": list(chain.from_iterable(item.reasons for item in kept)),
    }
