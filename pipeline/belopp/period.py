"""Describes the year or years that a sum is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from belopp.model import CELL, FUNDING, HEADING, ITEM, OTHER, RATE, TITLE, Reason
from belopp.rulebook import Rulebook, word_pattern
from belopp.sentences import Place

YEAR: Final = r"(?:19[5-9]\d|20[0-6]\d)"
# "SFS 2024:1252", "prop. 2023/24:1", "S2022/04724" are numbers of papers, "2 024 kronor" is a sum.
PLAIN_YEAR: Final = rf"(?<![\w/:.,-])(?<!\d[ \u00a0]){YEAR}(?![\w/]|[:.,-]\d)"
PREFIX: Final = r"(?:(?:perioden|åren|året|år|för|under|i|budgetåret|budgetåren|kalenderåret)\s+){0,3}"
MONTH: Final = r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)"
DATE: Final = rf"(?:(?:den\s+)?\d{{1,2}}\s+)?{MONTH}\s+(?:år\s+)?"


class Period(NamedTuple):
    """The years a sum is for, in the guide's form, and which rule found them."""

    period: str
    because: tuple[Reason, ...]


class Years(NamedTuple):
    """An expression of years in the text: its span, the guide's form, and the rule that reads it."""

    start: int
    end: int
    period: str
    rule: str


def describe(place: Place, kind: str, book: Rulebook) -> Period:
    """The years that the sentence, the one before it or the heading gives the sum."""
    funding = kind == FUNDING
    looks = [_from_table, _from_sentence, _from_lead_in, _from_sentence_before]
    if kind == RATE:
        looks += [_from_commencement, _from_paragraph]
    if funding or (kind == OTHER and place.kind == CELL):
        looks += [_from_paragraph, _from_headings, _from_agreement]
    for look in looks:
        found = look(place, book)
        if found is not None and found[0] in book:
            rule, years = found
            if place.mention.per == "year" and rule in ("period.bill", "period.heading") and years.period.isdigit():
                years = years._replace(period=years.period + "-")
            because = (Reason("period", rule, years.start, years.end), *_passed_over(place, rule, book))
            return Period(years.period, because)
    return Period("", tuple(_passed_over(place, "", book)))


def _passed_over(place: Place, taken: str, book: Rulebook) -> Iterator[Reason]:
    """The years of the sentence that date no money: those of a budget bill, of birth, in names."""
    for rule in ("period.bill", "period.not"):
        cue = book.cues(rule).first(place.text, *place.sentence)
        if rule != taken and cue and re.match(r"\W+(?:\w+\s+)?(?:19|20)\d\d", place.text[cue.end : cue.end + 12]):
            yield Reason("period", rule, cue.start, cue.end)


# ------------------------------------------------------------------ reading year expressions


def read_years(text: str, start: int, end: int, published: str, book: Rulebook) -> list[Years]:
    """Every expression of years in ``text[start:end]``, left to right.

    >>> from belopp.rulebook import load
    >>> [y.period for y in read_years("från och med 2026, 2024–2026 och i år", 0, 37, "2025-03", load())]
    ['2026-', '2024-2026', '2025']
    """
    found: list[Years] = []
    for match in _expressions(book).finditer(text, start, end):
        read = _read(match, published, book)
        if read and read.rule in book:
            found.append(read)
    return found


def _read(match: re.Match[str], published: str, book: Rulebook) -> Years | None:
    span = match.start(), match.end()
    if match["relative"]:
        return _read_relative(match, published, book)
    if match["session"] or match["born"]:
        return None
    if match["listed"]:
        return Years(*span, "|".join(dict.fromkeys(re.findall(YEAR, match["listed"]))), "period.years")
    first, last = match["first"] or match["only"], match["last"]
    if last:
        last = first[:2] + last if len(last) == 2 else last
        return Years(*span, f"{first}-{last}", "period.span") if first < last else None
    for name, form, rule in (
        ("from", "{}-", "period.from"),
        ("onward", "{}-", "period.onward"),
        ("until", "-{}", "period.until"),
        ("since", "{}-", "period.since"),
        ("bill", "{}", "period.bill"),
        ("date", "{}", "period.date"),
    ):
        if match[name]:
            return Years(*span, form.format(first), rule)
    return Years(*span, first, "period.year")


def _read_relative(match: re.Match[str], published: str, book: Rulebook) -> Years | None:
    cue = book.cues("period.relative").first(match["relative"])
    if cue is None or not published[:4].isdigit():
        return None
    year = int(published[:4]) + int(cue.rule.sets["years"])
    return Years(match.start(), match.end(), str(year), cue.rule.id)


