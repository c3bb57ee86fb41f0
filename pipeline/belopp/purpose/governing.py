"""Finds the word that says what kind of figure a sum is, beside it or where the text has told of it."""

from __future__ import annotations

import re
from typing import Final

from belopp.model import CELL
from belopp.purpose.clause import aside, between, coordinated, following, has_verb
from belopp.purpose.earlier import from_section, is_penalty, spoken_of, told_before
from belopp.purpose.families import (
    AFTER,
    AFTERWARDS,
    BASE,
    CALLED,
    CHARGE,
    COST,
    CRIME,
    FIRM,
    FUND,
    LIMIT,
    MARKET,
    NEED,
    SPENT,
    TAX,
)
from belopp.purpose.lexicon import lexicon
from belopp.purpose.tabular import cue_of_cell
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Place

# "För att täcka kostnaderna får Skolverket …"
PURPOSE: Final = re.compile(
    r"\W*(?:(?P<aim>(?:för|i syfte) att)|för|med anledning av|mot bakgrund av|till följd av|trots|utöver)\s"
)
OF_KIND: Final = re.compile(r"\w+\s$")  # "För att möta ökade kostnader": a participle there, no verb
# "bidraget för lönekostnader", "för att bekämpa den kriminella ekonomin": what money goes to or against
TOWARDS: Final = re.compile(r"(?<!\w)(?:för|till|mot|täcka|ersätta|på|av)\s+(?:\w+\s+){0,2}$")
AGAINST: Final = re.compile(
    r"(?<!\w)(?:mot|att (?:bekämpa|förebygga|krossa|motverka|stoppa|strypa))\s+(?:(?:den|de)\s+)?$"
)
# "i 2025 års priser": what a sum is counted in; "sociala avgifter": what is paid beside a salary
PRICES: Final = re.compile(r"(?<!\w)(?:(?:års|fasta|löpande)\s+pris|sociala\s+avgift)")
# "vägar som finansieras med avgifter ska kosta 5 miljarder": where their money comes from
FINANCED: Final = " finansieras "
PAID_WITH: Final = re.compile(r"(?<!\w)finansiera\w*\s+(?:med|genom|av|via|från)\s+(?:\w+\s+){0,4}$")
# "länsgränsen", "gränsöverskridande": of land, not of money; "500 kronor efter skatt": what is left of it
OF_LAND: Final = re.compile(
    r"\w*(?:läns|kommun|stads|lands?|stat|region|riks|bygd|socken|tomt|nations)gräns"
    r"|gräns(?:över|kontroll|bevak|region|trakt|bygd|handel|land)"
)
# "behövs ytterligare 5 miljoner", not "behöver den stärkas", "den hjälp som behövs"
LACKS: Final = re.compile(r"(?:behöv|kräv|sakna)")
LACKED: Final = re.compile(r"\s+(?!på\s)(?:(?!\w+s\s)\w+\s+){0,4}")
LEFT_OF: Final = re.compile(r"(?<!\w)efter\s+$")
# "får 85 procent av kostnaden, eller 240 000 kronor": what is paid of it
OF_COST: Final = re.compile(r"(?<!\w)(?:procent|hälften|hälft|del)\s+av\s+(?:\w+\s+)?$")
# "per betald avgift"
PER: Final = re.compile(r"(?<!\w)per\s+(?:\w+\s+)?$")
# "den nuvarande gränsen på 80 000 kronor höjs till 120 000": the same figure, moved.
MOVED: Final = re.compile(
    r"\)?\s*(?:kronor\s+|kr\s+)?(?:20\d\d\s+)?(?:\([^()]{1,12}\))?,?\s*(?:och\s+)?(?:(?:ska|föreslås|kommer\s+att)\s+)?"
    r"(?:höjs|höjas|sänks|sänkas|ökas|ökade|minskas|minskade|justeras|stiger|steg|sjönk)\s+till\s+(?:\w+\s+)?$"
)
# "Resultatet steg med 5 miljoner och uppgick till 30", "lånen är 30 miljoner och beräknas växa med 5": the same subject
SHARED: Final = re.compile(
    r"[^.;]*?(?:\s|,\s)(?:och|men|samt)\s+(?:uppgick|uppgår|är|var|blev|blir|landa(?:r|de)|hamna(?:r|de)|låg|ligger|stanna(?:r|de)"
    r"|slutade?|steg|stiger|sjönk|sjunker|växte|växer|ökade|ökar|minskade|minskar|(?:beräknas|väntas|förväntas|bedöms|spås|tros)\s+"
    r"(?:bli|vara|växa|öka|minska|stiga|sjunka|uppgå|landa|hamna))\s+(?:\w+\s+){0,3}$"
)
# "en förlust på 5 miljoner, jämfört med 3 miljoner i fjol"
SET_BESIDE: Final = re.compile(r"[^.;]*?\s(?:jämfört|att\s+jämföra|jämföras)\s+med\s+(?:\w+\s+){0,2}$")
# "20 miljarder, vilket är 11 miljarder mindre än i fjol", "(vilket motsvarar cirka 3 miljarder euro)": the same matter.
SAME: Final = re.compile(
    r"[^.;]*[,(]\s*(?:vilket|som)\s+(?:\w+\s+){0,2}?(?:är|var|motsvarar|motsvarade|jämföras\s+med)\s+"
    r"(?:en\s+(?:ökning|minskning|förbättring|försämring)\s+(?:med|på|om)\s+)?(?:\w+\s+)?$"
)
# "EU:s BNP skulle få ett tillskott på 30 miljarder kronor": what an economy grows by is given by nobody
GROWS: Final = re.compile(r"bnp\s+(?:\w+\s+){0,2}?(?:få|får|fick|fått)\s+ett\s+tillskott\s")
# "Sammanlagt 5 miljoner kronor är den högsta boten"
OPENING: Final = re.compile(r"\W*(?:\w+\s+){0,2}")
IS_IT: Final = re.compile(r"\s+(?:är|var|blir|blev)\s+(?:\w+\s+){0,3}")
# "gränsen för att dra av kostnader för resor höjs från": whatever the limit is for, the sum is the limit
BOUND: Final = re.compile(
    r"\s+(?:för|som|när)\s(?!\w*avgift)[^.;]*?(?<!\w)(?:höj|sänk|juster|uppgå)\w*\s+(?:från|till|med)\s(?:[^.;,]{0,60}\s)?$"
)
# "3 miljoner kronor för kostnader och 2 miljoner": what the sum before goes to
JOINED: Final = re.compile(r"(?<!\w)(?:och|samt|respektive)\s+(?:\w+\s+){0,2}$")
# "kostar 380 miljoner, varav kommunen betalar 120": the part of a cost that somebody takes on
OWN_SHARE: Final = re.compile(
    r"(?<!\w)varav\s+[^.;]*(?<!\w)(?:betalar|bidrar|finansierar|står\s+för|skjuter\s+till|svarar\s+för)(?!\w)"
)
# "över de 150 miljoner som Alfa har avsatt": what a clause just after says of it
WHICH_GIVEN: Final = re.compile(r"\s+(?:kronor\s+)?som\s+(?:(?!är\s|för\s|om\s)[\w-]+\s+){1,5}")
# "kostar 118 miljoner, varav 23 är statligt stöd": the part of a cost that somebody gives
AID_SHARE: Final = re.compile(
    r"\s+(?:kronor\s+)?(?:är|var|utgörs\s+av|täcks\s+av|kommer\s+från)\s+(?:\w+\s+){0,2}\w*(?:stöd|bidrag)(?:et)?(?!\w)"
)
# "20 miljarder i lägre skatt"; "20 miljarder som betalas ut felaktigt", not "… till arbetet mot fusk"
IN_TAX: Final = re.compile(r"\s+(?:i\s+(?:\w+\s+){0,2}|(?:lägre|högre|mindre|minskade|ökade|uteblivna)\s+)?")
# "5 miljoner kronor i årlig omsättning", not "i stöd till export"; "5 miljoner kronor saknas"
IN_WHAT: Final = re.compile(
    r"(?:\s+eller\s+\d{1,2}\s?(?:%|procent))?\s+(?:vardera\s+|var\s+)?i\s+"
    r"(?:(?!(?:till|för|av|på|mot|om|från|med|och|att|stöd|bidrag)\s)\w+\s+){0,2}[”\"]?"
)
PASSIVE: Final = re.compile(r"\w+s(?:\s+(?:in|upp|tillbaka))?")
ELSEWHERE: Final = re.compile(r"[;:.]|\b(?:för att|till|varav|mot|arbetet?)\b")
# "när gränsen är nådd, …", "patienter som når gränsen betalar": the limit only says who is meant
NEXT_CASE: Final = re.compile(r",\s|\beller om\b")
# "skattefrihet för gåvor upp till 1 000 kronor": whatever is free of tax, the sum is how far it is
FREE_UP_TO: Final = re.compile(r"skattefri[^.;]*?\supp\s+till\s")
# "0,01 prisbasbelopp (600 kronor)", "3 procent av prisbasbeloppet (1 800 kronor)": what a share of it comes to
SHARE: Final = re.compile(r"(?:(?<!\d)0,\d+|\bprocent\s+av)\s+\w*basbelopp\w*[^().;]*\((?:\w+\s+)?$")
PAYS: Final = re.compile(r"(?<!\w)(?:betala|betalar|få|får|fick|ges|erhåller)(?!\w)")


