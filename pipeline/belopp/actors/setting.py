"""Finds the recipient in what stands around a sum's sentence: its list, its table, its neighbours, its headings."""

from __future__ import annotations

import re
from typing import Final

from belopp.actors import fitting, frames
from belopp.actors.cast import FAR, Cast, rough_sums
from belopp.actors.going_on import ASSIGNMENT, goes_on, is_of_assignment, names_nobody
from belopp.actors.headings import WORTH, from_headings
from belopp.actors.labels import in_table, of_label
from belopp.actors.onward import following, from_applicants, from_handed_out, from_next, is_lent
from belopp.actors.proper import Named
from belopp.actors.receivers import NOBODY, Answer, answer, in_order
from belopp.actors.tape import Tape
from belopp.model import CELL, HEADING, ITEM, QUOTE, TITLE
from belopp.rulebook import Rulebook
from belopp.sentences import Place, Span
from belopp.speaker import of_the_state

DIVIDED: Final = re.compile(r"[*#\s]*(?:Fördelning|(?:Så )?(?:ska )?(?:medlen |pengarna )?fördelas)\b", re.IGNORECASE)
GIVEN: Final = (frames.OWN_ANSLAG, frames.ANSLAG_TO, frames.SUPPORT_TO)
TOLD: Final = (*GIVEN, *frames.TOLD)
FOR_THIS: Final = re.compile(r"\b[Ff]ör (?:detta|arbetet|\w*(?:åtgärden|insatsen|studien|ningen|eringen))\b")
SEVERAL: Final = re.compile(r"\buppdragen\b.*\bmyndigheterna\b", re.DOTALL)
OTHER_MONEY: Final = re.compile("M.*[ft]|[ft].*M|(?:[R>]T|T[R>])x?f")
PURPOSE: Final = re.compile("M[^M]{0,12}[tfi]")
LED: Final = re.compile("n[AU]")
SUBJECT: Final = re.compile(rf"(?P<who>{frames.NAMES})x")
DOER: Final = re.compile(r"(?P<who>[AU])x[^MACGLUSYZOV]*[.]?$")
HANDING: Final = re.compile("We?O")
THEY: Final = re.compile("dx?R[^MtAGLUC;]{0,3}M")


