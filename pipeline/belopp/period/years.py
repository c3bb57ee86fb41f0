"""Reads the expressions of years in a text: single years, spans, lists, open ends and "nästa år"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from belopp.composing import lowered
from belopp.rulebook import Rulebook, word_pattern
from belopp.years import MONTHS, SHORT_MONTHS, YEAR_IN_FIGURES

YEAR: Final = r"(?:19[5-9]\d|20[0-6]\d)"
# "SFS 2024:1252", "prop. 2023/24:1", "S2022/04724" are numbers of papers, "2 024 kronor" is a sum.
# "i 2025 års prisnivå", "i 2025 års nivå" measures the money, and does not date it.
PRICES: Final = r"\s+års\s+(?:fasta\s+)?(?:pris|penning|löne|kostnad|nivå|volym)"
# "programmet 2028–20342025/26:FPM7", "läxhjälp 2026Diarienummer": the number of the paper stuck to its title
GLUED: Final = r"(?!20\d\d/\d\d:|diarienummer)"
# No digits of a sum, but those of a quarter: "kv 3 2024", "Q1 2024"
ALONE: Final = r"(?:(?<!\d[ \u00a0])|(?<=\b[qtk]\d\s)|(?<=\bkv\s\d\s)|(?<=\bkvartal\s\d\s))"
PLAIN_YEAR: Final = rf"(?<![\w/:.,-]){ALONE}{YEAR}(?!{GLUED}[\w/]|[:.,-]\d|-tal|[–—]\d{{5}}|{PRICES})"
# "2016-2019" opens a span; "2016-05-12" is a day.
FIRST_YEAR: Final = PLAIN_YEAR.replace("[:.,-]", "[:.,]").replace(r"|[–—]\d{5}", "")
PREFIX: Final = r"(?:(?:perioden|åren|året|år|för|under|i|budgetåret|budgetåren|kalenderåret)\s+){0,3}"
MONTH: Final = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(SHORT_MONTHS)})\b\.?)"
DAY: Final = rf"(?:(?:den\s+)?\d{{1,2}}\s+)?{MONTH}"
ISO_DAY: Final = rf"(?<![\w/:.,-]){YEAR}-(?:0[1-9]|1[0-2])-[0-3]\d(?![\w-])"
# What an expression can begin with besides the rulebook's words, before figures, another of these or those.
LEADING: Final = (
    "perioden", "åren", "året", "år", "för", "under", "i", "budgetåret", "budgetåren", "kalenderåret", "mellan", "den",
    *MONTHS, *(f"{month}{stop}" for month in SHORT_MONTHS for stop in ("", ".")),
)  # fmt: skip
# A figure that can begin one: a year, or a day before its month; most figures are sums.
FIGURE: Final = rf"(?:(?:19|20)\d\d|\d{{1,2}}\s+[{''.join(sorted({month[0] for month in MONTHS}))}])"
FAMILIES: Final = ("not", "amending", "session", "days", "from", "until", "since", "bill")  # rules that have words
DATE: Final = rf"{DAY}\s+(?:år\s+)?"
# "till den 30 juni 2021", "till 2025 års läger": the bare word tells of no years that money is for
UP_TO: Final = rf"(?<=till)(?<!fram\ till)\s+(?:{DATE}|{YEAR}\s+års\b)"
BETWEEN: Final = rf"(?:mellan\s+)?(?:åren\s+)?{YEAR}(?:\s*[–—-]\s*|\s+(?:och|till)\s+){YEAR}"
# "sämre än vid samma tid 2019", "mindre än under mästerskapet 2019"
# "lägre än samma tid 2019", "jämfört med samma kvartal i fjol"
THEN: Final = r"(?:(?:vid|under|för|i|på)\s+(?:[^\W\d]+\s+){1,3}?|samma\s+[^\W\d]+\s+)?"
# "året innan", "tio år tidigare": counted from the year told of before
COUNTS: Final = {
    "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "tjugo": 20,
    "trettio": 30,
}  # fmt: skip
COUNTED: Final = rf"(?:{'|'.join(COUNTS)}|\d\d?)\s+år\s+(?:tidigare|innan|dessförinnan|senare|efteråt)"
LATER: Final = ("senare", "efteråt")
BACK: Final = "period.back"  # rules of years counted from another, whose period is how many: "+1"
COMPARING: Final = ("period.back.before", "period.back.after", "period.back.counted", "period.relative.before")
GAP: Final = r"\s{0,3}"  # not a run of spaces of any length, which every one of them would begin anew
DASH: Final = r"\s*[–—-]\s*"


class Years(NamedTuple):
    """An expression of years in the text: its span, the guide's form, and the rule that reads it."""

    start: int
    end: int
    period: str
    rule: str

    @property
    def single(self) -> bool:
        """Whether it names one year alone."""
        return self.period.isdigit()

    @property
    def counts_back(self) -> bool:
        """Whether it is counted from another year and says only how many years lie between."""
        return self.period[:1] in "+-" and self.rule.startswith(BACK)

    @property
    def compares(self) -> bool:
        """Whether it is another year than the one that the text tells of: what was before, or later."""
        return self.rule in COMPARING

    @property
    def first(self) -> str:
        """The first year that it names."""
        return self.period.strip("-")[:4]

    @property
    def last(self) -> str:
        """The last year that it names."""
        return self.period.strip("-")[-4:]

    def thereafter(self) -> Years | None:
        """What goes on from the year after the last that it names; none from an open end."""
        last = self.period[-4:]
        return self._replace(period=f"{int(last) + 1}-", rule="period.thereafter") if last.isdigit() else None


