"""What ``show`` and ``explain`` print: a publication with its sums marked, their rows, and why a row is as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Final

from belopp.model import BOILERPLATE, FUNDING, HEADING, OTHER, QUOTE, RATE, TITLE, Check, Document, Reason, Row
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


def rows_table(rows: Iterable[Row], *, wide: bool = True) -> Table:
    """One line for each row: where it stands and what the guide's columns say; the verbatim text only when wide."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("start", justify="right", no_wrap=True)
    if wide:
        table.add_column("text", overflow="fold")
    table.add_column("value", justify="right", no_wrap=True)
    for title, least in (("kind", 8), ("payer → recipient", 9), ("area", 9)):
        table.add_column(title, overflow="fold", min_width=least)
    for title in ("period", "link"):
        table.add_column(title, no_wrap=True)
    for row in rows:
        cells = [str(row.start), worth(row), _sort(row), _money_flow(row), row.area, row.period, _link(row)]
        style = KIND_STYLES.get(row.kind, "bold")
        texts = [Text(visible(cell), style=style if at == 1 else "") for at, cell in enumerate(cells)]
        if wide:
            texts.insert(1, Text(visible(row.text)))
        table.add_row(*texts)
    return table


def _sort(row: Row) -> str:
    """Kind, change and status, then hedge, unit and VAT: ``funding decided, approx, per year``."""
    per = f"per {row.per}" if row.per else ""
    vat = f"{row.vat}. VAT" if row.vat else ""
    kind = " ".join(filter(None, (row.kind, row.change, row.status)))
    return ", ".join(filter(None, (kind, row.modifier, per, vat)))


def _money_flow(row: Row) -> str:
    """Who pays whom; the arrow stands only beside a recipient."""
    payer, recipient = "|".join(row.payer), "|".join(row.recipient)
    return f"{payer or _NOTHING} → {recipient}" if recipient else payer


def _link(row: Row) -> str:
    """The total it is part of and the first statement it repeats: ``of 329``, ``= 2``."""
    of = "" if row.part_of is None else f"of {row.part_of}"
    same = "" if row.same_as is None else f"= {row.same_as}"
    return ", ".join(filter(None, (of, same)))


def worth(row: Row) -> str:
    """The value as people read it.

    >>> worth(Row("a", 0, 1, "", Decimal(5_000_000), Decimal(10_000_000)))
    '5 000 000–10 000 000 SEK'
    """
    ends = grouped(row.low) if row.low == row.high else f"{grouped(row.low)}–{grouped(row.high)}"
    return f"{ends} {visible(row.currency)}"


def grouped(value: Decimal) -> str:
    """A number with its digits in groups of three.

    >>> grouped(Decimal("1234567.5"))
    '1 234 567.5'
    """
    return f"{value:,f}".replace(",", " ")


# ------------------------------------------------------------------------------------------ explanation


def explanation(
    document: Document, row: Row, rows: Sequence[Row], book: Rulebook, checks: Sequence[Check] = ()
) -> Text:
    """For each column of ``row`` its value, and the rules behind it with what they mean and their cues in place.

    Then the arithmetic that it takes part in, when there are ``checks`` of it.
    """
    from rich.text import Text

    outline = Outline(document)
    page = Text().append(f"{visible(row.doc)}:{row.start}-{row.end}  ", style="dim")
    page.append(f"{visible(row.text)}\n", style=KIND_STYLES.get(row.kind, "bold"))
    page.append_text(_in_sentence(outline, row.start, row.end)).append("\n")
    for column in _columns_of(row):
        page.append(f"\n{column:10}", style="bold").append(f"{_said(row, column, rows)}\n")
        for reason in _reasons_for(row, column) or [_DEFAULT]:
            page.append_text(_reason(reason, outline, book))
    for held in checks:
        if row.start in (held.total, *held.parts) or row.same_as == held.total:
            page.append("\ncheck     ", style="bold").append(f"{_sum_told(held, rows)}\n")
            for reason in held.because:
                page.append_text(_reason(reason, outline, book))
    return page


def _sum_told(held: Check, rows: Sequence[Row]) -> str:
    """One check as people say it: ``proved by area: 9 mnkr of 5 mnkr + 4 mnkr``."""
    texts = {row.start: visible(row.text) for row in rows}
    by = f" by {held.breakdown}" if held.breakdown else ""
    parts = " + ".join(texts.get(start, str(start)) for start in held.parts)
    gap = held.difference
    rest = f", {grouped(gap)} left" if gap > 0 else f", {grouped(-gap)} too much" if gap else ""
    mend = ""
    if held.mend is not None and held.mended is not None:
        mend = f"; it would add up if {texts.get(held.mend, held.mend)} were {grouped(held.mended)}"
    return f"{held.verdict}{by}: {texts.get(held.total, held.total)} of {parts}{rest}{mend}"


def _columns_of(row: Row) -> Iterator[str]:
    """The guide's columns that say something or have a reason for silence, then whatever else has a reason."""
    given = dict.fromkeys("value" if reason.column in _VALUE else reason.column for reason in row.because)
    yield from (column for column in _EXPLAINED if column in given or column == "value" or getattr(row, column))
    yield from (column for column in given if column not in (*_EXPLAINED, "check"))


def _reasons_for(row: Row, column: str) -> list[Reason]:
    taken = _VALUE if column == "value" else {column}
    # One word may decide low, high and currency: it is named once.
    return list(dict.fromkeys(reason._replace(column=column) for reason in row.because if reason.column in taken))


def _said(row: Row, column: str, rows: Sequence[Row]) -> str:
    if column == "value":
        return worth(row)
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
    line = Text("          ").append(visible(reason.rule), style="cyan")
    if means := book.means(reason.rule):
        line.append(f"  {visible(means)}")
    line.append("\n")
    if reason.end > reason.start:
        line.append("            ").append_text(_in_sentence(outline, reason.start, reason.end)).append("\n")
    return line


def _in_sentence(outline: Outline, start: int, end: int) -> Text:
    """The sentence that holds a span, on one line, with the span marked."""
    from rich.text import Text

    text = outline.document.text
    start = end - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
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
