"""Which commitment is part of which: every stated breakdown of a total, and the one total where a part is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from belopp.ledger.commitment import Commitment
from belopp.ledger.statements import Publication, Statement
from belopp.model import CONSISTENT, CONTRADICTED, PARTIAL, PROVED, VERDICTS

AREA: Final = "area"
MIXED: Final = "mixed"
LEVEL: Final = "level"
_ORDER: Final = (AREA, "payer", "recipient", "year", "parts", MIXED)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One way in which one document breaks a total down; sums in minor units, signed as the total is.

    ``summed`` is what the parts come to; ``verdict`` compares it with what the total says.
    """

    total: str
    doc: str
    name: str
    parts: tuple[str, ...]
    summed: int
    verdict: str

    @property
    def exhaustive(self) -> bool:
        """Whether the parts add up to the total, exactly or as far as rounding and hedges can tell."""
        return self.verdict in (PROVED, CONSISTENT)


@dataclass(frozen=True, slots=True)
class Forest:
    """The commitments with the breakdowns of each total, best first, and the total that each part belongs to."""

    commitments: Mapping[str, Commitment]
    breakdowns: Mapping[str, tuple[Breakdown, ...]]
    owner: Mapping[str, str]

    def root(self, name: str) -> str:
        """The total at the top of a commitment's tree; itself when it is part of nothing."""
        while name in self.owner:
            name = self.owner[name]
        return name


def forest(
    commitments: Mapping[str, Commitment], statements: Iterable[Statement], publications: Mapping[str, Publication]
) -> Forest:
    """Join the commitments by what the documents say is part of what."""
    stated = list(statements)
    parts = _parts(commitments, stated)
    for doc, before, after in _levels(commitments, stated, publications):
        parts[after][doc, LEVEL].append(before)
    breakdowns = {total: _ranked(commitments, total, ways, publications) for total, ways in sorted(parts.items())}
    return Forest(commitments, breakdowns, _owners(commitments, breakdowns))


def _parts(
    commitments: Mapping[str, Commitment], statements: list[Statement]
) -> dict[str, dict[tuple[str, str], list[str]]]:
    """By total, then by document and breakdown: the parts.  A sum is no part of itself nor of another currency's."""
    first = {(s.doc, s.start): s for s in statements if s.same_as is None}
    found: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for statement in first.values():
        if statement.old_level:
            continue
        for total, name in _totals(statement, first):
            if total.commitment_id not in commitments:
                continue
            inside, outside = commitments[statement.commitment_id], commitments[total.commitment_id]
            if inside is outside or inside.key.currency != outside.key.currency:
                continue
            listed = found[outside.id][statement.doc, name]
            if inside.id not in listed:
                listed.append(inside.id)
    return found


def _levels(
    commitments: Mapping[str, Commitment], statements: Sequence[Statement], publications: Mapping[str, Publication]
) -> Iterator[tuple[str, str, str]]:
    """Of changes ``från X till Y`` the document, and the commitments of X and Y where X is posted, too.

    What an earlier publication gives for the same years, X, lies within the Y that it is changed to: not another X.
    """
    old = [statement for statement in statements if statement.old_level]
    changing: dict[str, list[Statement]] = {level.doc: [] for level in old}
    for statement in statements if old else ():
        if statement.doc in changing:
            changing[statement.doc].append(statement)
    stating: dict[tuple[str, int, int], list[Commitment]] = defaultdict(list)
    for found in commitments.values() if old else ():
        stating[found.key.currency, found.key.low, found.key.high].append(found)
    for level in old:
        after = next((s for s in changing[level.doc] if _follows(s, level) and s.commitment_id in commitments), None)
        if after is None:
            continue
        whole = commitments[after.commitment_id]
        before = [
            found
            for found in stating[level.currency, level.low, level.high]
            if found is not whole and _same_pot(found, whole) and _told_before(found, level, publications)
        ]
        if len(before) == 1:  # of two alike none is known to be the one
            yield level.doc, before[0].id, whole.id


def _follows(statement: Statement, level: Statement) -> bool:
    """Whether a sum stands after an old level in its sentence."""
    return (
        statement.start > level.start
        and statement.sentence == level.sentence
        and statement.currency == level.currency
        and not statement.old_level
    )


def _same_pot(one: Commitment, other: Commitment) -> bool:
    """Whether two levels are of the same purpose, parties, stated years and unit."""
    said = [
        (found.area.casefold(), found.payer, found.recipient, found.period, found.per, found.key.change)
        for found in (one, other)
    ]
    return said[0] == said[1] and bool(one.period) and not one.key.change


def _told_before(one: Commitment, level: Statement, publications: Mapping[str, Publication]) -> bool:
    """Whether another publication, and no later one, tells of a commitment."""
    day = publications[level.doc].published
    told = [statement for statement in one.statements if not statement.old_level]
    return all(s.doc != level.doc for s in told) and any(publications[s.doc].published <= day for s in told)


