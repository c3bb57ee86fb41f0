"""Tells whose money a sum is: the state's unless the sentence names another giver."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from belopp.actors import backer, ours
from belopp.actors.bodies import UNNAMED
from belopp.actors.cast import Cast
from belopp.actors.frames import GIVEN_TO_ANOTHER, NAMES
from belopp.actors.giving import BEFORE, BY, FROM, GIVEN_BY, GIVER, GOT_OF, SWEDISH, TOPIC, WE_AT, is_within
from belopp.actors.labels import giver_in_table
from belopp.actors.proper import GROUP, Named
from belopp.actors.purse import understood
from belopp.actors.receivers import NOBODY, Answer, in_order
from belopp.actors.tape import Tape
from belopp.model import CELL, STATE
from belopp.rulebook import Cue, Cues, Rulebook
from belopp.sentences import Place, Span
from belopp.speaker import of_the_state

GIVES: Final = frozenset("ZVTOHw+")  # without one of these nobody but the one before is said to give
OTHERS: Final = "andra givare"
PUBLIC: Final = frozenset(("länsstyrelsen", "nämnden"))  # that give the state's and the municipality's money
CONTRIBUTES: Final = "payer.contributes"
OUTRIGHT: Final = "payer.outright"
# "Alfa ska (också) betala N", before its verb
PAYS: Final = re.compile(r"(?<![tihkmfnz/+?])(?P<cue>)(?P<who>[ALU](?:o[ALU])*)[xR]{0,3}$")
# "har kostat Alfa N"
COSTS: Final = re.compile(r"(?P<cue>x)(?P<who>[ALU](?:o[ALU])*|Y)x{0,2}$")
COST: Final = "kosta"
COLLECTED: Final = "payer.collected"
STATE_GIVES: Final = re.compile(r"S[^MACGLU;]{0,4}(?P<cue>Z)[^M;]{0,6}$")
# "staten står för 200 och regionerna för 100": the verb is understood
ELLIPTIC: Final = re.compile(rf"^(?:i?x)?[o,]{{1,2}}n?{GIVER}(?P<cue>[mf])$")
GIVEN: Final = re.compile(r"Z[^MACGLUSRVt;]{0,3}$")  # "kommunen går in med 18 och Åsens FF med 2"
STATE_PAYS: Final = re.compile(r"S[^MACGLU;]{0,3}[VZ]|[VZ]S")
# "5 miljoner kronor, som betalas av Alfa"
PAID_BY: Final = re.compile(
    r"""[^.;:]{0,24}?\b(?:bekosta|betala|bidragit|bevilja|donera|finansiera|skänk|sponsra|anslå|delas?\sut|delats\sut)\w*
    (?:\s\w+){0,2}?\s(?=av\s)""",
    re.VERBOSE,
)
BY_WITH: Final = re.compile(rf"(?P<cue>n)d?{GIVER}m?x{{0,2}}$")
PAID_WITH: Final = re.compile(r"\b(?:bekosta|betala|finansiera|sponsra|stöd)\w*s\s(?:\w+\s){0,2}$")
BY_WHOM: Final = re.compile(r"(?P<cue>n)(?P<who>[ALU](?:(?:,|o)[ALU])*)")
OUT_OF: Final = re.compile(r"x{0,2}(?P<cue>i)(?P<who>[AUG])")
OUT_OF_FIRST: Final = re.compile(r"(?P<cue>i)(?P<who>[AUG])[^MACGLU]{0,8}M")
EU_FUNDS: Final = re.compile(r"eu-|strukturfond|socialfond|regional\w*fond")
FUNDS: Final = ("fond", "fonden", "fonder", "fonderna")
# "delar varje år ut 5 miljoner", not "delar kostnaden"
SHARES: Final = re.compile(r"dela(?:r|de|t|s)\b(?!\s+på\s+(?:notan|kostnad))")
OUT: Final = re.compile(r"\but\b")
STATE_TOO: Final = re.compile(r"[o,]{1,2}S[mf]$")
# "Tillsammans med Danmark finansierar Sverige N", "upphandling för N tillsammans med Norge"
_BESIDE = r"(?P<cue>\+)(?P<who>C(?:(?:,|o)C)*)"
TOGETHER: Final = re.compile(rf"{_BESIDE}[^M;]{{0,24}}$")
TOGETHER_AFTER: Final = re.compile(rf"x{{0,3}}{_BESIDE}")
FINANCED: Final = re.compile(r"\b(?:bekostas|betalas|finansieras|sponsras|stöds)\s(?:\w+\s){0,2}med\s")
OWN: Final = re.compile(r"(?P<who>[acl])(?P<cue>T)[^M;tACGLU]{0,4}$")
# "Nordens länders stöd till Ukraina uppgår till N": what has a receiver of its own is its owner's gift
OWN_GIFT: Final = re.compile(rf"(?P<who>[acglu])x?(?P<cue>T)t{NAMES}[^MACGLU;]{{0,16}}$")


def payers(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Whose money the sum is."""
    tape = cast.own_tape(place)
    own = _named(place, place.index, tape, cast, book)
    if own.names:
        return own
    if place.kind == CELL and (told := giver_in_table(place, cast, book)).names:
        return told
    other = _of_parts(place, tape, cast, book) or _of_eu(place, cast, book) or _of_many(place, book)
    if other or (other := ours.given(place, cast, book)).names or (other := backer.of_text(place, cast, book)).names:
        return other
    return understood(place, cast, book)