def find_cue(place: Place, book: Rulebook, *, little: bool) -> Cue | None:
    """The word that says what the sum is: a cell's label, the sentence, the one before, for little sums the heading."""
    cue = cue_of_cell(place, book) if place.kind == CELL else None
    cue = (
        cue
        or _in_sentence(place, book)
        or told_before(place, book)
        or is_penalty(place, book)
        or spoken_of(place, book)
    )
    return cue or (from_section(place, book) if little else None)


def _in_sentence(place: Place, book: Rulebook) -> Cue | None:
    """The nearest word before the sum that says what it is, or after it when it is the subject."""
    text = place.text
    found = lexicon(book, "kind").find(place.lowered, *place.sentence)
    if not found:
        return None
    afterwards = [cue for cue in found if cue.rule.id in AFTERWARDS]
    given = next((cue for cue in found if cue.rule.id == "kind.funding.after" and cue.start > place.mention.end), None)
    if cue := _called(place, found) or _given_after(place, found):
        return cue
    for index in range(place.index, -1, -1):
        if cue := (_right_of(place, index, afterwards) if afterwards else None) or given:
            return cue
        gap = between(place, index)
        joined = index > 0 and coordinated(place, index)
        start = since.start() if joined and (since := JOINED.search(text, *gap)) else gap.start
        if left := _left_of(place, [cue for cue in found if start <= cue.start < gap.end]):
            return next((cue for cue in left if _is_firm(place, cue)), left[-1])
        if index and (OWN_SHARE.search(text, *gap) or _is_aid(place, index)):
            return None
        if index and not joined and not any(one.match(text, *gap) for one in (MOVED, SAME, SHARED, SET_BESIDE)):
            return None
    return None


