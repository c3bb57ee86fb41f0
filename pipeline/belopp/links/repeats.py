"""Finds restatements: the same money in the title and again in the body, a quote or a table."""

from __future__ import annotations

import re
from bisect import bisect_left
from decimal import Decimal
from typing import Final

from belopp.arithmetic import digits, half_unit
from belopp.links.cells import cell_evidence, is_total_cell
from belopp.links.sheet import Sheet
from belopp.links.topics import stems
from belopp.model import CELL, FUNDING, HEADING, ITEM, TITLE
from belopp.rulebook import Cue
from belopp.sentences import Span

# "250 miljoner euro (ca 2,7 miljarder kronor)", "15 miljoner kronor, eller 1,3 miljoner dollar",
# "9 000 euro (dock högst 95 000 kronor)"
CONVERSION: Final = re.compile(
    r"""\s*(?:\(|,|–)?\s*(?:dock\s+)?(?:vilket\s+|som\s+)?(?:i\s+dagsläget\s+)?
    (?:motsvarar?|motsvarande|eller|alltså|dvs\.?|det\s+vill\s+säga|beräknas\s+till)?\s*
    (?:högst\s+)?(?:ca|cirka|drygt|omkring|ungefär|knappt|nära|nästan)?\s*""",
    re.VERBOSE,
)
# "7 miljoner euro i 2025 års priser (motsvarande 8 miljoner euro i löpande priser)"
OTHER_PRICES: Final = re.compile(
    r"\s+i\s+\d{4}\s+års\s+(?:fasta\s+)?priser(?:\s+i\s+åtaganden)?,?\s*\(?(?:motsvarande\s+)?(?:ca\s+|cirka\s+|drygt\s+)?"
)
# What is asked for or foreseen, and then granted: "ansökt om 9 miljoner" … "beslutar att lämna 9 miljoner"
ASKED: Final = re.compile(r"\b(?:ansök\w*|begär\w*|beräknas\s+till|(?:ska|skall)\s+[^.;]*\buppgå\s+till)\b")
GRANTED: Final = re.compile(r"\bbeslutar\b[^.;]*\batt\b[^.;]*\b(?:lämna|utbetala|betala|avsätta|bevilja)\b")

BORROWED: Final = ("area.before", "area.heading", "area.title", "area.document", "area.fallback")
EVERYWHERE: Final = stems(
    """
    miljoner miljarder kronor regeringen regeringens avsätter avsätts avsätta beräknar beräknas årligen därför ändamål
    ändamålet satsning satsningen satsar sverige föreslår föreslås får går ges tillförs under från året åren stöd stödet
    totalt ytterligare även också innebär anslaget medel medlen förslag förslaget budgetpropositionen
    """
)
BUDGET: Final = stems("anslag anslaget förvaltningsanslag budget medel verksamhet")


def mark_repeats(sheet: Sheet) -> None:
    """Settle ``same_as``: conversions, then titles and headings, then the rest of the text."""
    for index in range(1, len(sheet.rows)):
        _convert(sheet, index) or _restate(sheet, index)


def _convert(sheet: Sheet, index: int) -> bool:
    before = index - 1
    if before < 0 or not sheet.same_sentence(before, index):
        return False
    gap = Span(sheet.rows[before].end, sheet.rows[index].start)
    alike = sheet.rows[before].currency == sheet.rows[index].currency
    if (OTHER_PRICES if alike else CONVERSION).fullmatch(sheet.text, *gap):
        return sheet.repeat(index, before, "same.conversion", gap)
    return False


def _restate(sheet: Sheet, index: int) -> bool:
    best, rank, rule = None, 0, ""
    if (heading := _heading_again(sheet, index)) is not None:
        return sheet.repeat(index, heading, "same.title")
    like = [earlier for earlier in sheet.statements.like(index) if _may_be_same(sheet, earlier, index)]
    cue = _contrast(sheet, index) if like else None
    for earlier in like:
        if cue and not _both_new(sheet, earlier, index):
            sheet.explain(index, "same_as", "same.other", cue)
            continue
        score, why = _evidence(sheet, earlier, index)
        if score > rank:
            best, rank, rule = earlier, score, why
    return best is not None and sheet.repeat(index, best, rule)


def _heading_again(sheet: Sheet, index: int) -> int | None:
    """A heading over the sum that itself restates a sum of the text."""
    for earlier in reversed(sheet.statements.in_headings(index)):
        if earlier < index and sheet.first[earlier] is not None and _under(sheet, earlier, index):
            return earlier
    return None


