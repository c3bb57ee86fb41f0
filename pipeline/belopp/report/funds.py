"""The money that the charts draw: what is funded, once each, and no part of anything else that is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from belopp.report.loading import Line, Run, money, worth
from belopp.report.words import Say

LISTED: Final = 400


@dataclass(frozen=True, slots=True)
class Fund:
    """One sum of money: from whom, for what, to whom, when, how sure, and the row that states it."""

    payer: str
    area: str
    recipient: str
    period: str
    status: str
    value: Decimal
    line: Line

    def said(self, say: Say) -> str:
        """The sum as people read it."""
        return worth(self.line, say)


def funds(run: Run) -> tuple[list[Fund], int]:
    """The sums in kronor, the greatest first, and how many there are in other currencies.

    Each commitment that is part of no other counts once, or, in a run without commitments, each first statement that is
    part of no total.  What is taken away is left out.
    """
    found, foreign = [], 0
    for line, row in _roots(run):
        if line["currency"] != "SEK":
            foreign += 1
        elif Decimal(line["low"]):
            about = (line["payer"], line["area"], line["recipient"], line["period"], line["status"])
            found.append(Fund(*about, Decimal(line["low"]), row))
    return sorted(found, key=lambda fund: (-fund.value, fund.line["amount_id"])), foreign


def shortened(listed: Sequence[Fund], say: Say) -> tuple[Sequence[Fund], str]:
    """So many of the sums as a list on the page holds, the greatest, and what is said of the others."""
    left = len(listed) - LISTED
    return listed[:LISTED], say("and {} smaller ones").format(money(left, say)) if left > 0 else ""


def _roots(run: Run) -> Iterator[tuple[Line, Line]]:
    if run.commitments:
        for line in run.commitments:
            row = run.by_id.get(line["amount_id"])
            if row is not None and not line["parent"] and not line["also_in"] and line["change"] != "decrease":
                yield line, row
        return
    for line in run.amounts:
        if line["kind"] == "funding" and not line["part_of"] and not line["same_as"] and line["change"] != "decrease":
            yield line, line