def read_years(text: str, start: int, end: int, published: str, book: Rulebook) -> list[Years]:
    """Every expression of years in ``text[start:end]``, left to right.

    >>> from belopp.rulebook import load
    >>> [y.period for y in read_years("från och med 2026, 2024–2026 och i år", 0, 37, "2025-03", load())]
    ['2026-', '2024-2026', '2025']
    """
    return [y for y in read_lowered(lowered(text), start, end, published, book) if not y.counts_back]


def read_lowered(text: str, start: int, end: int, published: str, book: Rulebook) -> list[Years]:
    """What :func:`read_years` finds in a text that is in small letters."""
    if not (YEAR_IN_FIGURES.search(text, start, end) or _without_figures(book).search(text, start, end)):
        return []
    found: list[Years] = []
    for match in _expressions(book).finditer(text, start, end):
        read = _read(match, published, book)
        if read and read.rule in book:
            found.append(read)
    return found


def without_days(years: list[Years]) -> list[Years]:
    """Those of some expressions that name a year, and not a day."""
    return [y for y in years if y.rule != "period.date"]


def _read(match: re.Match[str], published: str, book: Rulebook) -> Years | None:
    span = match.start(), match.end()
    if match["relative"]:
        return _read_relative(match, published, book)
    if match["back"]:
        return Years(*span, *_counted_back(match["back"], book))
    if match["amending"]:
        return Years(*span, published[:4], "period.amending") if published else None
    if match["born"] or match["compared"] or (match["session"] and not match["school"]):
        return None
    if match["school"]:
        first, last = match["school"].split("/")
        return Years(*span, f"{first}-{first[: 4 - len(last)]}{last}", "period.session")
    if days := match["days"] or match["months"]:
        return Years(*span, days, "period.days")
    if match["listed"]:
        return Years(*span, "|".join(dict.fromkeys(re.findall(YEAR, match["listed"]))), "period.years")
    return _read_open(match, span)


def _counted_back(said: str, book: Rulebook) -> tuple[str, str]:
    """How many years after the one told of before, as ``+1`` or ``-10``, and the rule that says so."""
    if cue := book.cues(BACK).first(said):
        return f"{int(cue.rule.sets['years']):+d}", cue.rule.id
    count, _, way = said.split()
    years = COUNTS.get(count) or int(count)
    return f"{years if way in LATER else -years:+d}", f"{BACK}.counted"


def _read_open(match: re.Match[str], span: tuple[int, int]) -> Years | None:
    first, last = match["first"] or match["only"] or match["iso"][:4], match["last"]
    if last:
        last = first[:2] + last if len(last) == 2 else last
        if first == last:  # "från och med den 1 mars 2026 till och med den 30 april 2026"
            return Years(*span, first, "period.days")
        return Years(*span, f"{first}-{last}", "period.span") if first < last else None
    for name, form, rule in (
        ("from", "{}-", "period.from"),
        ("onward", "{}-", "period.onward"),
        ("until", "-{}", "period.until"),
        ("since", "{}-", "period.since"),
        ("bill", "{}", "period.bill"),
        ("date", "{}", "period.date"),
        ("iso", "{}", "period.date"),
    ):
        if match[name]:
            return Years(*span, form.format(first), rule)
    return Years(*span, first, "period.year")


def _read_relative(match: re.Match[str], published: str, book: Rulebook) -> Years | None:
    cue = book.cues("period.relative").first(match["relative"])
    if cue is None or not published[:4].isdigit():
        return None
    year = str(int(published[:4]) + int(cue.rule.sets["years"]))
    if match["opened"] and year >= published[:4]:  # "en ökning från förra året" opens nothing
        return Years(match.start(), match.end(), f"{year}-", cue.rule.id)
    return Years(match.start(), match.end(), year, "period.date" if match["day"] else cue.rule.id)


@cache
def _without_figures(book: Rulebook) -> re.Pattern[str]:
    """The words that say a year and need no figures: ``nästa år``, ``vårändringsbudgeten``."""
    said = [word for rule in (*_relative(book), *_pointing(book), "period.amending") for word in _words(rule, book)]
    return re.compile(rf"(?<![\w-])(?:(?={_openings(said)})(?:{_any_of(said)})|{COUNTED})")


