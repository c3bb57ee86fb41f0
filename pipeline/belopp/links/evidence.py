"""Weighs how strongly a text says that one sum states the money of another that its value allows."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from belopp.arithmetic import digits
from belopp.links.cells import cell_evidence
from belopp.links.sheet import Sheet
from belopp.links.topics import stems
from belopp.links.values import is_only
from belopp.links.years import clash
from belopp.model import CELL, FUNDING, HEADING, ITEM, TITLE

# What is asked for or foreseen, and then granted: "ansökt om 9 miljoner" … "beslutar att lämna 9 miljoner"
ASKED: Final = re.compile(r"\b(?:ansök\w*|begär\w*|beräknas\s+till|(?:ska|skall)\s+[^.;]*\buppgå\s+till)\b")
GRANTED: Final = re.compile(r"\bbeslutar\b[^.;]*\batt\b[^.;]*\b(?:lämna|utbetala|betala|avsätta|bevilja)\b")
BORROWED: Final = ("area.before", "area.heading", "area.title", "area.document", "area.fallback")
# Years taken from the neighbourhood do not tell two sums apart.
NEARBY: Final = ("period.before", "period.paragraph", "period.heading", "period.proposal")
EVERYWHERE: Final = stems(
    """
    miljoner miljarder kronor regeringen regeringens avsätter avsätts avsätta beräknar beräknas årligen därför ändamål
    ändamålet satsning satsningen satsar sverige föreslår föreslås får går ges tillförs under från året åren stöd stödet
    totalt ytterligare även också innebär anslaget medel medlen förslag förslaget budgetpropositionen
    """
)
BUDGET: Final = stems("anslag anslaget förvaltningsanslag budget medel verksamhet")


def evidence(sheet: Sheet, a: int, b: int) -> tuple[int, str]:
    """How strongly the text says that ``b`` restates ``a``, and by which rule; 0 for not at all."""
    if sheet.places[b].kind == CELL:
        return cell_evidence(sheet, a, b)
    if sheet.places[a].kind == CELL or _listed_together(sheet, a, b):
        return 0, ""
    if _granted(sheet, a, b):
        return 3, "same.granted"
    if any(_periods_clash(sheet, i, b) for i in sheet.told_with(a)) or _recipients_clash(sheet, a, b):
        return 0, ""
    exact = sheet.rows[a].low == sheet.rows[b].low
    if sheet.old(b) and not sheet.old(a) and sheet.places[a].is_heading:
        return 0, ""  # "från 20 till 35": what was is not the news of the heading
    if sheet.places[a].kind == TITLE:
        return (5 if exact else 3), "same.title"
    if sheet.places[a].kind == HEADING:
        if is_under(sheet, a, b):
            return (6 if exact else 4), "same.title"
        return ((5 if exact else 3) if _alike(sheet, a, b) else 0), "same.title"
    alone = exact and bisect_left(sheet.statements.stating(b), b) == 1
    if sheet.places[b].kind == HEADING:
        return (3 if alone and sheet.alike(a, b) else 0), "same.title"
    if sheet.quoted(a) or sheet.quoted(b):
        return (3 if sheet.alike(a, b) or alone or (not exact and is_only(sheet, a, b)) else 0), "same.quote"
    return _running_evidence(sheet, a, b)


def _running_evidence(sheet: Sheet, a: int, b: int) -> tuple[int, str]:
    """The same for two sums of running text."""
    place = sheet.places[b]
    if place.index and sheet.first_cue("part.of_which", b, place.before):
        return 0, ""  # "där regionerna bidrar med 100 miljoner": a part of another total is other money
    if _side_by_side(sheet, a, b):
        return 0, ""
    if _named_alone(sheet, a, b):
        return 1, "same.restated"
    if not _about_the_same(sheet, a, b):
        return (1 if _unusual(sheet, a, b) else 0), "same.figure"
    told = bool(sheet.topic(a) and sheet.topic(b))
    if sheet.rows[a].low != sheet.rows[b].low:
        return (1 if told and _same_rounded(sheet, a, b) else 0), "same.rounded"
    if sheet.first_cue("same.back", b, place.left):
        return 3, "same.back"
    if told and _same_facts(sheet, a, b) and _own_area(sheet, a, b):
        return 2, "same.restated"
    return (1 if _unusual(sheet, a, b) else 0), "same.figure"


def _same_rounded(sheet: Sheet, a: int, b: int) -> bool:
    """Whether a sum close to another is told of the same body and change, is called no other, and no other fits."""
    x, y = sheet.rows[a], sheet.rows[b]
    if abs(x.high - y.high) * 14 >= min(x.high, y.high) or (x.recipient, x.change) != (y.recipient, y.change):
        return False
    return sheet.first_cue("same.other", b, sheet.places[b].sentence) is None and is_only(sheet, a, b)


def _granted(sheet: Sheet, a: int, b: int) -> bool:
    """Whether the one sentence asks for, or foresees, what the other grants, and not to somebody else."""
    x, y = (sheet.places[i] for i in (a, b))
    asking, given = sheet.rows[a].recipient, sheet.rows[b].recipient
    # a name that opens a sentence may be read in part
    same = not asking or not given or any(one.endswith(other) for one in given for other in asking)
    return (
        same
        and sheet.rows[a].low == sheet.rows[b].low
        and bool(GRANTED.search(y.lowered, *y.left) and ASKED.search(x.lowered, *x.left))
    )


def _listed_together(sheet: Sheet, a: int, b: int) -> bool:
    return sheet.places[a].kind == sheet.places[b].kind == ITEM


def _periods_clash(sheet: Sheet, a: int, b: int) -> bool:
    """Whether two sums are for different years by what their own words say, none of them open."""
    if any(sheet.described_by(i, *NEARBY) for i in (a, b)):
        return False
    return clash(sheet, a, b) and not (_open(sheet, a) or _open(sheet, b))


def _open(sheet: Sheet, index: int) -> bool:
    period = sheet.rows[index].period
    return period.startswith("-") or period.endswith("-")


def _recipients_clash(sheet: Sheet, a: int, b: int) -> bool:
    """Whether two sums go to different bodies; a heading or a quote may name another than the text does."""
    x, y = set(sheet.rows[a].recipient), set(sheet.rows[b].recipient)
    again = any(sheet.running(i) and sheet.rows[i].low == sheet.rows[b].low for i in sheet.restatements(a))
    loose = (sheet.places[a].is_heading and not again) or (sheet.quoted(b) and digits(sheet.rows[b].low) > 1)
    return bool(x and y) and not (x & y) and not loose


def is_under(sheet: Sheet, a: int, b: int) -> bool:
    """Whether a sum stands under the heading that states the other."""
    return sheet.places[a].block in sheet.places[b].outline.headings(sheet.places[b].block)


def _alike(sheet: Sheet, a: int, b: int) -> bool:
    """Two headings side by side tell of different money, however alike."""
    return sheet.places[b].kind != HEADING and sheet.alike(a, b) and bool(sheet.topic(a) and sheet.topic(b))


def _side_by_side(sheet: Sheet, a: int, b: int) -> bool:
    """``A får 5 2025 och 5 2026.`` and then ``B får 5 2025 och 5 2026.``: what goes with other money is other money."""
    x, y = a - 1, b - 1
    if x < 0 or y == a or any(sheet.places[i - 1].block != sheet.places[i].block for i in (a, b)):
        return False
    same = sheet.rows[x].low == sheet.rows[y].low and sheet.rows[x].period == sheet.rows[y].period
    return same and sheet.canon(x) != sheet.canon(y)


def _named_alone(sheet: Sheet, a: int, b: int) -> bool:
    """The same change of the same body's money for the same years, where an area only names the body."""
    x, y = sheet.rows[a], sheet.rows[b]
    if x.low != y.low or not x.recipient or not x.period or not x.change:
        return False
    named = [sheet.topic(i) <= sheet.stems(" ".join(sheet.rows[i].recipient)) | BUDGET for i in (a, b)]
    return any(named) and (x.recipient, x.period, x.change) == (y.recipient, y.period, y.change)


