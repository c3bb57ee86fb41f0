"""The desk's pages of differences and figures: what to show of a comparison, as filtered and as people read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from belopp.review.cards import value_words
from belopp.review.comparing import GOLD, ORDER, Comparing, Difference, Told
from belopp.review.paging import paged
from belopp.review.reader import language_of
from belopp.review.words import words
from belopp.score import GAINED, KINDS, LOST, Entry, confused_words
from belopp.score.cells import folded
from belopp.tables import run_name

COLUMNS: Final = tuple(kind for kind in KINDS if kind not in (LOST, GAINED))
"""The columns that can have changed."""

Answer = Callable[..., Response]
Counts = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which differences are shown; ``""`` is any.  ``before`` and ``after`` are the words of the column, if any."""

    document: str = ""
    column: str = ""
    kind: str = ""
    before: str | None = None
    after: str | None = None

    @classmethod
    def asked(cls, asked: Mapping[str, str]) -> Wanted:
        """What an address asks for; words of no column are left out."""
        column = asked.get("column", "") if asked.get("column") in COLUMNS else ""
        kind = asked.get("kind", "") if asked.get("kind") in ORDER else ""
        said = (asked.get("before"), asked.get("after")) if column else (None, None)
        return cls(asked.get("document", ""), column, kind, *said)

    def takes(self, found: Difference) -> bool:
        """Whether a difference is among those wanted."""
        if self.kind and found.row.what != self.kind:
            return False
        if self.document and self.document.casefold() not in _named(found).casefold():
            return False
        return not self.column or any(
            what == self.column and self.before in (None, folded(before)) and self.after in (None, folded(after))
            for what, before, after in found.columns
        )

    @property
    def address(self) -> dict[str, str]:
        """The filters as an address has them."""
        said = {"document": self.document, "column": self.column, "kind": self.kind}
        kept = {name: value for name, value in said.items() if value}
        words_ = {"before": self.before, "after": self.after}
        return kept | {name: value for name, value in words_.items() if value is not None}


def _named(found: Difference) -> str:
    return f"{found.doc}\n{found.listed.title if found.listed else ''}"


class ComparisonPages:
    """The pages that hold the run against something; ``answer`` renders a template for a request."""

    def __init__(self, comparing: Comparing, answer: Answer) -> None:
        self.comparing = comparing
        self._answer = answer

    def changes(self, request: Request) -> Response:
        """The differences, filtered and by pages; htmx asks for the list alone."""
        self.comparing.desk.refresh()
        asked = request.query_params
        side, wanted = self._side(request), Wanted.asked(asked)
        found = [each for each in self.comparing.differences(side) if wanted.takes(each)]
        shown = paged(found, asked.get("page", ""))
        language = language_of(request)
        part = "_changes.html" if request.headers.get("hx-request") == "true" else "changes.html"
        return self._answer(
            request,
            part,
            **self._about(side),
            wanted=wanted,
            columns=COLUMNS,
            kinds=ORDER,
            counts=Counter(each.row.what for each in found),
            paged=shown,
            groups=self._groups(shown.items, language),
            words_of=cell_words,
            link=lambda number: _address("/changes", side, wanted.address | {"page": str(number)}),
            without=_address("/changes", side, {"column": wanted.column}),
        )

    def figures(self, request: Request) -> Response:
        """The figures with their intervals, and what is taken for what."""
        self.comparing.desk.refresh()
        side = self._side(request)
        told = self.comparing.told(side)
        language = language_of(request)
        return self._answer(
            request,
            "figures.html",
            **self._about(side),
            told=told.figures if told else None,
            columns=COLUMNS,
            tables=[_table(column, counts, language) for column, counts in _confused(told)],
            to=lambda **filters: _address("/changes", side, filters),
        )

    def _side(self, request: Request) -> str:
        """What the run is held against: what the address says, else the gold, else the other run."""
        beside = self.comparing.beside
        asked = request.query_params.get("with", "")
        if asked in beside:
            return asked
        return beside[-1] if not self.comparing.documents(GOLD) and not self.comparing.differences(GOLD) else GOLD

    def _about(self, side: str) -> dict[str, Any]:
        against = self.comparing.against
        return {
            "side": side,
            "beside": self.comparing.beside,
            "run": run_name(self.comparing.desk.findings.folder),
            "other": run_name(against) if against else "",
            "documents": self.comparing.documents(side),
        }

    def _groups(self, shown: Sequence[Difference], language: str) -> list[tuple[str, list[Shown]]]:
        """A page's differences by kind, as people read them."""
        groups = [(what, [each for each in shown if each.row.what == what]) for what in ORDER]
        return [(what, [self._shown(each, language) for each in those]) for what, those in groups if those]

    def _shown(self, found: Difference, language: str) -> Shown:
        columns = tuple((change[0], *_sides(found, change, language)) for change in found.columns)
        return Shown(
            found.entry,
            _worth(found.entry, language),
            found.listed.title or found.doc if found.listed else found.doc,
            self.comparing.address(found),
            "not_here" if found.listed is None else "other_text" if found.is_of_another_text else "",
            sentence if (sentence := self.comparing.sentence(found)) != found.entry["text"] else "",
            columns if found.row.what not in (LOST, GAINED) else (),
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """A difference on the page: its row, value and publication, where it leads, and each column before and after.

    ``reserve`` is the word for what keeps it from leading to its place.
    """

    entry: Entry
    worth: str
    publication: str
    address: str
    reserve: str
    sentence: str
    columns: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The confusions of a column: its words, as written and as said, and how often each was taken for each."""

    column: str
    words: tuple[tuple[str, str], ...]
    counts: Counts


def _confused(told: Told | None) -> list[tuple[str, Counts]]:
    """The columns in which more than one word was said."""
    return [pair for pair in told.confusions.items() if len(confused_words(pair[1])) > 1] if told else []


def _table(column: str, counts: Counts, language: str) -> Table:
    said = tuple((word, cell_words(column, word, words(language))) for word in confused_words(counts))
    return Table(column, said, counts)


def cell_words(column: str, cell: str, w: Mapping[str, str]) -> str:
    """A cell as people read it: the words of a closed column, names with commas between them.

    >>> cell_words("status", "paid", words("sv")), cell_words("payer", "EU|staten", words("sv"))
    ('utbetalt', 'EU, staten')
    """
    if column == "status":
        return w.get(f"status.{cell}", cell)
    if column in ("kind", "change", "modifier", "per", "vat"):
        return w.get(cell, cell)
    return ", ".join(cell.split("|")) if column in ("payer", "recipient", "period") else cell


def _sides(found: Difference, change: tuple[str, str, str], language: str) -> tuple[str, str]:
    """A column before and after, as people read it; of a span its words."""
    what, before, after = change
    if found.before is not None and found.after is not None:
        if what == "value":
            return _worth(found.before, language), _worth(found.after, language)
        if what == "span":
            return found.before["text"], found.after["text"]
    w = words(language)
    return cell_words(what, before, w), cell_words(what, after, w)


def _worth(entry: Entry, language: str) -> str:
    if entry.low is None or entry.high is None:
        return entry.value
    return value_words(entry.low, entry.high, entry.currency, language)


def _address(path: str, side: str, filters: Mapping[str, str]) -> str:
    return f"{path}?{urlencode({'with': side, **filters})}"