def of_rate(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """The state, when it is said to pay a rate: ``Staten ersätter regionerna med 275 kronor per dos``."""
    tape = cast.own_tape(place)
    at = tape.at(place.mention.start)
    if at < 0 or CONTRIBUTES not in book:
        return NOBODY
    found = STATE_PAYS.search(tape.letters, 0, at)
    return Answer((STATE,), CONTRIBUTES, tape.span(found.start())) if found else NOBODY


def of_other(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Who is said outright to pay what is no funding: ``Alfa ska betala 5 miljoner kronor i böter``."""
    before = place.small[: place.mention.start - place.sentence.start]
    if OUTRIGHT not in book or not (COST in before or book.cues(OUTRIGHT).may_stand(before)):
        return NOBODY  # without the tape, which takes time to write
    tape = cast.own_tape(place)
    at = tape.at(place.mention.start)
    if at < 0:
        return NOBODY
    begin = tape.at(place.mentions[place.index - 1].start) + 1 if place.index else 0
    for cue in book.cues(OUTRIGHT).find(place.lowered, tape.span(begin).start, place.mention.start):
        by = bisect_left(tape.stretches, (cue.start,))
        found = PAYS.search(tape.letters, begin, by)
        if found and (given := _answer(found, 0, tape, cast, place, OUTRIGHT)).names:
            return given._replace(cue=Span(cue.start, cue.end))
    found = COSTS.search(tape.letters, begin, at)
    said = place.lowered[slice(*tape.span(found.start()))] if found else ""
    return _answer(found, 0, tape, cast, place, OUTRIGHT) if found and said.startswith(COST) else NOBODY


def _named(place: Place, index: int, tape: Tape, cast: Cast, book: Rulebook) -> Answer:
    """The giver that stands in a frame beside one sum of the sentence."""
    at = tape.at(place.mentions[index].start)
    if at < 0 or CONTRIBUTES not in book:
        return NOBODY
    begin = tape.at(place.mentions[index - 1].start) + 1 if index else 0
    piece = tape.letters[begin:at]
    if GIVES.isdisjoint(piece) and not index and "n" not in piece:
        return _after(tape, at, cast, place, book)
    elliptic = index > 0 and ELLIPTIC.match(piece)
    if elliptic and (GIVEN.search(tape.letters, 0, begin - 1) or _named(place, index - 1, tape, cast, book).names):
        given = _answer(elliptic, begin, tape, cast, place)
        named = tape.named(begin + elliptic.start("who"), begin + elliptic.end("who"))
        of_state = all(one.kind == "agency" for one in named)  # not "och socialnämnden för 3": it is the municipality's
        return given if given.names or not of_state else given._replace(names=(STATE,), rule=CONTRIBUTES)
    if "n" in piece and (by := _financed_by(piece, begin, tape, place)):
        return _answer(by, begin, tape, cast, place)
    if "payer.together" in book and (shared := TOGETHER.search(piece)):
        return _with_state(_answer(shared, begin, tape, cast, place, "payer.together"))
    if (ours := WE_AT.search(piece)) and (given := _answer(ours, begin, tape, cast, place)).names:
        return given
    if (
        _state_gives(piece, begin, tape, place)
        or index > 0
        and STATE_TOO.match(piece)
        and _named(place, index - 1, tape, cast, book).names
    ):
        return Answer((STATE,), CONTRIBUTES, tape.span(at))
    gift = None if index else GIVEN_TO_ANOTHER.match(tape.letters, 0, at + 3)
    for found in (gift, *(pattern.search(piece) for pattern in (*BEFORE, OWN, OWN_GIFT))):
        if found and not _is_received(found, begin, tape, place):
            if (given := _answer(found, begin, tape, cast, place)).names:
                return given
    return _after(tape, at, cast, place, book)


def _state_gives(piece: str, shift: int, tape: Tape, place: Place) -> bool:
    """Whether the state gives, or ``vi`` where somebody speaks for it."""
    found = STATE_GIVES.search(piece)
    if not found:
        return False
    return place.slice(tape.span(found.start() + shift)).casefold() != "vi" or of_the_state(place.text)


def _is_received(found: re.Match[str], shift: int, tape: Tape, place: Place) -> bool:
    """Whether what is somebody's own is what they get: ``regionernas statsbidrag``."""
    own = found.re is OWN and found["who"] == "l"
    return own and "statsbidrag" in place.slice(tape.span(found.start("cue") + shift))


def _with_state(others: Answer) -> Answer:
    return others._replace(names=tuple(sorted({*others.names, STATE}, key=str.casefold)))


def _after(tape: Tape, at: int, cast: Cast, place: Place, book: Rulebook) -> Answer:
    """Whoever the money comes from, or is given together with: ``5 miljoner kronor från Alfa``."""
    if "payer.together" in book and (shared := TOGETHER_AFTER.match(tape.letters, at + 1)):
        return _with_state(_answer(shared, 0, tape, cast, place, "payer.together"))
    found = FROM.match(tape.letters, at + 1) or _out_of(tape, at, place) if "payer.from" in book else None
    if not found and "payer.from" in book and ("R" in tape.letters[:at] or _is_financed(place)):
        found = BY.match(tape.letters, at + 1)
    if not found and "payer.from" in book:
        found = GOT_OF.match(tape.letters, at + 1) or _paid_by(tape, at, place)
    if found:
        return _answer(found, 0, tape, cast, place, "payer.from")
    opens = TOPIC.match(tape.letters, at + 1)
    if opens and not any(index < at for index in tape.names):
        return _answer(opens, 0, tape, cast, place)
    given = GIVEN_BY.match(tape.letters, at + 1)
    return _answer(given, 0, tape, cast, place) if given else NOBODY


def _out_of(tape: Tape, at: int, place: Place) -> re.Match[str] | None:
    """The fund that the money comes out of: ``5 miljoner kronor ur Alfafonden``, ``Ur Alfafonden delas N ut``."""
    found = OUT_OF.match(tape.letters, at + 1) or OUT_OF_FIRST.match(tape.letters)
    if not found or place.slice(tape.span(found.start("cue"))).casefold() != "ur" or of_the_state(place.text):
        return None
    if EU_FUNDS.search(place.lowered, *tape.span(found.start("who"))):
        return None
    return found if all(one.name.casefold().endswith(FUNDS) for one in tape.named(*found.span("who"))) else None


def _paid_by(tape: Tape, at: int, place: Place) -> re.Match[str] | None:
    """Who is named after ``av``, where what follows the sum says that it is paid: ``N, som bekostas av Alfa``."""
    if "n" not in tape.letters[at:]:
        return None
    said = PAID_BY.match(place.lowered, tape.span(at).end, place.after.end)
    return BY_WHOM.match(tape.letters, bisect_left(tape.stretches, (said.end(),))) if said else None


def _financed_by(piece: str, begin: int, tape: Tape, place: Place) -> re.Match[str] | None:
    """Who is named after ``av`` before the sum that they pay: ``finansieras av Alfa med N``."""
    found = BY_WITH.search(piece)
    if not found:
        return None
    verb = place.lowered[tape.span(begin).start : tape.span(begin + found.start("cue")).start]
    return found if PAID_WITH.search(verb) else None


def _is_financed(place: Place) -> bool:
    """Whether something is said to be paid with the sum: ``projektet finansieras med 5 miljoner``."""
    start = max(place.sentence.start, place.mention.start - 60)
    return FINANCED.search(place.lowered, start, place.mention.start) is not None


def _answer(found: re.Match[str], shift: int, tape: Tape, cast: Cast, place: Place, rule: str = CONTRIBUTES) -> Answer:
    first = found.start("who") + shift
    named = tape.named(first, found.end("who") + shift)
    if tape.letters[first] == "Y":  # "Stiftelsen delar ut 5 miljoner": whoever was named before
        word = place.slice(tape.span(first)).casefold()
        named = [*cast.antecedent(place, tape.span(first).start, word)]
        if not named and word in UNNAMED - PUBLIC:
            named = [Named(first, first + 1, word, GROUP)]
    cue = tape.span(found.start("cue") + shift)
    if SHARES.match(place.text, *cue) and not OUT.search(place.text, cue.start, max(cue.end, place.mention.start)):
        return NOBODY
    if any(is_within(one) or one.genitive and rule == "payer.from" and one.kind != "eu" for one in named):
        return NOBODY
    return Answer(in_order([cast.display(one) for one in named]), rule, tape.span(found.start("cue") + shift))


def _of_parts(place: Place, tape: Tape, cast: Cast, book: Rulebook) -> Answer | None:
    """The givers of a total whose parts follow it: ``varav regionerna står för 100 och staten för 284``."""
    here = tape.at(place.mention.start)
    later = range(place.index + 1, len(place.mentions))
    if here < 0 or not later or "payer.parts" not in book:
        return None
    first = tape.at(place.mentions[later[0]].start)
    if "v" not in tape.letters[here + 1 : first]:
        return None
    given = [_named(place, index, tape, cast, book) for index in later]
    names = [name for answer in given for name in answer.names]
    if not names:
        return None
    if set(names) == {STATE}:
        state_pays = "S" in tape.letters[:here]
        return None if state_pays or len(given) > 1 else Answer((OTHERS, STATE), "payer.parts", given[0].cue)
    return Answer(tuple(sorted({*names, STATE}, key=str.casefold)), "payer.parts", given[0].cue)


def _of_eu(place: Place, cast: Cast, book: Rulebook) -> Answer | None:
    """The EU, when the sentence speaks of its money, or the sum is in euro and the text speaks of the EU."""
    cue = _eu_money(place, book.cues("payer.eu")) if "payer.eu" in book else None
    if cue and "medfinans" not in place.text[place.sentence.start : place.mention.start]:
        return Answer(("EU",), "payer.eu", Span(cue.start, cue.end))
    title = place.outline.title if "payer.eu" in book else None
    cue = book.cues("payer.eu").first(place.lowered, title.start, title.end) if title else None
    if cue and (place.mention.currency == "EUR" or not _is_of_others(place, book)):
        return Answer(("EU",), "payer.eu", Span(cue.start, cue.end))
    if place.mention.currency != "EUR":
        return None
    union = place.outline.first(book.cues("payer.union"))
    if union and union.start < place.mention.start and not _is_swedish(place, cast):
        return Answer(("EU",), "payer.union", Span(union.start, union.end))
    return None


def _of_many(place: Place, book: Rulebook) -> Answer | None:
    """Nobody's by name: what a sentence says was collected, or came in gifts."""
    cue = book.cues(COLLECTED).first(place.lowered, *place.sentence) if COLLECTED in book else None
    return Answer((), COLLECTED, Span(cue.start, cue.end)) if cue else None


def _is_of_others(place: Place, book: Rulebook) -> bool:
    """Whether a sentence, or a table, speaks of other money than the EU's: the state's, co-financing."""
    state = book.cues("payer.state").first(place.lowered, *place.sentence) if "payer.state" in book else None
    return place.kind == CELL or state is not None or "finansier" in place.lowered[slice(*place.sentence)]


def _eu_money(place: Place, cues: Cues) -> Cue | None:
    """Where the sentence, or the header of a cell's column, speaks of the EU's money: ``EU-medel, mnkr``."""
    header = place.outline.grid(place.cell.level).column_header(place.cell) if place.kind == CELL else None
    said = cues.first(place.lowered, *place.sentence)
    return said or (cues.first(place.lowered, header.start, header.end) if header else None)


def _is_swedish(place: Place, cast: Cast) -> bool:
    """Whether a sentence speaks of Sweden, its government or an agency, or is said in their name.

    Not when it only says so: ``enligt regeringen``.
    """
    tape = cast.own_tape(place)
    own = any(one.kind in ("state", "agency") and tape.letters[at - 1] != "k" for at, one in tape.names.items())
    return own or SWEDISH.search(place.lowered, *place.sentence) is not None