def _totals(part: Statement, first: Mapping[tuple[str, int], Statement]) -> Iterator[tuple[Statement, str]]:
    """The totals of which a sum is a part, with the breakdown of each.

    First the one that the text names.  Then those under the same grand total that parts of others prove: the 5 725
    million to the regions are broken down by the areas, each of which the text makes a part of the whole agreement.
    """
    own = None if part.part_of is None else first.get((part.doc, part.part_of))
    names = part.breakdown.split("|") if part.breakdown else []
    if own:
        told = [name for name in names if ":" not in name]
        yield from ((own, name) for name in told or [_difference(part, own)])
    for name in names:
        start, across, way = name.partition(":")
        other = first.get((part.doc, int(start))) if across else None
        if other and _top(part, first) is _top(other, first):
            yield other, way


def _top(statement: Statement, first: Mapping[tuple[str, int], Statement]) -> Statement:
    """The total above all others that a sum is a part of in its document; itself when there is none."""
    passed = {statement.start}
    while statement.part_of is not None and statement.part_of not in passed:
        above = first.get((statement.doc, statement.part_of))
        if above is None:
            break
        statement = above
        passed.add(statement.start)
    return statement


def _difference(part: Statement, total: Statement) -> str:
    """What a part tells apart that its total leaves together, where no check says it."""
    if part.area.casefold() != total.area.casefold():
        return AREA
    for name, inside, outside in (
        ("payer", part.payer, total.payer),
        ("recipient", part.recipient, total.recipient),
        ("year", part.period, total.period),
    ):
        if inside != outside:
            return name
    return "parts"


def _ranked(
    commitments: Mapping[str, Commitment],
    total: str,
    ways: Mapping[tuple[str, str], list[str]],
    publications: Mapping[str, Publication],
) -> tuple[Breakdown, ...]:
    """The breakdowns of a total: exhaustive ones first, then by area; those that exceed it last.

    Of those that fall short the one that leaves the least comes first.
    """
    found = [_weighed(commitments, total, doc, name, parts) for (doc, name), parts in ways.items()]
    by_doc: dict[str, list[str]] = defaultdict(list)
    for (doc, _), parts in ways.items():
        by_doc[doc] += [part for part in parts if part not in by_doc[doc]]
    for doc, parts in by_doc.items():
        if not any(set(way.parts) == set(parts) for way in found if way.doc == doc):
            together = _weighed(commitments, total, doc, MIXED, parts)
            if together.exhaustive:
                found.append(together)

    def rank(way: Breakdown) -> tuple[int, int, int, int, str, str, str]:
        kind = way.name.partition("#")[0]
        order = _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
        published = publications[way.doc].published
        told = -way.summed if way.verdict == PARTIAL else 0
        return (VERDICTS.index(way.verdict), told, order, -way.summed, published, way.doc, way.name)

    return tuple(sorted(found, key=rank))


def _weighed(commitments: Mapping[str, Commitment], total: str, doc: str, name: str, parts: list[str]) -> Breakdown:
    whole = commitments[total]
    inside = [commitments[part] for part in parts]
    shares = [share(whole, part) for part in inside]
    low, high = sum(low for low, _ in shares), sum(high for _, high in shares)
    verdict = PROVED if (low, high) == (whole.low, whole.high) else _compared(whole, inside)
    return Breakdown(total, doc, name, tuple(parts), low, verdict)


def _compared(whole: Commitment, inside: list[Commitment]) -> str:
    """Whether parts that do not add up exactly do so within rounding and hedges, fall short, or exceed the total."""
    least, most = (sum(_bound(whole, part, end) for part in inside) for end in (0, 1))
    floor, ceiling = whole.bounds()
    if least <= ceiling and floor <= most:
        return CONSISTENT
    return PARTIAL if most < floor else CONTRADICTED


def share(whole: Commitment, part: Commitment) -> tuple[int, int]:
    """What a part takes of its total, both ends, counted in the total's direction.

    Of a part that runs over more years than its total only the total's years count.
    """
    named = {piece.year for piece in whole.slices} - {0}
    taken = [piece for piece in part.slices if piece.year in named] or part.slices
    sign = part.sign * whole.sign
    return sign * sum(piece.low for piece in taken), sign * sum(piece.high for piece in taken)


def _bound(whole: Commitment, part: Commitment, end: int) -> int:
    """The part's share if its true sum lay at an end of what it may stand for."""
    own, taken = part.low or 1, share(whole, part)[0]
    ends = [bound * taken // own if part.low else bound for bound in part.bounds()]
    return (min, max)[end](ends)


def _owners(commitments: Mapping[str, Commitment], breakdowns: Mapping[str, tuple[Breakdown, ...]]) -> dict[str, str]:
    """The total where each part is counted: of several an unhedged one before a hedged, then the tightest.

    A total that would be part of its own part is passed over.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for total, ways in breakdowns.items():
        for way in ways:
            for part in way.parts:
                wanted[part].add(total)

    def tightness(total: str) -> tuple[bool, int, str]:
        whole = commitments[total]
        return bool(whole.key.modifier), whole.low, total

    owner: dict[str, str] = {}
    for part in sorted(wanted, key=lambda name: (-commitments[name].low, name)):
        for total in sorted(wanted[part], key=tightness):
            if not _leads_to(owner, total, part):
                owner[part] = total
                break
    return owner


def _leads_to(owner: Mapping[str, str], name: str, wanted: str) -> bool:
    while name in owner:
        if name == wanted:
            return True
        name = owner[name]
    return name == wanted