@cache
def _expressions(book: Rulebook) -> re.Pattern[str]:
    """One pattern for every way to say years; the rulebook gives its words."""

    def words(rule: str) -> str:
        return "|".join(word_pattern(word) for word in book.rules[rule].words) if rule in book else "(?!)"

    relative = "|".join(words(rule) for rule in book.rules if rule.startswith("period.relative")) or "(?!)"
    return re.compile(
        rf"""
        (?<![\w-])(?:
            (?P<relative>{relative})(?!\w)
          | (?P<session>20\d\d/\d\d)
          | (?:{words("period.from")}|mellan)?\s*{PREFIX}(?:{DATE})?(?P<first>{PLAIN_YEAR.replace("[.,-]", "[.,]")})
            (?:\s*[–—-]\s*|\s+(?:{words("period.until")}|till)\s+(?:år\s+)?(?:{DATE})?|(?<=mellan\ \d\d\d\d)\s+och\s+)
            (?P<last>{YEAR}|\d\d(?![\d\w]))(?!\w)
          | {PREFIX}(?P<listed>{PLAIN_YEAR}(?:,\s+{YEAR})*\s*(?:,|och|samt|respektive)\s+{YEAR})
            (?![\w/]|:\d)
          | (?:
                (?P<from>{words("period.from")})
              | (?P<until>{words("period.until")})
              | (?P<since>(?:{words("period.since")})(?:\s+[^\W\d]+){{0,6}}?)
              | (?P<bill>(?:{words("period.bill")})(?:\s+(?:för|från|av))?)
              | (?P<born>{words("period.not")})
              | år|för|under|i
            )?
            \s*{PREFIX}(?P<date>{DATE})?(?P<only>{PLAIN_YEAR})
            (?P<onward>\s+(?:{words("period.onward")}))?
        )
        """,
        re.IGNORECASE | re.VERBOSE,
    )


# ------------------------------------------------------------------ where the years stand