def _about_the_same(sheet: Sheet, a: int, b: int) -> bool:
    """Whether areas, or where one is borrowed the sentences themselves, say that two sums are about one thing."""
    borrowed = any(sheet.described_by(i, *BORROWED) for i in (a, b))
    return sheet.alike(a, b) or (borrowed and _same_words(sheet, a, b))


def _same_facts(sheet: Sheet, a: int, b: int) -> bool:
    """Whether change, recipient and years are the same, as far as both sums have them."""
    x, y = sheet.rows[a], sheet.rows[b]
    return (
        (x.change == y.change or not (x.change and y.change))
        and x.recipient == y.recipient
        and (x.period == y.period or (x.period.endswith("-") and y.period.startswith(x.period)))
    )


def _own_area(sheet: Sheet, a: int, b: int) -> bool:
    """Whether the later sum's own words say what it is for; an area taken from the neighbourhood is not enough."""
    if not sheet.described_by(b, *BORROWED) or _same_words(sheet, a, b):
        return True
    return all(sheet.topic(b) <= sheet.stems(sheet.text[slice(*sheet.places[i].sentence)]) for i in (a, b))


def _same_words(sheet: Sheet, a: int, b: int) -> bool:
    """Whether two sentences speak of the same thing, apart from the words that every sentence of the kind holds."""
    x, y = (sheet.stems(sheet.text[slice(*sheet.places[i].sentence)]) - EVERYWHERE for i in (a, b))
    shared = len(x & y)
    round_sum = digits(sheet.rows[b].low) < 2  # "50 miljoner" is told of many things
    return shared > 1 and (not round_sum or 2 * shared >= min(len(x), len(y)))


def _unusual(sheet: Sheet, a: int, b: int) -> bool:
    """Whether both state the same sum to three figures or more: hardly by chance."""
    x, y = sheet.rows[a], sheet.rows[b]
    return x.kind == FUNDING and x.low == y.low and x.change == y.change and digits(x.low) > 2