def _is_aid(place: Place, index: int) -> bool:
    """Whether the sum is said to be the aid in a larger one: ``varav 23 miljoner är statligt investeringsstöd``."""
    told = AID_SHARE.match(place.lowered, place.mention.end) if index == place.index else None
    return told is not None and "varav" in place.lowered[slice(*between(place, index))]


def _called(place: Place, cues: list[Cue]) -> Cue | None:
    """What the sum that opens a sentence is said to be: ``5 miljoner kronor är den högsta boten``."""
    if place.index or not OPENING.fullmatch(place.lowered, *place.before):
        return None
    return next((cue for cue in cues if IS_IT.fullmatch(place.lowered, place.mention.end, cue.start)), None)


def _given_after(place: Place, cues: list[Cue]) -> Cue | None:
    """The verb of giving in the clause that begins just after the sum: ``de 150 miljoner som Alfa har avsatt``."""
    if not place.lowered.startswith(("som", "kronor som"), place.mention.end + 1):
        return None
    stop = place.right.end
    later = (cue for cue in cues if place.mention.end < cue.start < stop and cue.rule.id == FUND)
    return next((cue for cue in later if WHICH_GIVEN.fullmatch(place.lowered, place.mention.end, cue.start)), None)


def _is_firm(place: Place, cue: Cue) -> bool:
    """Whether the cue says what the sum is, whatever word comes after it."""
    if cue.rule.id == LIMIT:
        return BOUND.match(place.lowered, cue.end, place.mention.start) is not None
    if cue.rule.id == TAX:
        return FREE_UP_TO.match(place.lowered, cue.start, place.mention.start) is not None
    if cue.rule.id == MARKET and GROWS.match(place.lowered, cue.start, place.mention.start):
        return True
    return cue.rule.id in FIRM


def _right_of(place: Place, index: int, cues: list[Cue]) -> Cue | None:
    """The first word right after mention number ``index``, if it says what that sum is."""
    after = following(place, index)
    stop = min(after.end, after.start + 60)
    cue = next((cue for cue in cues if after.start <= cue.start < stop), None)
    if cue is None:
        return None
    word = place.lowered[cue.start : cue.end]
    return cue if _qualifies(place.text[after.start : cue.start], word, cue) else None


def _qualifies(between_them: str, word: str, cue: Cue) -> bool:
    """Whether a word after the sum says what it is: ``ut felaktigt``, ``i lägre skatt``."""
    if cue.rule.id == TAX:
        return IN_TAX.fullmatch(between_them) is not None and LEFT_OF.search(between_them) is None
    if cue.rule.id == AFTER and "," in between_them:  # "kostar 95 kronor, mycket billigare än en biobiljett"
        return False
    if cue.rule.id in CALLED:
        return bool(IN_WHAT.fullmatch(between_them) or (between_them.isspace() and PASSIVE.fullmatch(word)))
    return ELSEWHERE.search(between_them) is None


