"""What a sum recurs or counts for: per year, month, day, person or item; and whether value added tax is in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from belopp.composing import lowered
from belopp.find.single import Amount
from belopp.model import Reason
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Span, split_sentences

_BESIDE: Final = ("per.month", "per.day", "per.person", "per.item", "per.year")
_WAGES: Final = ("per.wage.day", "per.wage.month", "per.wage.year")
_FROM: Final = ("per.from",)  # a year stands behind these
_NEAR: Final = 45
_FAR: Final = 130
# "från 2000 kronor" and "från 2025 till 2028" name no year that the sum lasts from.
_YEAR: Final = re.compile(
    r"\s+(?:(?:år\s+|budgetåret\s+)?(?:19|20)\d\d\b(?!\s+års|\s*(?:kr|kronor|euro|miljoner|öre)\b)|i\s+år\b|nästa\s+år\b)"
)
# "överförda från 2023", "enligt uppgifter från 2023"
_CARRIED: Final = re.compile(
    r"\b(?:överför|kvar|sparad|oförbruk|flytta|uppgift|uppdrag|siffr)\w*\s+(?:\w+\s+)?$", re.IGNORECASE
)
_UNTIL: Final = re.compile(r"\s+(?:år\s+)?(?:19|20)\d\d\s+(?:fram\s+)?till\b")
_NO_FEE: Final = re.compile(
    r";|:\s|,\s(?:som(?!\shöj)|vilket|dvs|om|dock|varav)\b|(?:över|under)stig|belopp|subvention|bidrag|skatte|rabatt|gräns|ersättning|nedsätt|\boch\s\w+\sskyld",
    re.IGNORECASE,
)
_NO_FEE_WORD: Final = re.compile(
    r"(?:sanktions|störnings|arbetsgivar|egen|löne|social|straff|överlast|medlems)avgift", re.IGNORECASE
)
_NO_FEE_NEAR: Final = 300  # "en sanktionsavgift ska betalas. Avgiften ska uppgå till …"
_DATED: Final = re.compile(r"\s*(?:(?:för|under|år|i)\s+)*(?:19|20)\d\d\b")
_NO_ITEM: Final = re.compile(r"per\s+(?:den|\d|automatik|definition|post|brev|telefon|e-post)\b", re.IGNORECASE)
_SLASH: Final = re.compile(r"\s?/\s?(?!(?:och|eller)\b)([^\W\d_]\w*)")
_REPORTING: Final = re.compile(r"redovis|rapporter|uppfölj|följ\w* upp|utvärder|besök|lämna|återkom", re.IGNORECASE)
_OTHER_CLAUSE: Final = re.compile(r"[;:]|,\s+(?:som|vilket|där|men|när)\b|\b(?:ska|skall|bör|och\s+\w+[rs])\s+$")
_YEARLY_NOUN: Final = re.compile(
    r"\s[^.,;:]{2,60}\s(?:på|om|från|med|till|är|motsvarar|motsvarande|av|överstiger|understiger|överstigande)\s(?:\w+\s){0,2}"
)
_JOINED: Final = re.compile(r"\b(?:och|samt|medan)\s")
# "ersättningen per operation är 900 kronor", "stödet per hus höjs från 900 kronor"
_SO_MUCH: Final = re.compile(
    r"(?:\s\w+){0,2}\s(?:är|blir|höjs|sänks|ökas|ökar|ökade|uppgår|uppgick|kostar)(?:\s+(?:till|från|med|cirka|ca|drygt|högst|därmed))*\s+"
)
_OLD_LEVEL: Final = re.compile(r"\bfrån\s+(?:\w+\s+){0,2}$")
_FORMER: Final = re.compile(r"\((?:tidigare|före|mot|i dag|från|nu)\s+(?:\w+\s+)?$")
_NEXT_LEVEL: Final = re.compile(r"\s+till\s+(?:\w+\s+){0,2}")  # "från 900 kronor till 950 kronor"
_RAISED_BY: Final = re.compile(r"\bmed\s+(?:\w+\s+){0,2}$")  # "höjs med 350 kronor till 1 300 kronor per månad"
# "en månadsinkomst på 900 kronor", "dagpenningen ska höjas från 900 kronor"
_OF_WAGE: Final = re.compile(
    r"\)?(?:\s(?:ska|skall|bör|föreslås))?(?:\s(?:är|motsvarar|uppgår|(?:höj|sänk|ök)a?s))?(?:\s(?:på|om|från|till|med|av|över|under|cirka|ca))*\s"
)
_END: Final = re.compile(r"\s*(?:[.,;)]|$)")
_RATE_LIMIT: Final = Decimal(100_000)


class _Stretch:
    """A sum in its sentence, with what stands between it and its neighbours; ``small`` is the text in small letters."""

    __slots__ = ("amount", "follows", "index", "leads", "left", "right", "sentence", "small", "sums", "text")

    def __init__(self, text: str, small: str, sums: Sequence[Amount], index: int, bounds: Span) -> None:
        self.text, self.small, self.sums, self.index = text, small, sums, index
        self.amount = sums[index]
        start, end = bounds
        earlier = sums[index - 1].end if index else 0
        later = sums[index + 1].start if index + 1 < len(sums) else len(text)
        self.left = (max(start, earlier), self.amount.start)
        self.right = (self.amount.end, min(end, later))
        self.sentence = bounds
        self.follows = index > 0 and earlier > start
        self.leads = index + 1 < len(sums) and later < end


def recurrences(
    text: str, small: str, sums: Sequence[Amount], book: Rulebook, *, lead: str = ""
) -> list[tuple[Reason | None, Reason | None]]:
    """For each sum the reason of its ``per`` and of its ``vat``.

    ``small`` is the text in small letters, ``lead`` the text that introduces a list item.
    """
    asks = _asks(small, _ASKS, book)
    taxed = book.cues("vat").may_stand(small)
    fee = _fee_in_lead(lead, book)
    if not asks and not taxed and fee is None:
        return [(None, None)] * len(sums)
    stretches = _stretches(text, small, sums)
    found = _found(stretches, small, asks, book)
    if fee is not None:
        for index, stretch in enumerate(stretches):
            if found[index] is None and _is_rate(stretch.amount):
                found[index] = Reason("per", fee.rule.id, stretch.amount.start, stretch.amount.start)
    return [(per, _vat(stretch, book) if taxed else None) for stretch, per in zip(stretches, found, strict=True)]


def _stretches(text: str, small: str, sums: Sequence[Amount]) -> list[_Stretch]:
    sentences = split_sentences(text) or (Span(0, len(text)),)
    starts = [span.start for span in sentences]
    return [
        _Stretch(text, small, sums, index, sentences[max(0, bisect_right(starts, amount.start) - 1)])
        for index, amount in enumerate(sums)
    ]


def _found(stretches: Sequence[_Stretch], small: str, asks: Sequence[_Ask], book: Rulebook) -> list[Reason | None]:
    """For each sum the reason of its ``per``; each sentence is asked what the paragraph holds words for."""
    sentence: Span | None = None
    held: Sequence[_Ask] = ()
    found: list[Reason | None] = []
    for stretch in stretches:
        if stretch.sentence is not sentence:
            sentence = stretch.sentence
            held = _asks(small[sentence.start : sentence.end], asks, book)
        found.append(_per(stretch, held, book))
    if any(found):
        _inherit(stretches, found)
    return found


def _asks(small: str, among: Sequence[_Ask], book: Rulebook) -> list[_Ask]:
    """The questions that a text in small letters holds a word for, in their order."""
    told = {sought for sought in {ask.sought for ask in among} if book.cues(*sought).may_stand(small)}
    if not any(map(small.__contains__, ("20", "19", "år"))):
        told.discard(_FROM)
    if "/" in small:  # "500 kr/st" stands for "per st"
        told.add(_BESIDE)
    return [ask for ask in among if ask.sought in told]


def _vat(stretch: _Stretch, book: Rulebook) -> Reason | None:
    start, end = stretch.right
    cue = book.cues("vat").first(stretch.small, start, min(end, start + 80))
    if cue is None or re.search(r"[.;]\s", stretch.text[start : cue.start]):
        return None
    return Reason("vat", cue.rule.id, cue.start, cue.end)


def _per(stretch: _Stretch, asks: Sequence[_Ask], book: Rulebook) -> Reason | None:
    for ask in asks:
        if (cue := ask.put(stretch, book)) is not None:
            return Reason("per", cue.rule.id, cue.start, cue.end)
    return None


def _beside(stretch: _Stretch, book: Rulebook) -> Cue | None:
    """The cue right after the sum, with a few words between at most: ``900 kronor mer per år``."""
    start, end = stretch.right
    if slash := _SLASH.match(stretch.small, start, end):  # "500 kr/månad" reads as "500 kr per månad"
        cue = book.cues(*_BESIDE).first(f"per {slash[1]}")
        return Cue(cue.rule, slash.start(), slash.end()) if cue else None
    for cue in book.cues(*_BESIDE).find(stretch.small, start, min(end, start + _NEAR)):
        gap = stretch.text[start : cue.start]
        if re.search(r"[.,;:(–]", gap) or len(gap.split()) > 3 or re.search(r"\b(?:och|ska|som)\b", gap):
            return None
        if _NO_ITEM.match(stretch.text, cue.start):
            return None
        if cue.rule.id == "per.item" and len(gap.split()) > 2:
            return None
        if cue.rule.id == "per.person" and stretch.amount.scale > 1 and stretch.text[cue.start] in "fF":
            return None  # "5 miljoner kronor för personer med demens"
        return cue
    return None


def _yearly_after(stretch: _Stretch, book: Rulebook) -> Cue | None:
    """``årligen`` or ``varje år`` further on in the clause: ``15 miljarder betalas ut felaktigt varje år``."""
    start, end = stretch.right
    for cue in book.cues("per.year").find(stretch.small, start, min(end, start + _FAR)):
        gap = stretch.text[start : cue.start]
        if _OTHER_CLAUSE.search(gap) or _REPORTING.search(stretch.text[start : cue.end + 25]):
            return None
        if stretch.leads and len(stretch.text[cue.end : end]) < 25 and len(gap) > 25:  # belongs to the next sum
            return None
        return cue
    return None


def _dated_from(cue: Cue, text: str) -> bool:
    if text[cue.start : cue.end].lower() == "från":
        if _UNTIL.match(text, cue.end) or _CARRIED.search(text[max(0, cue.start - 40) : cue.start]):
            return False
    return bool(_YEAR.match(text, cue.end))


def _from_after(stretch: _Stretch, book: Rulebook) -> Cue | None:
    start, end = stretch.right
    for cue in book.cues("per.from").find(stretch.small, start, min(end, start + _FAR)):
        gap = stretch.text[start : cue.start]
        if not _dated_from(cue, stretch.text) or _OTHER_CLAUSE.search(gap):
            continue
        year = _YEAR.match(stretch.text, cue.end)
        to_next = stretch.text[year.end() : end] if year else ""
        if stretch.leads and len(to_next) < 30 and (_DATED.match(gap) or re.search(r"\b(?:och|samt|,)\s*$", gap)):
            return None
        if _DATED.match(gap) and re.search(r"\boch\s*$|\bsamt\s*$", gap):
            return None
        return cue
    return None


def _from_before(stretch: _Stretch, book: Rulebook) -> Cue | None:
    start, end = stretch.left
    held = None
    for cue in book.cues("per.from").find(stretch.small, start, end):
        if _dated_from(cue, stretch.text):
            held = cue
    if held is None or end - held.end > _FAR:
        return None
    if stretch.follows and _from_after_claims(stretch, held) or _DATED.match(stretch.text[slice(*stretch.right)]):
        return None
    return held


def _from_after_claims(stretch: _Stretch, cue: Cue) -> bool:
    """Whether a cue between two sums belongs to the first: it follows that sum at once."""
    gap = stretch.text[stretch.left[0] : cue.start]
    return not re.search(r"\b(?:och|samt)\b|,", gap)


def _yearly_before(stretch: _Stretch, book: Rulebook) -> Cue | None:
    """The sentence opens with ``Årligen`` or ``Varje år``, or the word stands just before the sum."""
    start, end = stretch.left
    for cue in book.cues("per.year").find(stretch.small, start, end):
        opens = not stretch.follows and cue.start - start < 3 and end - cue.end < _FAR
        joined = _JOINED.search(stretch.text[start : cue.start]) is not None
        beside = end - cue.end < 25 and (joined or not (stretch.follows and cue.start - start < 30))
        if (opens or beside) and not _REPORTING.search(stretch.text[cue.start : end]):
            return cue
    return None


def _adjective(stretch: _Stretch, book: Rulebook) -> Cue | None:
    start, end = stretch.left
    cue = book.cues("per.adjective").last(stretch.small, max(start, end - 80), end)
    if cue is None:
        return None
    gap = stretch.text[cue.end : end]
    if not _YEARLY_NOUN.fullmatch(gap):
        return None
    return cue


def _respective(stretch: _Stretch, book: Rulebook) -> Cue | None:
    """``respektive`` between two years: the sum is for each."""
    start, end = stretch.right
    for cue in book.cues("per.respective").find(stretch.small, start, min(end, start + 60)):
        years = re.search(r"(?:19|20)\d\d\s+$", stretch.text[start : cue.start])
        if years and re.match(r"\s+(?:för\s+|år\s+|under\s+)*(?:19|20)\d\d\b", stretch.text[cue.end : end]):
            return cue
    return None


def _thing_before(stretch: _Stretch, book: Rulebook) -> Cue | None:
    """What the sum is for, named before its verb: ``ersättningen per operation är 900 kronor``."""
    start, end = stretch.left
    cue = book.cues(*_BESIDE).last(stretch.small, max(start, end - 80), end) if _is_rate(stretch.amount) else None
    return cue if cue and _SO_MUCH.fullmatch(stretch.small, cue.end, end) else None


def _fee(stretch: _Stretch, book: Rulebook) -> Cue | None:
    """A fee or price earlier in the sentence, of a sum small enough to be one."""
    start, end = stretch.sentence[0], stretch.amount.start
    if not _is_rate(stretch.amount):
        return None
    if re.search(r"\((?:ca|cirka|för närvarande)?\s*$", stretch.text[start:end]):  # "(ca 22 000 kronor)" explains
        return None
    cue = book.cues("per.fee").last(stretch.small, max(start, end - 250), end)
    told = cue and _NO_FEE_WORD.search(stretch.text, max(0, cue.start - _NO_FEE_NEAR), cue.end)
    if cue is None or told or _NO_FEE.search(stretch.text[cue.end : end]):
        return None
    before = stretch.text[max(0, cue.start - 5) : cue.start]
    return None if re.search(r"\b(?:av|utan|som|i|mot)\s$", before) else cue  # "återbetalning av avgift"


def _wage(stretch: _Stretch, book: Rulebook) -> Cue | None:
    """A word that has the unit inside it right before the sum: ``en månadsinkomst på 900 kronor``."""
    start, end = stretch.left
    cue = book.cues(*_WAGES).last(stretch.small, max(start, end - 60), end)
    return cue if cue and _OF_WAGE.fullmatch(stretch.small, cue.end, end) else None


def _each(stretch: _Stretch, book: Rulebook) -> Cue | None:
    """``De tillerkänns 900 kronor vardera``: so small a sum goes to persons."""
    start, end = stretch.right
    cue = book.cues("per.each").first(stretch.small, start, min(end, start + 10)) if _is_rate(stretch.amount) else None
    if cue is None or cue.start != start + 1:
        return None
    was = stretch.small[cue.start : cue.end] == "var"  # "avgiften på 900 kronor var för hög"
    return None if was and not _END.match(stretch.text, cue.end) else cue


class _Ask(NamedTuple):
    """A question that tells that a sum recurs, and the rules whose words it looks for."""

    put: Callable[[_Stretch, Rulebook], Cue | None]
    sought: tuple[str, ...]


_ASKS: Final = (
    _Ask(_beside, _BESIDE),
    _Ask(_respective, ("per.respective",)),
    _Ask(_each, ("per.each",)),
    _Ask(_yearly_after, ("per.year",)),
    _Ask(_from_after, _FROM),
    _Ask(_from_before, _FROM),
    _Ask(_yearly_before, ("per.year",)),
    _Ask(_adjective, ("per.adjective",)),
    _Ask(_thing_before, _BESIDE),
    _Ask(_wage, _WAGES),
    _Ask(_fee, ("per.fee",)),
)


def _is_rate(amount: Amount) -> bool:
    return amount.scale <= 1 and amount.high <= _RATE_LIMIT


def _fee_in_lead(lead: str, book: Rulebook) -> Cue | None:
    """The fee that a list's lead-in speaks of at its end: ``en höjning av tillsynsavgiften`` and then the items."""
    small = lowered(lead)
    cue = book.cues("per.fee").last(small, max(0, len(small) - 60)) if small else None
    if cue is None or _NO_FEE_WORD.match(lead, cue.start) or _NO_FEE.search(lead[cue.end :].rstrip(": \n")):
        return None
    return cue


