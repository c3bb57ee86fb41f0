"""What ``show`` and ``explain`` print: a publication with its sums marked, their rows, and why a row is as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Final

from belopp.model import BOILERPLATE, FUNDING, HEADING, OTHER, QUOTE, RATE, TITLE, Document, Reason, Row
from belopp.sentences import Outline
from belopp.visible import visible

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from belopp.rulebook import Rulebook

KIND_STYLES: Final = {FUNDING: "bold green", RATE: "bold cyan", OTHER: "bold yellow"}
_BLOCK_STYLES: Final = {TITLE: "bold", HEADING: "bold", QUOTE: "italic", BOILERPLATE: "dim"}
_CUE_STYLE: Final = "bold magenta"
_NOTHING: Final = "∅"
_DEFAULT: Final = Reason("", "")

# The columns that explain speaks of, in the guide's order, and those that it takes together as the value.
_EXPLAINED: Final = (
    "value", "modifier", "kind", "change", "status", "payer", "recipient", "area", "period", "per", "vat", "part_of",
    "same_as",
)  # fmt: skip
_VALUE: Final = frozenset({"value", "low", "high", "currency", "start", "end", "text", "span", "mention"})


def publication(document: Document, rows: Sequence[Row], *, colour: bool) -> Text:
    """The document's text, headings bold, each sum in the colour of its kind or, without colour, in ``⟦ ⟧``."""
    from rich.text import Text

    # One entry a character: the style that the layout gives it, and the sum it belongs to.
    marks: list[tuple[str, int]] = [("", -1)] * len(document.text)
    for block in document.blocks:
        marks[block.start : block.end] = [(_BLOCK_STYLES.get(block.kind, ""), -1)] * (block.end - block.start)
    for number, row in enumerate(rows):
        marks[row.start : row.end] = [(KIND_STYLES.get(row.kind, "bold"), number)] * (row.end - row.start)
    page, at = Text(), 0
    for (style, number), run in groupby(marks):
        end = at + len(list(run))
        piece = visible(document.text[at:end], lines=True)
        page.append(piece if colour or number < 0 else f"⟦{piece}⟧", style=style)
        at = end
    page.rstrip()
    return page


def legend(rows: Sequence[Row]) -> Text:
    """How many sums there are of each kind, each kind in its colour."""
    from rich.text import Text

    counts = Counter(row.kind for row in rows)
    line = Text(f"{len(rows)} sums" if len(rows) != 1 else "1 sum")
    for kind, style in KIND_STYLES.items():
        if counts[kind]:
            line.append(", ").append(f"{counts[kind]} {kind}", style=style)
    return line


def rows_table(rows: Iterable[Row]) -> Table:
    """One line for each row: where it stands and what the guide's columns say."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("start", justify="right", no_wrap=True)
    for title in ("text", "value", "kind", "payer", "recipient", "area", "period", "part of", "same as"):
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(
            str(row.start),
            Text(visible(row.text), style=KIND_STYLES.get(row.kind, "bold")),
            worth(row),
            " ".join(filter(None, (row.kind, row.change, row.status))),
            *(Text(visible(cell)) for cell in ("|".join(row.payer), "|".join(row.recipient), row.area, row.period)),
            "" if row.part_of is None else str(row.part_of),
            "" if row.same_as is None else str(row.same_as),
        )
    return table


def worth(row: Row) -> str:
    """The value as people read it, with hedge, unit and VAT.

    >>> ten = Decimal(10_000_000)
    >>> worth(Row("a", 0, 1, "", ten, ten, modifier="approx", per="year"))
    'approx 10 000 000 SEK per year'
    """
    ends = grouped(row.low) if row.low == row.high else f"{grouped(row.low)}–{grouped(row.high)}"
    per = f"per {row.per}" if row.per else ""
    vat = f"{row.vat}. VAT" if row.vat else ""
    return " ".join(filter(None, (row.modifier, ends, visible(row.currency), per, vat)))


def grouped(value: Decimal) -> str:
    """A number with its digits in groups of three.

    >>> grouped(Decimal("1234567.5"))
    '1 234 567.5'
    """
    return f"{value:,f}".replace(",", " ")


# ------------------------------------------------------------------------------------------ explanation


def explanation(document: Document, row: Row, rows: Sequence[Row], book: Rulebook) -> Text:
    """For each column of ``row`` its value, and the rules behind it with what they mean and their cues in place."""
    from rich.text import Text

    outline = Outline(document)
    page = Text().append(f"{visible(row.doc)}:{row.start}-{row.end}  ", style="dim")
    page.append(f"{visible(row.text)}\n", style=KIND_STYLES.get(row.kind, "bold"))
    page.append_text(_in_sentence(outline, row.start, row.end)).append("\n")
    for column in _columns_of(row):
        page.append(f"\n{column:10}", style="bold").append(f"{_said(row, column, rows)}\n")
        for reason in _reasons_for(row, column) or [_DEFAULT]:
            page.append_text(_reason(reason, outline, book))
    return page


def _columns_of(row: Row) -> Iterator[str]:
    """The guide's columns that say something or have a reason for silence, then whatever else has a reason."""
    given = dict.fromkeys("value" if reason.column in _VALUE else reason.column for reason in row.because)
    yield from (column for column in _EXPLAINED if column in given or column == "value" or getattr(row, column))
    yield from (column for column in given if column not in _EXPLAINED)


def _reasons_for(row: Row, column: str) -> list[Reason]:
    taken = _VALUE if column == "value" else {column}
    # One word may decide low, high and currency: it is named once.
    return list(dict.fromkeys(reason._replace(column=column) for reason in row.because if reason.column in taken))


def _said(row: Row, column: str, rows: Sequence[Row]) -> str:
    if column == "value":
        return f"{grouped(row.low)}{f'–{grouped(row.high)}' if row.high != row.low else ''} {visible(row.currency)}"
    said = getattr(row, column, "")
    if isinstance(said, tuple):
        said = "|".join(said)
    if isinstance(said, int):
        led_to = next((other.text for other in rows if other.start == said), "")
        return f"{said}: {visible(led_to)}"
    return visible(said or "") or _NOTHING


def _reason(reason: Reason, outline: Outline, book: Rulebook) -> Text:
    from rich.text import Text

    if reason is _DEFAULT:
        return Text().append("          by default: no rule spoke\n", style="dim")
    rule = book.rules.get(reason.rule)
    line = Text("          ").append(visible(reason.rule), style="cyan")
    if rule:
        line.append(f"  {visible(rule.means)}")
    line.append("\n")
    if reason.end > reason.start:
        line.append("            ").append_text(_in_sentence(outline, reason.start, reason.end)).append("\n")
    return line


def _in_sentence(outline: Outline, start: int, end: int) -> Text:
    """The sentence that holds a span, on one line, with the span marked."""
    from rich.text import Text

    text = outline.document.text
    around = [s for s in outline.sentences(outline.block_at(start)) if s.start < end and start < s.end]
    first, last = min([start, *(s.start for s in around)]), max([end, *(s.end for s in around)])
    before, held, after = text[first:start], text[start:end], text[end:last]
    line = Text().append(_joined(before), style="dim").append(f"⟦{visible(held)}⟧", style=_CUE_STYLE)
    return line.append(_joined(after), style="dim")


def _joined(piece: str) -> str:
    """The piece on one line, with a space at an end where it had one."""
    inner = visible(piece)
    left = " " if piece[:1].isspace() and inner else ""
    right = " " if piece[-1:].isspace() else ""
    return f"{left}{inner}{right}"