def _both_new(sheet: Sheet, a: int, b: int) -> bool:
    """``Ytterligare 50 miljoner`` under a title, or after a sentence, that speaks of the same additional 50."""
    place = sheet.places[b]
    titled = sheet.places[a].kind in (TITLE, HEADING) or sheet.quoted(b)
    return titled or (_contrast(sheet, a) is not None and place.block != sheet.places[a].block)


def _may_be_same(sheet: Sheet, a: int, b: int) -> bool:
    """Whether value, currency and kind allow that ``b`` restates ``a`` at all."""
    x, y = sheet.rows[a], sheet.rows[b]
    if x.currency != y.currency or sheet.same_sentence(a, b) or (x.kind != y.kind and sheet.places[b].kind != CELL):
        return False
    if _told_here(sheet, a, b):
        return False  # "600 miljoner i anslag, 600 från EU": one sentence tells of the same money once
    if (x.low, x.high) == (y.low, y.high):
        return True
    return _rounded(sheet, a, b)


def _told_here(sheet: Sheet, a: int, b: int) -> bool:
    """Whether the sentence of ``b`` restates ``a`` before ``b`` does."""
    for earlier in range(b - 1, b - 1 - sheet.places[b].index, -1):
        if sheet.first[earlier] is not None and sheet.canon(earlier) == a and sheet.same_sentence(earlier, b):
            return sheet.places[earlier].kind != CELL
    return False


def _rounded(sheet: Sheet, a: int, b: int) -> bool:
    """One is the other rounded: "6,3 miljarder" of "6,37", a title's 1,6 miljarder of 1 610 miljoner."""
    coarse, fine = (a, b) if half_unit(sheet.value(a)) > half_unit(sheet.value(b)) else (b, a)
    row, exact = sheet.rows[coarse], sheet.value(fine)
    if row.low != row.high or sheet.rows[fine].low != sheet.rows[fine].high or not exact:
        return False
    loose = sheet.places[coarse].is_heading or sheet.quoted(coarse) or is_total_cell(sheet, fine)
    loose |= sheet.places[b].kind == CELL and coarse == b
    if not row.modifier and not loose:
        return False
    if (row.modifier == "over" and exact < row.low) or (row.modifier == "under" and exact > row.high):
        return False
    gap = abs(sheet.value(coarse) - exact)
    bound = Decimal("0.10") if row.modifier in ("over", "under") else Decimal("0.06")
    return 0 < gap <= 2 * half_unit(sheet.value(coarse)) and gap < bound * exact


def _evidence(sheet: Sheet, a: int, b: int) -> tuple[int, str]:
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
        if _under(sheet, a, b):
            return (6 if exact else 4), "same.title"
        return ((5 if exact else 3) if _alike(sheet, a, b) else 0), "same.title"
    alone = exact and bisect_left(sheet.statements.stating(b), b) == 1
    if sheet.places[b].kind == HEADING:
        return (3 if alone and sheet.alike(a, b) else 0), "same.title"
    if sheet.quoted(a) or sheet.quoted(b):
        return (3 if sheet.alike(a, b) or alone or (not exact and _only(sheet, a, b)) else 0), "same.quote"
    return _running_evidence(sheet, a, b)


def _running_evidence(sheet: Sheet, a: int, b: int) -> tuple[int, str]:
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
        x, y = sheet.rows[a], sheet.rows[b]
        new = sheet.first_cue("same.other", b, sheet.places[b].sentence)
        close = abs(x.high - y.high) * 14 < min(x.high, y.high)
        same = told and close and not new and (x.recipient, x.change) == (y.recipient, y.change) and _only(sheet, a, b)
        return (1 if same else 0), "same.rounded"
    if sheet.first_cue("same.back", b, sheet.places[b].left):
        return 3, "same.back"
    if told and _same_facts(sheet, a, b) and _own_area(sheet, a, b):
        return 2, "same.restated"
    return (1 if _unusual(sheet, a, b) else 0), "same.figure"


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


def _side_by_side(sheet: Sheet, a: int, b: int) -> bool:
    """``A får 5 2025 och 5 2026.`` and then ``B får 5 2025 och 5 2026.``: what goes with other money is other money."""
    x, y = a - 1, b - 1
    if x < 0 or y == a or any(sheet.places[i - 1].block != sheet.places[i].block for i in (a, b)):
        return False
    same = sheet.rows[x].low == sheet.rows[y].low and sheet.rows[x].period == sheet.rows[y].period
    return same and sheet.canon(x) != sheet.canon(y)


def _own_area(sheet: Sheet, a: int, b: int) -> bool:
    """Whether the later sum's own words say what it is for; an area taken from the neighbourhood is not enough."""
    if not any(reason.rule in BORROWED for reason in sheet.rows[b].because) or _same_words(sheet, a, b):
        return True
    return all(sheet.topic(b) <= sheet.stems(sheet.text[slice(*sheet.places[i].sentence)]) for i in (a, b))


