"""Finds the recipient that a section's heading or the document's title names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from belopp.actors import fitting, frames
from belopp.actors.cast import Cast, rough_sums
from belopp.actors.giving import BEFORE, FROM
from belopp.actors.going_on import goes_on, is_of_assignment, names_nobody
from belopp.actors.phrase import COUNTS
from belopp.actors.receivers import NOBODY, Answer, answer
from belopp.actors.tape import Tape
from belopp.grammar import TIME
from belopp.model import ITEM, TITLE
from belopp.rulebook import Rulebook
from belopp.sentences import Place, Span

HEADED: Final = re.compile(
    rf"(?P<cue>[KTMR])(?:[^tfAGLUC]{{0,3}}[tf]|(?<=T)(?:m(?=C)|i(?=[AC])))(?P<who>{frames.EITHER})|(?P<owner>[aglu])x?K"
)
GRANTS: Final = re.compile(
    rf"(?P<cue>[TM])x?t(?P<who>{frames.EITHER})(?!x*i)|^d?(?P<owner>[AU])(?:x?R[xd]{{0,2}}[TM]|x?B)"
)
SUPPORTS: Final = re.compile("[TZ]")
SPOKEN_OF: Final = re.compile("[TKY]")
OWN: Final = re.compile("[TK](?:t|f[^e])")  # a support for somebody or something
PURPOSE: Final = re.compile("M[^M]*[fi](x)(?!T)")
TO_OTHERS: Final = re.compile("M[^M]{0,4}tx")  # "2 miljoner till drabbade", "Alfa delar ut 2 miljoner till forskning"
HELPED: Final = re.compile(r"(?:t|T.*[HB])x?(?P<who>[Cc](?:o[Cc])*)(?!x*i)")  # the country of a title: "till Ukraina"
OF_THESE: Final = re.compile(r"Av (?:dessa|detta|denna|de)\b")  # a part of the sum just told of, not of the title's
DOES: Final = re.compile(r"d?(?P<who>A)x")  # a heading's subject: "Polismyndigheten ska växa"
BUDGET: Final = re.compile("bf(?P<who>[AG])|(?P<owner>[ag])b")
WORTH: Final = re.compile(r"^(?!.*\buppgår\b).*\bvärde\b", re.DOTALL)  # materiel given "till ett värde av"


def speaks_of_money(place: Place, cast: Cast, book: Rulebook) -> bool:
    """Whether the sentence is about some support or appropriation without saying whose, or goes on about one."""
    if "en del av" in place.slice(place.sentence):
        return False
    letters = cast.own_tape(place).letters
    own = not names_nobody(place, cast) or OWN.search(letters)
    if not own and ("T" in letters or "K" in letters):
        return True
    return goes_on(place, cast, book) or names_nobody(place, cast) and _of_strategy(place, book)


def _of_strategy(place: Place, book: Rulebook) -> bool:
    """Whether the sentence goes on about what the title is of: ``Strategin omfattar N för hela perioden``."""
    return book.cues("recipient.title").first(place.lowered, *place.sentence) is not None


def from_headings(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """The actor of a heading (``Kungliga Operan``, ``Ökat anslag till Lantmäteriet``) or of the title."""
    if OF_THESE.match(place.text, *place.sentence) and _follows_a_sum(place):
        return NOBODY
    above = place.outline.headings(place.block)
    for index in reversed(above):
        block = place.outline.blocks[index]
        rule = "recipient.title" if block.kind == TITLE else "recipient.heading"
        if rule not in book:
            continue
        tape = cast.tape_of_another(Span(block.start, block.end))
        if not frames.NAMED.search(tape.letters):
            continue
        if block.kind == TITLE and len(above) > 1 and not HELPED.search(tape.letters) and not _is_of_title(place, cast):
            continue
        if tape.letters in ("A", "L", "dA"):
            return answer(fitting.Found(0, len(tape.letters), rule, 0), tape, place, cast)
        found = HEADED.search(tape.letters)
        if not found and (block.kind != TITLE or is_of_assignment(place)):
            found = DOES.match(tape.letters)
        if block.kind == TITLE and (grants := GRANTS.search(tape.letters)):
            first, last = grants.span("who" if grants["who"] else "owner")
            given = answer(fitting.Found(first, last, rule, first), tape, place, cast)
            if _tells_of_no_other(place, cast, given.names, Span(block.start, block.end)):
                return given
        if not found and SUPPORTS.search(cast.own_tape(place).letters):
            found = HELPED.search(tape.letters)
        if found and (speaks_of_money(place, cast, book) or WORTH.match(place.slice(place.sentence))):
            group = next(group for group in ("who", "owner") if found.groupdict().get(group))
            first, last = found.span(group)
            return answer(fitting.Found(first, last, rule, first), tape, place, cast)
    return NOBODY


def of_budget(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Whose budget the cells of a table are, as its heading or the title says: ``Driftbudget för kulturnämnden``."""
    for index in reversed(place.outline.headings(place.block)) if "recipient.budget" in book else ():
        block = place.outline.blocks[index]
        tape = cast.tape_of_another(Span(block.start, block.end))
        if found := BUDGET.search(tape.letters):
            group = "who" if found["who"] else "owner"
            return answer(fitting.Found(*found.span(group), "recipient.budget", found.start(group)), tape, place, cast)
    return NOBODY


def _follows_a_sum(place: Place) -> bool:
    """Whether the sentence just before states a sum."""
    return any(rough_sums(place.text, span) for _, span in place.outline.before(place.block, place.sentence, 1))


def _is_of_title(place: Place, cast: Cast) -> bool:
    """Whether a sentence under a heading of its own may still be about the title's money."""
    letters = cast.own_tape(place).letters
    return SPOKEN_OF.search(letters) is not None or WORTH.match(place.slice(place.sentence)) is not None


def _tells_of_no_other(place: Place, cast: Cast, titled: tuple[str, ...], title: Span) -> bool:
    """Whether a sentence may be about the title's money: it names nobody else, and after the sum no other purpose.

    Whoever only hands the money on or gives it is nobody else.
    """
    tape = cast.own_tape(place)
    letters = tape.letters
    after = letters.find("O")
    told = {at for at, one in tape.names.items() if at > after and one.kind not in ("state", "eu", "country")}
    told = {at for at in told if cast.display(tape.names[at]) not in titled}
    gives = told & {at for found in _givers(tape, place) for at in range(*found.span("who"))}
    other = "n" in letters and "en del av" in place.slice(place.sentence)
    other = other or (bool(gives) or place.kind == ITEM) and TO_OTHERS.search(letters) is not None
    if other or told - gives:
        return False
    purposes = (place.lowered[slice(*tape.span(found.start(1)))] for found in PURPOSE.finditer(letters))
    said = place.lowered[slice(*title)]
    return all(purpose in said or purpose in TIME or purpose in COUNTS for purpose in purposes)


def _givers(tape: Tape, place: Place) -> Iterator[re.Match[str]]:
    """Where a sum's sentence names whoever gives it."""
    at = max(tape.at(place.mention.start), 0)
    yield from filter(None, (pattern.search(tape.letters[:at]) for pattern in BEFORE))
    if found := FROM.match(tape.letters, at + 1):
        yield found