def _left_of(place: Place, cues: list[Cue]) -> list[Cue]:
    """Those of some words left of the sum that speak of it."""
    said = [cue for cue in cues if not _is_astray(place, cue)]
    return [cue for number, cue in enumerate(said) if not _is_purpose(place.lowered, cue, said[:number])]


def _is_astray(place: Place, cue: Cue) -> bool:
    """Whether a word left of the sum is said of something else."""
    return (
        cue.rule.id.endswith(".after")
        or aside(place.lowered, cue, place.mention.start, place.sentence.start)
        or _says_who(place, cue)
        or _is_fronted(place, cue)
        or _is_name(place, cue)
        or _counts(place.lowered, cue)
        or _is_of_else(place, cue)
        or _is_share(place, cue)
        or _pays_for_it(place, cue)
        or cue.rule.id == COST
        and OF_COST.search(place.lowered, max(place.sentence.start, cue.start - 24), cue.start) is not None
    )


def _says_who(place: Place, cue: Cue) -> bool:
    """Whether a limit only says who is meant: ``patienter som når gränsen betalar 900 kronor``."""
    if cue.rule.id != LIMIT or _is_firm(place, cue):
        return False
    first = next((one.start for one in place.mentions if one.start >= cue.end), place.mention.start)
    gap = place.text[cue.end : first]
    if NEXT_CASE.search(gap) and gap.strip() != ",":
        return True
    return PAYS.search(place.lowered, cue.end, place.mention.start) is not None


def _is_fronted(place: Place, cue: Cue) -> bool:
    """Whether the cue stands in a purpose put first: ``För att täcka kostnaderna får Skolverket …``."""
    text, stop = place.lowered, cue.start
    opening = PURPOSE.match(text, place.sentence.start, stop)
    if opening is None:
        return False
    if opening["aim"] and (kind := OF_KIND.search(text, opening.end(), stop)):
        stop = kind.start()
    return not has_verb(text, opening.end(), stop) and has_verb(text, cue.end, place.mention.start)


def _is_name(place: Place, cue: Cue) -> bool:
    """Whether the word is part of a name, ``Business Export``, and not a noun."""
    text = place.text
    return (
        text[cue.start].isupper()
        and cue.rule.id.startswith("kind.other")
        and not text[cue.start : cue.end].isupper()
        and text[place.sentence.start : cue.start].strip(' –-*"”') != ""
    )


def _counts(lowered: str, cue: Cue) -> bool:
    """Whether a fee or price is only what something is counted by: ``per betald avgift``, ``i 2025 års priser``."""
    if cue.rule.id != CHARGE:
        return False
    start = max(0, cue.start - 30)
    return PER.search(lowered[start : cue.start]) is not None or PRICES.search(lowered, start, cue.end) is not None


def _is_of_else(place: Place, cue: Cue) -> bool:
    """Whether a limit is one of land, a tax what the sum is reckoned after, or not the sum but something is needed."""
    text = place.lowered
    if cue.rule.id == LIMIT:
        return OF_LAND.match(text, cue.start) is not None
    if cue.rule.id == NEED and LACKS.match(text, cue.start):
        return LACKED.fullmatch(text, cue.end, place.mention.start) is None
    return cue.rule.id == TAX and LEFT_OF.search(text, max(0, cue.start - 8), cue.start) is not None


def _pays_for_it(place: Place, cue: Cue) -> bool:
    """Whether a fee, a tax or a cost is said of how a thing is paid for, whose own sum a verb then tells."""
    text, stop = place.lowered, place.mention.start
    if cue.rule.id == COST and text.startswith(FINANCED, cue.end):
        return has_verb(text, cue.end + len(FINANCED), stop)
    before = text[max(place.sentence.start, cue.start - 60) : cue.start]
    return cue.rule.id in (CHARGE, TAX) and PAID_WITH.search(before) is not None and has_verb(text, cue.end, stop)


def _is_share(place: Place, cue: Cue) -> bool:
    """Whether the sum is what a share of a base amount comes to: ``3 procent av prisbasbeloppet (1 800 kronor)``."""
    if cue.rule.id not in (BASE, LIMIT):
        return False
    found = SHARE.search(place.lowered, max(place.sentence.start, cue.start - 12), place.mention.start)
    return found is not None and found.start() <= cue.start


def _is_purpose(lowered: str, cue: Cue, earlier: list[Cue]) -> bool:
    """Whether the cost is what money goes to, or the crime what it goes against: ``bidraget för lönekostnader``."""
    before = lowered[max(0, cue.start - 40) : cue.start]
    if cue.rule.id == CRIME:
        return AGAINST.search(before) is not None
    granted = cue.rule.id in SPENT and any(one.rule.id == FUND for one in earlier)
    return granted and TOWARDS.search(before) is not None