def _named_alone(sheet: Sheet, a: int, b: int) -> bool:
    """The same change of the same body's money for the same years, where an area only names the body."""
    x, y = sheet.rows[a], sheet.rows[b]
    if x.low != y.low or not x.recipient or not x.period or not x.change:
        return False
    named = [sheet.topic(i) <= sheet.stems(" ".join(sheet.rows[i].recipient)) | BUDGET for i in (a, b)]
    return any(named) and (x.recipient, x.period, x.change) == (y.recipient, y.period, y.change)


def _about_the_same(sheet: Sheet, a: int, b: int) -> bool:
    """Whether areas, or where one is borrowed the sentences themselves, say that two sums are about one thing."""
    borrowed = any(reason.rule in BORROWED for i in (a, b) for reason in sheet.rows[i].because)
    return sheet.alike(a, b) or (borrowed and _same_words(sheet, a, b))


def _unusual(sheet: Sheet, a: int, b: int) -> bool:
    """Whether both state the same sum to three figures or more: hardly by chance."""
    x, y = sheet.rows[a], sheet.rows[b]
    return x.kind == FUNDING and x.low == y.low and x.change == y.change and digits(x.low) > 2


def _same_words(sheet: Sheet, a: int, b: int) -> bool:
    """Whether two sentences speak of the same thing, apart from the words that every sentence of the kind holds."""
    x, y = (sheet.stems(sheet.text[slice(*sheet.places[i].sentence)]) - EVERYWHERE for i in (a, b))
    shared = len(x & y)
    round_sum = digits(sheet.rows[b].low) < 2  # "50 miljoner" is told of many things
    return shared > 1 and (not round_sum or 2 * shared >= min(len(x), len(y)))


def _under(sheet: Sheet, a: int, b: int) -> bool:
    """Whether a sum stands under the heading that states the other."""
    return sheet.places[a].block in sheet.places[b].outline.headings(sheet.places[b].block)


def _alike(sheet: Sheet, a: int, b: int) -> bool:
    """Two headings side by side tell of different money, however alike."""
    return sheet.places[b].kind != HEADING and sheet.alike(a, b) and bool(sheet.topic(a) and sheet.topic(b))


def _only(sheet: Sheet, a: int, b: int) -> bool:
    """Whether no other sum before could be the one rounded."""
    return not any(i != a and _may_be_same(sheet, i, b) for i in sheet.statements.like(b))


def _same_facts(sheet: Sheet, a: int, b: int) -> bool:
    x, y = sheet.rows[a], sheet.rows[b]
    return (
        (x.change == y.change or not (x.change and y.change))
        and x.recipient == y.recipient
        and (x.period == y.period or (x.period.endswith("-") and y.period.startswith(x.period)))
    )


def _listed_together(sheet: Sheet, a: int, b: int) -> bool:
    return sheet.places[a].kind == sheet.places[b].kind == ITEM


def _contrast(sheet: Sheet, b: int) -> Cue | None:
    """``ytterligare`` right before the sum, or ``dessutom`` in its clause, tells of other money."""
    place = sheet.places[b]
    cue = sheet.last_cue("same.other", b, place.before)
    if cue and sheet.text[cue.start : cue.end].casefold() == "ytterligare" and place.mention.start - cue.end > 25:
        return None  # "tar ett ytterligare kliv framåt med 250 miljoner"
    return cue


# Years taken from the neighbourhood do not tell two sums apart.
NEARBY: Final = ("period.before", "period.paragraph", "period.heading", "period.proposal")


def _periods_clash(sheet: Sheet, a: int, b: int) -> bool:
    if any(reason.rule in NEARBY for i in (a, b) for reason in sheet.rows[i].because):
        return False
    x, y = sheet.years(a), sheet.years(b)
    return bool(x and y) and not (x & y) and not (_open(sheet, a) or _open(sheet, b))


def _open(sheet: Sheet, index: int) -> bool:
    period = sheet.rows[index].period
    return period.startswith("-") or period.endswith("-")


def _recipients_clash(sheet: Sheet, a: int, b: int) -> bool:
    x, y = set(sheet.rows[a].recipient), set(sheet.rows[b].recipient)
    again = any(sheet.running(i) and sheet.rows[i].low == sheet.rows[b].low for i in sheet.restatements(a))
    loose = (sheet.places[a].is_heading and not again) or (sheet.quoted(b) and digits(sheet.rows[b].low) > 1)
    return bool(x and y) and not (x & y) and not loose
