"""The rows of one document while they are being linked: what every linking step asks and settles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Final

from belopp.arithmetic import Interval, interval
from belopp.grammar import HEDGE
from belopp.links.statements import Statements
from belopp.links.topics import similar, stems
from belopp.model import CELL, FUNDING, HEADING, ITEM, QUOTE, Reason, Row
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Outline, Place, Span
from belopp.years import years_of

# "Detta är en miljard mer än förra paketet": a difference, no money of its own
COMPARED: Final = re.compile(
    r"\s+(?:kronor\s+)?(?:mer|fler|högre|mindre|lägre|dyrare|billigare)\s+(?:än|jämfört\s+med)\b"
)
# "mot 950 miljoner i år", "att jämföra med 400 miljoner", "Tio år tidigare låg nivån på 82 respektive 15 miljarder"
AGAINST: Final = re.compile(
    rf"""(?:\b(?:mot|jämför[at]s?\s+med)\s+(?:(?:fjolårets|tidigare|då(?:varande)?|{HEDGE})\s+){{0,2}}
    |^\W*(?:\w+\s+år\s+(?:tidigare|dessförinnan)|för\s+\w+\s+år\s+sedan|året\s+(?:innan|dessförinnan))\b[^.;:]{{0,60}})$""",
    re.VERBOSE,
)
# What says that a sum raises another to its level.
RAISING: Final = ("part.result", "part.fronted", "part.level")


class Sheet:
    """Rows and places in text order; ``first`` and ``parent`` are indices of rows, filled in step by step."""

    def __init__(self, rows: Sequence[Row], places: Sequence[Place], book: Rulebook) -> None:
        self.rows = list(rows)
        self.places = places
        self.outline: Outline = places[0].outline
        self.text = self.outline.document.text
        self.lowered = self.outline.lowered
        self.book = book
        self.first: list[int | None] = [None] * len(rows)
        self.parent: list[int | None] = [None] * len(rows)
        self.reasons: list[list[Reason]] = [[] for _ in rows]
        self.statements = Statements(self.rows, places, self.first)
        # The other way round, so that a long table is not gone through for each of its cells.
        self._again: dict[int, list[int]] = {}
        self._dated: dict[int, dict[tuple[str, ...], int]] = {}
        self._parts: dict[int, list[int]] = {}
        self._stems: dict[str, frozenset[str]] = {}
        self._own: dict[int, bool] = {}
        self._intervals: dict[int, Interval] = {}
        self._said: dict[str, set[Span]] = {}
        sentences = dict.fromkeys(place.sentence for place in places)
        self._small = {span: self.lowered[span.start : span.end] for span in sentences}
        self._all_small = "\n".join(self._small.values())

    def first_cue(self, rule: str, index: int, span: Span) -> Cue | None:
        """The first of a rule's words in a span of the row's sentence."""
        return self.book.cues(rule).first(self.lowered, *span) if self._says(index, rule) else None

    def last_cue(self, rule: str, index: int, span: Span) -> Cue | None:
        """The last of a rule's words in a span of the row's sentence."""
        return self.book.cues(rule).last(self.lowered, *span) if self._says(index, rule) else None

    def _says(self, index: int, rule: str) -> bool:
        """Whether words of a rule may stand in the row's sentence: most sentences hold words of few rules."""
        spans = self._said.get(rule)
        if spans is None:
            cues = self.book.cues(rule)
            found = self._small.items() if cues.may_stand(self._all_small) else ()
            spans = self._said[rule] = {span for span, small in found if cues.may_stand(small)}
        return bool(spans) and self.places[index].sentence in spans

    def funding(self, index: int) -> bool:
        """Whether the row is funding."""
        return self.rows[index].kind == FUNDING

    def top(self, index: int) -> bool:
        """Whether the row states funding for the first time and is part of nothing yet."""
        return self.funding(index) and self.first[index] is None and self.parent[index] is None

    def besides(self, index: int) -> Cue | None:
        """The words that set a sum beside what was told of: ``utöver överenskommelsen``."""
        return self.first_cue("part.besides", index, self.places[index].left)

    def addend(self, index: int) -> bool:
        """Whether arithmetic may make the row a part of a total: it is new money, and besides nothing."""
        return self.top(index) and self._of_its_own(index)

    def _of_its_own(self, index: int) -> bool:
        """Whether a sum is no level that was, besides nothing and no difference."""
        found = self._own.get(index)
        if found is None:
            found = self._own[index] = not (self.old(index) or self.besides(index) or self.compared(index))
        return found

    def compared(self, index: int) -> bool:
        """Whether the sum is only what another is more, or less, than a third: ``75 miljoner mer än 2019``."""
        return COMPARED.match(self.text, self.rows[index].end) is not None

    def old(self, index: int) -> bool:
        """Whether the sum is a level that was, or one that a sum is only held against."""
        return self.described_by(index, "period.old") or self.held_against(index)

    def held_against(self, index: int) -> bool:
        """Whether a sum is only held against the sum: ``mot 950 miljoner i år``."""
        left = self.places[index].left
        return AGAINST.search(self.lowered[left.start : left.end]) is not None

    def described_by(self, index: int, *rules: str) -> bool:
        """Whether one of these rules decided a column of the row before it was linked."""
        return not {reason.rule for reason in self.rows[index].because}.isdisjoint(rules)

    def value(self, index: int) -> Decimal:
        """The value of a row, its upper end for a range."""
        return self.rows[index].high

    def interval(self, index: int) -> Interval:
        """What the stated sum may stand for."""
        found = self._intervals.get(index)
        if found is None:
            row = self.rows[index]
            found = self._intervals[index] = interval(row.low, row.high, row.modifier)
        return found

    def canon(self, index: int) -> int:
        """The first statement of the same money."""
        while (first := self.first[index]) is not None:
            index = first
        return index

    def ancestors(self, index: int) -> Iterator[int]:
        """The totals over a row, nearest first."""
        seen = {self.canon(index)}
        parent = self.parent[self.canon(index)]
        while parent is not None and self.canon(parent) not in seen:
            parent = self.canon(parent)
            seen.add(parent)
            yield parent
            parent = self.parent[parent]

    def children(self, index: int) -> list[int]:
        """The rows that are stated parts of a total, first statements only."""
        if not self._parts:
            return []
        canon = self.canon(index)
        parts = [i for whole in (canon, *self.restatements(canon)) for i in self._parts.get(whole, ())]
        return sorted(i for i in parts if self.first[i] is None)

    def restatements(self, index: int) -> list[int]:
        """The rows that restate a row."""
        return self._again.get(index, [])

    def told_with(self, index: int) -> list[int]:
        """A first statement and its restatements, one for each way in which they are dated."""
        return [index, *self._dated.get(index, {}).values()]

    @cached_property
    def openers(self) -> dict[int, None]:
        """The rows that open a section under a heading, in text order."""
        return dict.fromkeys(i for i, place in enumerate(self.places) if self._opens(i, place))

    def _opens(self, index: int, place: Place) -> bool:
        if place.kind == HEADING:
            return True
        over = place.outline.headings(place.block)
        if not index or not over or place.outline.blocks[over[-1]].kind != HEADING:
            return False
        before = self.places[index - 1]
        return before.outline.headings(before.block) != over

    def adopt(self, child: int, parent: int, rule: str, cue: Span | Cue | None = None) -> bool:
        """Make a row a part of a total, unless it has one, is not funding, or the two are the same money."""
        parent, child = self.canon(parent), self.canon(child)
        if (
            rule not in self.book
            or self.parent[child] is not None
            or child == parent
            or not self.funding(child)
            or not self.funding(parent)
            or self.rows[child].currency != self.rows[parent].currency
            or child in self.ancestors(parent)
            or (self.value(child) > self.interval(parent).high and not rule.endswith("table") and rule != "table.total")
        ):
            return False
        self.parent[child] = parent
        self._parts.setdefault(parent, []).append(child)
        self.explain(child, "part_of", rule, cue)
        return True

    def repeat(self, later: int, first: int, rule: str, cue: Span | Cue | None = None) -> bool:
        """Make a row a restatement of an earlier one's money."""
        first = self.canon(first)
        if rule not in self.book or self.first[later] is not None or later <= first:
            return False
        self.first[later] = first
        self._again.setdefault(first, []).append(later)
        dated = (self.rows[later].period, *(r.rule for r in self.rows[later].because if r.column == "period"))
        self._dated.setdefault(first, {}).setdefault(dated, later)
        self.explain(later, "same_as", rule, cue)
        return True

    def explain(self, index: int, column: str, rule: str, cue: Span | Cue | None = None) -> None:
        """Note which rule, and which words of the text, settled a column of a row."""
        start, end = (cue.start, cue.end) if cue is not None else (0, 0)
        self.reasons[index].append(Reason(column, rule, start, end))

    def linked_by(self, index: int, *rules: str) -> bool:
        """Whether one of these rules linked the row."""
        return any(reason.rule in rules for reason in self.reasons[index])

    def raises(self, index: int) -> bool:
        """Whether the text says that the row's sum raises another to its level."""
        return self.linked_by(index, *RAISING)

    def same_sentence(self, a: int, b: int) -> bool:
        """Whether two rows stand in one sentence."""
        return self.places[a].block == self.places[b].block and self.places[a].sentence == self.places[b].sentence

    def years(self, index: int) -> frozenset[str]:
        """The years of a row's period as a set; open ends as they stand."""
        return self._years[index]

    @cached_property
    def _years(self) -> list[frozenset[str]]:
        return [years_of(row.period) for row in self.rows]

    def topic(self, index: int) -> frozenset[str]:
        """The stems of a row's area words, for telling whether two rows are about the same thing."""
        return self.stems(self.rows[index].area)

    def stems(self, text: str) -> frozenset[str]:
        """The stems of an area, a sentence or a label, cut once."""
        found = self._stems.get(text)
        if found is None:
            found = self._stems[text] = stems(text)
        return found

    def alike(self, a: int, b: int) -> bool:
        """Whether two rows are about the same thing, as far as their areas say."""
        return similar(self.topic(a), self.topic(b))

    @cached_property
    def lists(self) -> list[list[int]]:
        """The rows of each list, by the lead-in they share, in text order."""
        groups: dict[int, list[int]] = {}
        for index, place in enumerate(self.places):
            if place.kind == ITEM:
                lead = self.outline.list_lead(place.block)
                groups.setdefault(-1 if lead is None else lead, []).append(index)
        return list(groups.values())

    @cached_property
    def tables(self) -> list[list[int]]:
        """The rows of each table, in text order."""
        groups: dict[int, list[int]] = {}
        for index, place in enumerate(self.places):
            if place.kind == CELL:
                groups.setdefault(place.cell.level, []).append(index)
        return list(groups.values())

    def running(self, index: int) -> bool:
        """Whether the row stands in running text, not in a list or table."""
        return self.places[index].kind not in (ITEM, CELL)

    def quoted(self, index: int) -> bool:
        """Whether the row stands in a quoted line."""
        return self.places[index].kind == QUOTE