def _from_table(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    if place.kind != CELL:
        return None
    grid = place.outline.grid(place.cell.level)
    for block in (grid.column_header(place.cell), grid.row_label(place.cell), grid.caption()):
        if block:
            for years in read_years(place.text, block.start, block.end, place.outline.document.published, book):
                return "period.column", years
    return None


# What may stand between a sum and the years that date it.
GLUE: Final = re.compile(
    r"""
    [\s,(]*(?:(?:
        per\s+år|per|som\s+mest|årligen|om\s+året|vardera|totalt|kronor|kr|extra|mer|ytterligare|under|för|i|åren|år
      | redan|perioden|och|avser|budgetåret|brutto|netto|avsätts|tillförs|beräknas|avsatts|fördelas|satsas
      | betalas\s+ut|utbetalas
    )[\s,(]*)*
    """,
    re.IGNORECASE | re.VERBOSE,
)


def _from_sentence(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    text, published = place.text, place.outline.document.published
    years = [y for y in read_years(text, *place.sentence, published, book) if not _inside_mention(y, place)]
    old_level = _is_old_level(place, book)
    if not years:
        return ("period.old", Years(0, 0, "", "period.old")) if old_level else None
    years = [y for y in years if not _in_clause(y, place)]
    years = _not_onward(years, place)
    owner = _owners(place, years)
    mine = [y for y, index in owner.items() if index == place.index]
    bills = [y for y in years if y.rule == "period.bill"]
    if mine:
        best = _join(mine, place)
        if best.rule == "period.until" and bills and bills[0].period < best.period[1:]:
            best = best._replace(period=bills[0].period + best.period)
        return best.rule, best
    if then := _thereafter(place, years):
        return then.rule, then
    if old_level:
        return "period.old", Years(0, 0, "", "period.old")
    found = _shared(place, years, owner)
    if found and found[1].rule == "period.span" and _is_new_level(place):
        return found[0], found[1]._replace(period=found[1].period[-4:])
    return found


def _in_clause(years: Years, place: Place) -> bool:
    """A year in a clause about something else: "kommuner som under 2024 hade hög arbetslöshet"."""
    if years.start < place.mention.end:
        return False
    return re.search(r"\bsom\s+(?:under\s+|i\s+|för\s+)?$", place.text[place.mention.end : years.start]) is not None


def _not_onward(years: list[Years], place: Place) -> list[Years]:
    """ "2027 och därefter åtta miljoner": the last words open the next sum, not the period."""
    kept = []
    for y in years:
        earlier = [m.end for m in place.mentions if m.end <= y.start]
        following = [m.start for m in place.mentions if m.start >= y.end]
        beside = bool(earlier and following) and y.start - earlier[-1] < 25 and following[0] - y.end < 25
        opens = beside and re.search(r"\soch\s\D+$", place.text[y.start : y.end])
        kept.append(
            y._replace(period=y.period.rstrip("-"), rule="period.year") if opens and y.rule == "period.onward" else y
        )
    return kept


def _thereafter(place: Place, years: list[Years]) -> Years | None:
    """ "7 miljoner 2026 och därefter 10 miljoner årligen": from the year after the one before."""
    cue = re.search(r"\bdärefter\b", place.slice(place.before))
    earlier = [y for y in years if y.end <= place.mention.start and y.rule != "period.bill"]
    if not cue or not place.index or not earlier:
        return None
    last = earlier[-1].period[-4:]
    return earlier[-1]._replace(period=f"{int(last) + 1}-", rule="period.thereafter") if last.isdigit() else None


def _is_old_level(place: Place, book: Rulebook) -> bool:
    """The first of ``från X till Y`` is what was, and has no year of its own; so is ``(tidigare X)``."""
    if "period.old" not in book:
        return False
    cue = book.cues("period.old").last(place.text, *place.before)
    if cue and re.fullmatch(r"\s+(?:\w+\s+){0,2}", place.text[cue.end : place.mention.start]):
        return True
    later = place.mentions[place.index + 1 : place.index + 2]
    if not later or not re.search(r"\bfrån\s+(?:\w+\s+){0,2}$", place.slice(place.before)):
        return False
    return bool(re.search(r"\btill\s+(?:\w+\s+){0,3}$", place.text[place.mention.end : later[0].start]))


def _is_new_level(place: Place) -> bool:
    if not place.index:
        return False
    earlier = place.mentions[place.index - 1]
    gap = place.text[earlier.end : place.mention.start]
    return bool(re.search(r"\bfrån\s+$", place.text[: earlier.start][-12:])) and bool(re.match(r"\W*till\s", gap))


def _inside_mention(years: Years, place: Place) -> bool:
    return any(m.start < years.end and years.start < m.end for m in place.mentions)


NEXT: Final = re.compile(r"\W*(?:\w+\W+){0,4}")
VERB_NEXT: Final = re.compile(
    r"\W*(?:\w+s\s+)?(?:(?:med|till|totalt|ytterligare|ca|cirka|drygt|regeringen|sammanlagt)\s+)*", re.IGNORECASE
)


def _owners(place: Place, years: list[Years]) -> dict[Years, int]:
    """Which mention of the sentence each expression stands right beside (right side first)."""
    text, owner = place.text, {}
    for y in years:
        if y.rule == "period.bill":
            continue
        left = [i for i, m in enumerate(place.mentions) if m.end <= y.start]
        right = [i for i, m in enumerate(place.mentions) if m.start >= y.end]
        if left:
            gap = text[place.mentions[left[-1]].end : y.start]
            glued = GLUE.fullmatch(gap) is not None
            # "60 miljoner kronor och från 2026 beräknas 10": the year after a conjunction opens the next sum
            opens = re.search(r"\b(?:och|samt|respektive|därefter)\b|,|;", gap) is not None
            if glued and not (opens and right and VERB_NEXT.fullmatch(text[y.end : place.mentions[right[0]].start])):
                owner[y] = left[-1]
            elif right and NEXT.fullmatch(text[y.end : place.mentions[right[0]].start]):
                owner[y] = right[0]
    return _first_come(place, owner)


def _first_come(place: Place, owner: dict[Years, int]) -> dict[Years, int]:
    """ "6 miljoner till A för 2022 och högst 4 för 2023": a sum with a year after it gives back the one before it."""
    for y, index in list(owner.items()):
        after = [z for z, i in owner.items() if i == index and z.start >= place.mentions[index].end]
        if y.end <= place.mentions[index].start and after and index - 1 not in owner.values() and index:
            owner[y] = index - 1
    return owner


def _join(mine: list[Years], place: Place) -> Years:
    """Several expressions beside one sum: "2026 och därefter", "från 2025 … fram till 2030"."""
    starts = [y for y in mine if y.rule in ("period.from", "period.onward")]
    ends = [y for y in mine if y.rule == "period.until"]
    if starts and ends:
        return ends[0]._replace(period=f"{starts[0].period[:4]}{ends[0].period}")
    after = [y for y in mine if y.start >= place.mention.end]
    return (after or mine[::-1])[0]


def _shared(place: Place, years: list[Years], owner: dict[Years, int]) -> tuple[str, Years] | None:
    """The expression that dates the whole sentence: one that opens it, else one further on."""
    free = [y for y in years if y not in owner and y.rule != "period.date"]
    said = [y for y in free if y.rule != "period.bill"]
    before = [y for y in said if y.end <= place.mention.start]
    after = [y for y in said if y.start >= place.mention.end]
    if before:
        return before[-1].rule, before[-1]
    later = [y for y, index in owner.items() if index > place.index]
    if after:
        return after[0].rule, after[0]
    if later and _coordinated(place, owner[later[0]]):
        return later[0].rule, later[0]
    earlier = [y for y, index in owner.items() if index < place.index]
    yearly = place.mention.per == "year" and len(place.slice(place.before)) < 30
    if earlier and (_part_of_clause(place) or (yearly and earlier[-1].rule == "period.span")):
        return earlier[-1].rule, earlier[-1]
    bills = [y for y in years if y.rule == "period.bill"]
    if bills:
        return "period.bill", bills[0]
    return None


def _coordinated(place: Place, index: int) -> bool:
    between = place.text[place.mention.end : place.mentions[index].start]
    return (
        len(between) < 48
        and bool(re.search(r"\b(?:och|respektive|samt)\b|,", between))
        and not re.search(r"varav|för att|[.;:]", between)
    )


def _part_of_clause(place: Place) -> bool:
    return bool(re.search(r"\b(?:varav|där|dels|inklusive|motsvarande|eller)\b|\(", place.slice(place.before)))


def _from_lead_in(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    if place.kind not in (ITEM, CELL):
        return None
    lead = place.outline.lead_in(place.block)
    if lead is None:
        return None
    block = place.outline.blocks[lead]
    years = read_years(place.text, block.start, block.end, place.outline.document.published, book)
    said = [y for y in years if y.rule not in ("period.date", "period.bill")]
    return ("period.lead_in", said[-1]) if said else None


def _from_sentence_before(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """The sentence before dates this one when this one points back to it."""
    if "period.before" not in book or not book.cues("period.before").first(place.text, *place.sentence):
        return None
    for _, sentence in place.outline.before(place.block, place.sentence)[:1]:
        years = read_years(place.text, *sentence, place.outline.document.published, book)
        said = list(_said(years))
        if said:
            return "period.before", said[-1]
    return None


def _from_paragraph(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """A sum without a year goes on with the year of the sum before it in its paragraph."""
    if place.is_quote:
        return None
    text, published = place.text, place.outline.document.published
    for block, sentence in place.outline.before(place.block, place.sentence)[:2]:
        if block != place.block or not re.search(r"\d.{0,20}(?:kronor|kr|miljon|miljard|mnkr)", text[slice(*sentence)]):
            continue
        said = [y for y in read_years(text, *sentence, published, book) if y.rule != "period.date"]
        if said and not (place.mention.per == "year" and said[0].period.isdigit()):
            return "period.paragraph", said[0]
    return None


def _from_headings(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    text = place.text
    for index in reversed(place.outline.headings(place.block)):
        block = place.outline.blocks[index]
        for years in _said(read_years(text, block.start, block.end, place.outline.document.published, book)):
            # "Expo 2025" and "Agenda 2030" are names
            if years.rule == "period.year" and re.search(r"\s[A-ZÅÄÖ]\w*\s+$", text[block.start : years.start]):
                continue
            return "period.heading", years
    return None


def _from_agreement(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """The years that the agreement as a whole is said to hold for."""
    outline, cues = place.outline, book.cues("period.agreement")
    for index, block in enumerate(outline.blocks):
        if block.kind in (TITLE, HEADING, CELL) or cues.first(place.text, block.start, block.end) is None:
            continue
        for sentence in outline.sentences(index):
            if cue := cues.first(place.text, *sentence):
                for years in _said(read_years(place.text, cue.end, sentence.end, outline.document.published, book)):
                    if years.start - cue.end < 90:
                        return "period.agreement", years
    return None


def _from_commencement(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """A new rate holds from the day its rule comes into force, when its section or the title says so."""
    if _is_old_level(place, book):
        return None
    outline, cues = place.outline, book.cues("period.commencement")
    here = outline.headings(place.block)
    for index, block in enumerate(outline.blocks):
        over = index in here
        if block.kind in (TITLE, HEADING, CELL) and not over:
            continue
        if not over and outline.headings(index)[: len(here)] != here:
            continue
        for sentence in outline.sentences(index):
            cue = cues.first(place.text, *sentence)
            years = read_years(place.text, cue.start, sentence.end, outline.document.published, book) if cue else []
            if not years and over:
                years = [y for y in read_years(place.text, *sentence, "", book) if y.rule == "period.from"]
            if years:
                return "period.commencement", years[0]._replace(period=years[0].period.strip("-")[:4] + "-")
    return None


def _said(years: list[Years]) -> Iterator[Years]:
    yield from (y for y in years if y.rule != "period.date")