def _inherit(stretches: Sequence[_Stretch], found: list[Reason | None]) -> None:
    """What a sum's neighbour counts for holds for the sum too where the two are coordinated."""
    for index in range(len(found) - 2, -1, -1):
        here, later = stretches[index], found[index + 1]
        gap = here.text[here.amount.end : here.sums[index + 1].start]
        own = found[index]
        if (own is None or own.rule == "per.fee") and later and later.rule != "per.from" and _levels(here, gap):
            found[index] = later
    for index in range(1, len(found)):
        here, earlier = stretches[index], found[index - 1]
        gap = here.text[here.sums[index - 1].end : here.amount.start]
        if found[index] is None and earlier and here.follows and _continues(here, earlier, gap):
            found[index] = earlier
    for index in range(2, len(found)):  # "ökas med 20 fr.o.m. 2025, från 114 till 134": the level reached lasts too
        here, earlier = stretches[index], found[index - 2]
        if found[index] or earlier is None or earlier.rule != "per.from" or earlier.start < here.sentence[0]:
            continue
        if re.fullmatch(r"\s+till\s+(?:\w+\s+)?", here.text[here.sums[index - 1].end : here.amount.start]):
            found[index] = earlier


def _continues(here: _Stretch, earlier: Reason, gap: str) -> bool:
    """``(tidigare N)`` gives the old rate; ``samt N till och med 2027`` goes on with a series of yearly sums."""
    if _FORMER.search(gap):
        return True
    if _NEXT_LEVEL.fullmatch(gap):
        return _old_level(here, here.sums[here.index - 1]) and (earlier.rule != "per.fee" or _is_rate(here.amount))
    joined = re.search(r"\b(?:och(?:\s+med)?|jämfört\s+med(?:\s+\w+)?|i\s?stället\s+för)\s+$", gap)
    if joined and earlier.rule in ("per.month", "per.day"):
        return here.amount.scale == 1
    start, end = here.right
    until = re.match(r"\s+(?:fram\s+)?(?:till\s+och\s+med|t\.o\.m\.)\s", here.text[start:end])
    return bool(until and earlier.rule == "per.year" and re.search(r"\b(?:samt|och)\s+(?:\w+\s+){0,2}$", gap))


def _levels(here: _Stretch, gap: str) -> bool:
    """``från N till N per dag``, ``med N till N per dag``, ``N respektive N per dag``."""
    if not re.fullmatch(r"\s+(?:till|respektive|eller|och\s+(?:under|över)stigande)\s+(?:\w+\s+){0,2}", gap):
        return False
    start = here.amount.start
    raised = _RAISED_BY.search(here.small, max(0, start - 30), start)
    return "till" not in gap.split()[:1] or _old_level(here, here.amount) or raised is not None


def _old_level(here: _Stretch, amount: Amount) -> bool:
    return _OLD_LEVEL.search(here.small, max(0, amount.start - 30), amount.start) is not None