def around(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Who receives a sum whose own sentence does not say."""
    if place.kind == CELL:
        return in_table(place, cast, book)
    if place.is_heading:
        return of_heading(place, cast, book)
    for look in (of_item, from_next) if place.kind == ITEM else (from_next, of_item):
        if (found := look(place, cast, book)).names:
            return found
    found = place.outline.kept(("told around", place.sentence), lambda: of_the_sentence(place, cast, book))
    return found if found.names else from_country(place, cast, book)


def of_the_sentence(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Who receives every sum of a sentence that tells no one's own recipient."""
    for look in LOOKS:
        if (found := look(place, cast, book)).names:
            return found
    return NOBODY


def of_heading(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Who gets a heading's sum: its section opens with that, or what is given is of a worth and the title says to whom.

    ``Medlen går till Skolverket``; ``Donationer till ett värde av 5 miljoner kronor`` in a package for a country.
    """
    if place.kind == TITLE or is_lent(place):
        return NOBODY
    under = place.outline.sentences(place.block + 1)[:1] if place.block + 1 < len(place.outline.blocks) else ()
    if under and (found := following(under[0], place, cast, book)).names:
        return found
    return from_headings(place, cast, book) if WORTH.match(place.slice(place.sentence)) else NOBODY


def of_item(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """A list item's own label where the list tells what each one gets, else the line over the list."""
    if (labelled := of_label(place, cast, book)).names:
        return labelled
    above = place.outline.lead_in(place.block)
    if above is None or place.outline.blocks[above].kind in (TITLE, QUOTE) or "recipient.lead_in" not in book:
        return NOBODY
    if cast.own_tape(place).letters.startswith("t") or "w" in cast.own_tape(place).letters:
        # "Till en fond ... betalas N": its own; "donera materiel för N": whoever gives receives nothing
        return NOBODY
    sentences = place.outline.sentences(above)[-1:]
    if place.outline.blocks[above].kind == HEADING and DIVIDED.match(place.text, place.outline.blocks[above].start):
        sentences = tuple(span for block in (above - 1, above - 2) for span in place.outline.sentences(max(0, block)))
    for sentence in sentences:
        if (found := _of_sentence(sentence, place, cast, book, "recipient.lead_in")).names:
            return found
    return NOBODY


def from_used_before(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Who gets the same assignment's sum before: ``För uppdraget får Skolverket N. För 2027 beräknas N för det``."""
    if "recipient.before" not in book or not is_of_assignment(place) or not names_nobody(place, cast):
        return NOBODY
    for index, span in place.outline.before(place.block, place.sentence, 3):
        if _is_of_list(index, place):
            break
        if rough_sums(place.text, span):
            return _of_sentence(span, place, cast, book, "recipient.before")
    return NOBODY


def from_general(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Municipalities and regions, for the state's general grants, of which all get a part."""
    cue = book.cues("recipient.general").first(place.lowered, *place.sentence) if "recipient.general" in book else None
    if cue is None or not names_nobody(place, cast):
        return NOBODY
    return Answer(("kommunerna", "regionerna"), "recipient.general", Span(cue.start, cue.end))


def from_gift_before(place: Place, cast: Cast, book: Rulebook, paid: Answer) -> Answer:
    """Who the sentences before say receives, for a sum of whose sentence nothing but the giver is told.

    ``Bris har fått 12 miljoner kronor av Postkodlotteriet. Sedan 2012 har lotteriet bidragit med 94 miljoner kronor.``
    """
    tape = cast.own_tape(place)
    named = {cast.display(one) for one in tape.names.values() if one.kind not in ("state", "eu", "country")}
    if "recipient.before" not in book or not named <= {*paid.names} or PURPOSE.search(tape.letters):
        return NOBODY
    for _, span in place.outline.before(place.block, place.sentence, 3):
        if (found := _of_sentence(span, place, cast, book, "recipient.before")).names:
            return NOBODY if {*found.names} & {*paid.names} else found
    return NOBODY if of_the_state(place.text) else _builds(place, cast, paid)


def _builds(place: Place, cast: Cast, paid: Answer) -> Answer:
    """Whose doings the sentence just before tells of: ``Bris öppnar en ny jour. Alfa bidrar med 5 miljoner kronor``."""
    for _, span in place.outline.before(place.block, place.sentence, 1):
        tape = cast.tape_of_another(span)
        if not tape.sums and (subject := DOER.match(tape.letters)):
            found = answer(fitting.Found(*subject.span("who"), "recipient.before", 0), tape, place, cast)
            return NOBODY if {*found.names} & {*paid.names} else found
    return NOBODY


def from_pronoun(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Whom the sentence before is about, when this goes on: ``Bris hjälper barn. De får 5 miljoner kronor``."""
    said = place.text.startswith(("De ", "Den "), place.sentence.start)
    if not said or "recipient.anaphor" not in book or not THEY.match(cast.own_tape(place).letters):
        return NOBODY
    for _, span in place.outline.before(place.block, place.sentence, 1):
        tape = cast.tape_of_another(span)
        if subject := SUBJECT.match(tape.letters):
            return answer(fitting.Found(*subject.span("who"), "recipient.anaphor", 0), tape, place, cast)
    return NOBODY


def from_assignment(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Whoever has the assignment that the sum is for: ``För uppdraget avsätts 3 miljoner kronor``."""
    if "recipient.assignment" not in book:
        return NOBODY
    if is_of_assignment(place):
        if HANDING.search(cast.own_tape(place).letters):  # "ger Boverket uppdraget att betala ut N"
            return NOBODY
        given = cast.assignees(place)
        if len(given) == 1 and SEVERAL.search(place.text, *place.sentence):
            return NOBODY
    elif names_nobody(place, cast) and (this := FOR_THIS.search(place.text, *place.sentence)):
        given = cast.assigned_before(place)
        if not given and this.group().endswith(("detta", "arbetet")):
            given = cast.obliged_before(place)
    else:
        return NOBODY
    return _assigned(given, place, cast)


def _assigned(given: tuple[Named, ...], place: Place, cast: Cast) -> Answer:
    names = in_order([cast.display(one) for one in given])
    return Answer(names, "recipient.assignment", Span(place.sentence.start, place.sentence.start))


def from_before(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """The recipient of the money that the sentences before told of."""
    if "recipient.before" not in book or not goes_on(place, cast, book):
        return NOBODY
    tape = cast.own_tape(place)
    if "Y" in tape.letters:  # "fonden fylls på ... stödet uppgår till N"
        at = tape.letters.index("Y")
        found = answer(fitting.Found(at, at + 1, "recipient.before", at), tape, place, cast)
        if found.names:
            return found
    for index, span in place.outline.before(place.block, place.sentence, 3):
        if (place.kind == ITEM and index < place.block) or _is_of_list(index, place):
            break
        found = _of_sentence(span, place, cast, book, "recipient.before")
        if found.names:
            return found
        told = cast.tape_of_another(span)
        if index == place.block and (given := _given_to(told, span, cast)):
            return _assigned(given, place, cast)
        if told.sums and not told.names and ASSIGNMENT.search(place.text, *span):  # "För uppdraget avsätts N."
            return _assigned(cast.assignees(place), place, cast)
        if _is_of_its_own(told) or LED.search(told.letters):  # "leds av Almi": what is told of is another's
            break
    return NOBODY


def _is_of_list(index: int, place: Place) -> bool:
    """Whether a block is an item before the sum's own: an item tells of its own sum, not of those after the list."""
    return index < place.block and place.outline.blocks[index].kind == ITEM


def _given_to(told: Tape, span: Span, cast: Cast) -> tuple[Named, ...]:
    """Who a sentence without sums gives an assignment other than to hand money or things on."""
    return () if told.sums or set("Ow") & set(told.letters) else cast.assigned(span)


def _is_of_its_own(tape: Tape) -> bool:
    """Whether a sentence that names nobody tells of other money: a sum with a purpose, ``tillförs medel för``."""
    return OTHER_MONEY.search(tape.letters) is not None


def _of_sentence(span: Span, place: Place, cast: Cast, book: Rulebook, rule: str) -> Answer:
    """Who another sentence says receives its sum, or the appropriation or support that it speaks of."""
    tape = cast.tape_of_another(span)
    for start, at in reversed(tape.sums):
        before = [letter for offset, letter in tape.sums if offset < start]
        found = fitting.search(tape, at, before[-1] + 1 if before else 0, len(tape.letters), book)
        if found:
            return answer(found, tape, place, cast)._replace(rule=rule)
    if tape.sums:
        return NOBODY
    return _spoken_of(tape, place, cast, rule)


def _spoken_of(tape: Tape, place: Place, cast: Cast, rule: str) -> Answer:
    for frame in (*TOLD, frames.SUBJECT, frames.INVERTED) if rule == "recipient.lead_in" else TOLD:
        if frame.needs in tape.letters and (matches := list(frame.pattern.finditer(tape.letters))):
            match = matches[-1]
            found = fitting.Found(match.start("who"), match.end("who"), rule, match.start("cue"))
            return answer(found, tape, place, cast)
    return NOBODY


def from_owner(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Whose ``anslaget`` is: the agency named last, unless other money is told of since."""
    if "recipient.owner" not in book or not goes_on(place, cast, book):
        return NOBODY
    cue = book.cues("recipient.owner").first(place.lowered, *place.sentence)
    if cue is None or _told_since(place, cast):
        return NOBODY
    names = in_order([cast.display(owner) for owner in cast.antecedent(place, cue.start, "myndigheten")])
    return Answer(names, "recipient.owner", Span(cue.start, cue.end))


def _told_since(place: Place, cast: Cast) -> bool:
    """Whether a sum with a purpose of its own stands nearer before the sentence than any agency."""
    for _, span in place.outline.before(place.block, place.sentence, FAR):
        tape = cast.tape_of_another(span)
        if any(named.kind == "agency" for named in tape.names.values()):
            return False
        if tape.sums and _is_of_its_own(tape):
            return True
    return False


# The surest first.
LOOKS: Final = (
    from_general,
    from_pronoun,
    from_used_before,
    from_assignment,
    from_before,
    from_headings,
    from_owner,
    from_applicants,
    from_handed_out,
)


def from_country(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """The one country that a sentence on Sweden's help names: ``Sedan anfallet på Ukraina har Sverige gett N``."""
    tape = cast.own_tape(place)
    if "recipient.country" not in book or "C" not in tape.letters or "S" not in tape.letters:
        return NOBODY
    sum_at = tape.at(place.mention.start)
    found = {  # the object of "anfallet på", "invasionen av", not whoever attacked
        named.name: at
        for at, named in tape.names.items()
        if at < sum_at and tape.letters[at] == "C" and tape.letters[max(0, at - 1)] in "nit"
    }
    if len(found) != 1 or not names_nobody(place, cast):
        return NOBODY
    if book.cues("recipient.country").first(place.lowered, *place.sentence) is None:
        return NOBODY
    at = next(iter(found.values()))
    return answer(fitting.Found(at, at + 1, "recipient.country", at), tape, place, cast)
