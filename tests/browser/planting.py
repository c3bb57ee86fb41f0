"""Ten publications of our own with forty errors planted in what the run says of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final

from belopp.gold import row_of
from belopp.model import Row
from belopp.tables import AMOUNTS, csv_text, guide_cells, read_csv

AGENCIES: Final = (
    "Skolverket", "Socialstyrelsen", "Trafikverket", "Boverket", "Kulturrådet", "Naturvårdsverket", "Jordbruksverket",
    "Folkhälsomyndigheten", "Energimyndigheten", "Vinnova",
)  # fmt: skip
AREAS: Final = (
    "läsfrämjande", "suicidprevention", "cykelvägar", "gröna gårdar", "biblioteken", "våtmarker", "bin och humlor",
    "rökfria skolgårdar", "laddstolpar", "ny batteriteknik",
)  # fmt: skip


def text_of(number: int) -> str:
    """A publication with a total, a list of its parts, a price, a proposal and a count that is no sum."""
    agency, other, area = AGENCIES[number], AGENCIES[(number + 3) % 10], AREAS[number]
    first, second = 12 + number, 8 + 2 * number
    return (
        f"# Stöd till {area}\n\n"
        f"Regeringen avsätter {first + second} miljoner kronor till {area} under 2025. Av dessa går\n\n"
        f"* {first} miljoner kronor till {agency}\n* {second} miljoner kronor till {other}\n\n"
        f"## Nästa steg\n\n"
        f"Regeringen föreslår att {other} får ytterligare {3 + number} miljoner kronor 2026. "
        f"Avgiften för en ansökan är {400 + 10 * number} kronor. Stödet når 2 miljoner hushåll.\n"
    )


def texts() -> dict[str, str]:
    """The ten publications by name."""
    return {f"nyheter/2025/{number:02d}.md": text_of(number) for number in range(10)}


Plant = Callable[[list[Row], str], list[Row]]


def _changed(place: int, **cells: object) -> Plant:
    def plant(rows: list[Row], text: str) -> list[Row]:
        rows[place] = replace(rows[place], **cells)  # type: ignore[arg-type]
        return rows

    return plant


def _valued(place: int, value: int) -> Plant:
    return _changed(place, low=Decimal(value), high=Decimal(value))


def _lost(place: int) -> Plant:
    return lambda rows, text: [*rows[:place], *rows[place + 1 :]]


def _spurious(rows: list[Row], text: str) -> list[Row]:
    found = re.search(r"2 miljoner(?= hushåll)", text)
    assert found
    value = Decimal(2_000_000)
    return [*rows, Row(rows[0].doc, found.start(), found.end(), found[0], value, value, kind="other")]


def _short(rows: list[Row], text: str) -> list[Row]:
    """The last word is missing from a part's span."""
    row = rows[1]
    end = row.end - len(" kronor")
    rows[1] = replace(row, end=end, text=text[row.start : end])
    return rows


def _late(rows: list[Row], text: str) -> list[Row]:
    """The total's number is missing from its span, and its parts point to where it seems to start."""
    row = rows[0]
    start = row.start + row.text.index(" ") + 1
    rows[0] = replace(row, start=start, text=text[start : row.end])
    return [replace(each, part_of=start) if each.part_of == row.start else each for each in rows]


# Four to a publication; the rows are the total, its two parts, the proposal and the fee.
FEE: Final = _changed(4, kind="funding", status="decided")
PLANTED: Final[tuple[tuple[Plant, ...], ...]] = (
    (_changed(0, status="proposed"), _changed(1, part_of=None), _changed(3, change=""), FEE),
    (_changed(0, payer=("SKR",)), _changed(2, recipient=("kommunerna",)), _changed(3, period=""), _spurious),
    (_short, _changed(2, kind="other", status="", part_of=None), _changed(3, status="decided"),
     _changed(4, kind="other")),
    (_valued(1, 15_000), _changed(2, part_of=None), _changed(3, change="decrease"), _spurious),
    (_changed(0, area="stöd"), _changed(1, status="paid"), _changed(3, payer=()), FEE),
    (_late, _changed(1, recipient=("regionerna",)), _changed(2, status="estimated"), _changed(3, status="decided")),
    (_changed(0, period="2026"), _changed(2, change="increase"), _changed(4, kind="other"), _lost(3)),
    (_changed(0, modifier="over"), _changed(1, part_of=None), _changed(2, part_of=None), _spurious),
    (_changed(0, status="estimated"), _changed(1, kind="rate", status="", part_of=None), _changed(4, per=""), _lost(3)),
    (_valued(0, 47), _changed(2, period=""), _changed(3, change="", status="decided"), _spurious),
)  # fmt: skip


def plant(run: Path, raw: Path) -> dict[str, list[Row]]:
    """Plant the errors in the tables of a run; returns what was true before, by document."""
    lines = list(read_csv(run / AMOUNTS.file))
    truth: dict[str, list[Row]] = {}
    for line in lines:
        truth.setdefault(line["doc"], []).append(row_of(line))
    rest = {(line["doc"], int(line["start"])): line for line in lines}
    out = [AMOUNTS.names]
    for (doc, rows), errors in zip(sorted(truth.items()), PLANTED, strict=True):
        text = (raw / doc).read_text(encoding="utf-8")
        planted = list(rows)
        for error in errors:
            planted = error(planted, text)
        for row in sorted(planted, key=lambda row: row.start):
            near = rest.get((doc, row.start), lines[0])
            guide = ["" if cell is None else str(cell) for cell in guide_cells(row)]
            others = [near[name] for name in AMOUNTS.names[len(guide) :]]
            others[0] = f"{doc}:{row.start}-{row.end}"
            out.append((*guide, *others))
    (run / AMOUNTS.file).write_text(csv_text(out), encoding="utf-8", newline="")
    return truth