@cache
def _expressions(book: Rulebook) -> re.Pattern[str]:
    """One pattern for every way to say years; the rulebook gives its words."""

    def words(rule: str) -> str:
        return _any_of(_words(rule, book))

    relative = _any_of([word for rule in _relative(book) for word in _words(rule, book)])
    back = _any_of([word for rule in _pointing(book) for word in _words(rule, book)])
    rules = [*_relative(book), *_pointing(book), *map("period.{}".format, FAMILIES)]
    leading = _openings(LEADING)
    led = {"period.days": LEADING}  # "för" and "i" open days, too, but always lead on to them
    said = _openings([word for rule in rules for word in _words(rule, book) if word not in led.get(rule, ())])
    # A figure, or a whole word of the rulebook's; an abbreviation may be stuck to the next word: "t.o.m.juni 2026".
    opened = rf"(?:{said})(?:(?<=\.)|(?![^\W\d]))|{FIGURE}"
    return re.compile(
        rf"""
        (?<![\w-])(?=
            {opened} | \s{{1,3}}(?:{FIGURE}|(?:{leading})\s) | (?:{leading})\s+(?:(?:{leading})[\s–—-]|{opened})
          | {MONTH}\s?[–-] | {COUNTED}
        )(?:
            (?P<compared>{words("period.not")})\s+(?:{BETWEEN}|{THEN}(?:(?:{relative})(?!\s+{YEAR})|{YEAR}|{back}|{COUNTED}))
            (?!\w|,\s+(?:då|när|som)\s)
          | (?:(?P<opened>{words("period.from")})\s+)?(?P<day>{DAY}\s+)?(?P<relative>{relative})(?!\w|\s+{YEAR})
          | (?P<back>{back}|{COUNTED})(?!\w)
          | (?P<amending>{words("period.amending")})(?!\w|\s+(?:(?:för|från|av|år)\s+)*{YEAR})
          | (?:{words("period.session")})\s+(?P<school>{YEAR}/(?:19|20)?\d\d)(?![\d/:])
          | (?P<session>20\d\d/\d\d)
          | (?:{words("period.days")}|{words("period.from")})\s+{DAY}
            (?:{DASH}|\s+(?:till(?:\s+och\s+med)?|och|t\.\s?o\.\s?m\.)\s+){DAY}\s+(?P<days>{YEAR})(?!\w)
          | {MONTH}\s?[–-]\s?{MONTH}\s+(?P<months>{YEAR})(?!\w)
          | (?:{words("period.from")}|mellan)?{GAP}{PREFIX}(?:{DATE})?(?P<first>{FIRST_YEAR})
            (?:{DASH}(?:{DATE})?|\s+(?:{words("period.until")}|till)\s+(?:år\s+)?(?:{DATE})?
              |(?<=mellan\ \d\d\d\d)\s+och\s+|(?<=mellan\ åren\ \d\d\d\d)\s+och\s+)
            (?P<last>{YEAR}|(?<=[–—-])\d\d(?![\d\w]|,\d|\s*{MONTH}))(?!{GLUED}\w|-\d)
          | {GAP}{PREFIX}(?P<listed>{PLAIN_YEAR}(?:,\s+{YEAR})*\s*
            (?:(?:,|och|samt|respektive)\s+|respektive\s+(?:för|under|år)\s+){YEAR})(?![\w/]|:\d)
          | (?:
                (?P<from>{words("period.from")})
              | (?P<until>{words("period.until")})(?!{UP_TO})
              | (?P<since>(?:{words("period.since")})(?:\s+[^\W\d]+){{0,9}}?)
              | (?P<bill>(?:{words("period.bill")})(?:\s+(?:för|från|av))?(?!{GAP}{PREFIX}{YEAR}\s?[–—-]\s?\d))
              | (?P<born>{words("period.not")})
              | år|för|under|i
            )?
            {GAP}{PREFIX}(?:(?P<date>{DATE})?(?P<only>{PLAIN_YEAR})|(?:den\s+)?(?P<iso>{ISO_DAY}))
            (?P<onward>\s+(?:{words("period.onward")}))?
        )
        """,
        re.VERBOSE,
    )


def _relative(book: Rulebook) -> list[str]:
    return [rule for rule in book.rules if rule.startswith("period.relative")]


def _pointing(book: Rulebook) -> list[str]:
    """The rules whose words count from a year told of before."""
    return [rule for rule in book.rules if rule.startswith(BACK)]


def _words(rule: str, book: Rulebook) -> tuple[str, ...]:
    return tuple(map(lowered, book.rules[rule].words)) if rule in book else ()


def _any_of(words: Sequence[str]) -> str:
    return "|".join(word_pattern(word) for word in words) or "(?!)"


def _openings(words: Sequence[str]) -> str:
    """The words gathered by their first letters: a glance that spares most places the whole pattern."""
    rests: dict[str, list[str]] = {}
    for word in words:
        first = re.escape(word[0])
        rests.setdefault(first, []).append(_any_of([word]).removeprefix(first))
    return "|".join(f"{first}(?:{'|'.join(rests[first])})" for first in rests) or "(?!)"
