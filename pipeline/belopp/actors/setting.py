"""Finds the recipient in what stands around a sum's sentence: its list, its table, its neighbours, its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from belopp.actors import frames
from belopp.actors.cast import FAR, ROUGH_SUM, Cast, rough_sums
from belopp.actors.going_on import goes_on, is_of_assignment, names_nobody
from belopp.actors.headings import WORTH, from_headings
from belopp.actors.labels import in_table, of_label
from belopp.actors.receivers import NOBODY, Answer, answer, in_order
from belopp.actors.tape import Tape
from belopp.model import BOILERPLATE, CELL, HEADING, ITEM, QUOTE, TITLE
from belopp.rulebook import Rulebook
from belopp.sentences import Place, Span

DIVIDED: Final = re.compile(r"[*#\s]*(?:Fördelning|(?:Så )?(?:ska )?(?:medlen |pengarna )?fördelas)\b", re.IGNORECASE)
# "Medlen tillförs Skolverket": the opener, then at most a verb or two, then the actor; "Med dessa medel ska A".
FOLLOWS: Final = re.compile(
    rf"""[dTKx]{{1,2}}(?:id?x{{0,2}}T|x{{0,3}}|xe)(?:
        [>O@]e?x{{0,2}}(?P<cue>t|hx?)(?P<who>{frames.EITHER})
      | (?P<cue2>[RE/&]|O[nh](?!.*t))(?P<who2>{frames.EITHER}))
      | m[dx]?Tx(?P<who3>[AL](?:oA)*)x""",
    re.VERBOSE,
)
# "Satsningen görs i form av statsbidrag till kommunerna"
IN_FORM: Final = re.compile(rf"T[xR]{{0,2}}(?:Oq|O?h|(?<=[xR])i)x{{0,3}}n?x{{0,2}}Tt(?P<who>{frames.EITHER})")
# "Skolverket ska fördela medlen till huvudmännen": they, else the agency; "Skolverket får rekvirera medlen"
HANDS_OUT: Final = re.compile(rf"(?P<who>A(?:(?:,|o)A)*)x{{0,2}}(?:O|RR)(?P<money>T)(?:t(?P<whom>{frames.EITHER}))?")
# "Socialstyrelsen ska betala ut medlen till regionerna", "Medlen är fördelade mellan skolorna och regionerna"
PAID_TO: Final = re.compile(
    rf"(?:O(?P<money>T)x?t|^(?P<first>T)(?:x{{0,3}}[>O]x?t|[^M;,/]{{0,10}}/))(?P<who>{frames.EITHER})"
)
THE_MONEY: Final = frozenset({"bidraget", "medlen", "pengarna", "statsbidraget", "stödet"})
GIVEN: Final = (frames.OWN_ANSLAG, frames.ANSLAG_TO, frames.SUPPORT_TO)
TOLD: Final = (*GIVEN, *frames.TOLD)
FOR_THIS: Final = re.compile(r"\b[Ff]ör (?:detta|arbetet|\w*(?:åtgärden|insatsen|studien|ningen|eringen))\b")
SEVERAL: Final = re.compile(r"\buppdragen\b.*\bmyndigheterna\b", re.DOTALL)
LENT: Final = re.compile(r"garanti|\bram(?:en)?\b", re.IGNORECASE)  # nobody gets the money that a guarantee covers
USED: Final = re.compile("MRx?t")  # "N får användas till uppföljning"
OTHER_MONEY: Final = re.compile("M.*[ft]|[ft].*M|(?:[R>]T|T[R>])x?f")
LED: Final = re.compile("n[AU]")
SUBJECT: Final = re.compile(rf"(?P<who>{frames.NAMES})x")
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
    if under and (found := _following(under[0], place, cast, book)).names:
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


def is_lent(place: Place) -> bool:
    """Whether a sentence speaks of a guarantee or a frame."""
    said = place.slice(place.sentence).lower()
    return ("garanti" in said or "ram" in said) and LENT.search(place.text, *place.sentence) is not None


def from_next(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """``Medlen tillförs Skolverket`` in the sentence after, when that states no sum of its own."""
    later = place.outline.after(place.block, place.sentence.end)
    return _following(later, place, cast, book) if later else NOBODY


def _following(later: Span, place: Place, cast: Cast, book: Rulebook) -> Answer:
    if "recipient.follows" not in book:
        return NOBODY
    of_money = _speaks_of_money(later, place)
    cue = book.cues("recipient.follows").first(place.lowered, *later)
    goes_on_here = cue is not None and cue.start <= later.start + 1
    if not (of_money or goes_on_here) or ROUGH_SUM.search(place.text, *later):
        return NOBODY
    if of_money and (handed := _handed_out(later, place, cast)).names:
        return handed
    if not goes_on_here:
        return NOBODY
    tape = cast.tape(later)
    found = FOLLOWS.match(tape.letters) or IN_FORM.match(tape.letters)
    if not found:
        return NOBODY
    group = next(group for group, said in found.groupdict().items() if said and group.startswith("who"))
    return answer(frames.Found(found.start(group), found.end(group), "recipient.follows", 0), tape, place, cast)


def _speaks_of_money(sentence: Span, place: Place) -> bool:
    """Whether a sentence speaks of money told of already: few do, and no others need be taken apart."""
    said = place.slice(sentence).lower()
    return any(money in said for money in THE_MONEY)


def _handed_out(later: Span, place: Place, cast: Cast) -> Answer:
    tape = cast.tape(later)
    found = HANDS_OUT.match(tape.letters)
    if not found or place.slice(tape.span(found.start("money"))).lower() not in THE_MONEY:
        return NOBODY
    group = "whom" if found["whom"] else "who"
    frame = frames.Found(found.start(group), found.end(group), "recipient.follows", found.start("money"))
    return answer(frame, tape, place, cast)


def from_used_before(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Who gets the same assignment's sum before: ``För uppdraget får Skolverket N. För 2027 beräknas N för det``."""
    if "recipient.before" not in book or not is_of_assignment(place) or not names_nobody(place, cast):
        return NOBODY
    for index, span in place.outline.before(place.block, place.sentence, 3):
        if index < place.block - 1 or (index < place.block and place.outline.blocks[index].kind == ITEM):
            break  # an item tells of its own sum, not of those after the list
        if rough_sums(place.text, span):
            return _of_sentence(span, place, cast, book, "recipient.before")
    return NOBODY


def from_pronoun(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Whom the sentence before is about, when this goes on: ``Bris hjälper barn. De får 5 miljoner kronor``."""
    said = place.text.startswith(("De ", "Den "), place.sentence.start)
    if not said or "recipient.anaphor" not in book or not THEY.match(cast.own_tape(place).letters):
        return NOBODY
    for block, span in place.outline.before(place.block, place.sentence, 1):
        tape = cast.tape_of_another(span)
        if block == place.block and (subject := SUBJECT.match(tape.letters)):
            return answer(frames.Found(*subject.span("who"), "recipient.anaphor", 0), tape, place, cast)
    return NOBODY


def from_assignment(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Whoever has the assignment that the sum is for: ``För uppdraget avsätts 3 miljoner kronor``."""
    if "recipient.assignment" not in book:
        return NOBODY
    if is_of_assignment(place):
        given = cast.assignees(place)
        if len(given) == 1 and SEVERAL.search(place.text, *place.sentence):
            return NOBODY
    elif names_nobody(place, cast) and (this := FOR_THIS.search(place.text, *place.sentence)):
        given = cast.assigned_before(place)
        if not given and this.group().endswith(("detta", "arbetet")):
            given = cast.obliged_before(place)
    else:
        return NOBODY
    names = in_order([cast.display(one) for one in given])
    return Answer(names, "recipient.assignment", Span(place.sentence.start, place.sentence.start))


def from_before(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """The recipient of the money that the sentences before told of."""
    if "recipient.before" not in book or not goes_on(place, cast, book):
        return NOBODY
    tape = cast.own_tape(place)
    if "Y" in tape.letters:  # "fonden fylls på ... stödet uppgår till N"
        at = tape.letters.index("Y")
        found = answer(frames.Found(at, at + 1, "recipient.before", at), tape, place, cast)
        if found.names:
            return found
    for index, span in place.outline.before(place.block, place.sentence, 3):
        if index < place.block - (place.kind != ITEM):  # the items of a list do not go on about another
            break
        found = _of_sentence(span, place, cast, book, "recipient.before")
        if found.names:
            return found
        told = cast.tape_of_another(span)
        if _is_of_its_own(told) or LED.search(told.letters):  # "leds av Almi": what is told of is another's
            break
    return NOBODY


def _is_of_its_own(tape: Tape) -> bool:
    """Whether a sentence that names nobody tells of other money: a sum with a purpose, ``tillförs medel för``."""
    return OTHER_MONEY.search(tape.letters) is not None


def _of_sentence(span: Span, place: Place, cast: Cast, book: Rulebook, rule: str) -> Answer:
    """Who another sentence says receives its sum, or the appropriation or support that it speaks of."""
    tape = cast.tape_of_another(span)
    for start, at in reversed(tape.sums):
        before = [letter for offset, letter in tape.sums if offset < start]
        found = frames.search(tape, at, before[-1] + 1 if before else 0, len(tape.letters), book)
        if found:
            return answer(found, tape, place, cast)._replace(rule=rule)
    if tape.sums:
        return NOBODY
    return _spoken_of(tape, place, cast, rule)


def _spoken_of(tape: Tape, place: Place, cast: Cast, rule: str) -> Answer:
    for frame in (*TOLD, frames.SUBJECT, frames.INVERTED) if rule == "recipient.lead_in" else TOLD:
        if frame.needs in tape.letters and (matches := list(frame.pattern.finditer(tape.letters))):
            match = matches[-1]
            found = frames.Found(match.start("who"), match.end("who"), rule, match.start("cue"))
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


def from_applicants(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Who a sentence near by says can apply for the money: ``Kommuner kan ansöka om stödet``."""
    if "recipient.applies" not in book or not names_nobody(place, cast) or is_lent(place):
        return NOBODY
    if USED.search(cast.own_tape(place).letters):
        return NOBODY
    applies = book.cues("recipient.applies")
    for span in _near(place):
        if applies.first(place.lowered, *span) is None:
            continue
        tape = cast.tape(span)
        for frame in frames.APPLY:
            if match := frame.pattern.search(tape.letters):
                found = frames.Found(match.start("who"), match.end("who"), "recipient.applies", match.start("cue"))
                return answer(found, tape, place, cast)
    return NOBODY


def from_handed_out(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Whom a sentence near by says that the money is paid out to: ``Socialstyrelsen ska betala ut medlen till A``."""
    if "recipient.follows" not in book or not names_nobody(place, cast) or is_lent(place):
        return NOBODY
    for span in _near(place):
        if not _speaks_of_money(span, place) or ROUGH_SUM.search(place.text, *span):
            continue
        tape = cast.tape(span)
        found = PAID_TO.search(tape.letters)
        money = found and max(found.start("money"), found.start("first"))
        if found and money is not None and place.slice(tape.span(money)).lower() in THE_MONEY:
            given = frames.Found(*found.span("who"), "recipient.follows", money)
            return answer(given, tape, place, cast)
    return NOBODY


# The surest first.
LOOKS: Final = (
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
    return answer(frames.Found(at, at + 1, "recipient.country", at), tape, place, cast)


def _near(place: Place) -> Iterator[Span]:
    """The three sentences after and the three before, within the section."""
    outline = place.outline
    later = [span for span in outline.sentences(place.block) if span.start >= place.sentence.end]
    index = place.block + 1
    while len(later) < 3 and index < len(outline.blocks) and outline.blocks[index].kind not in (TITLE, HEADING):
        if outline.blocks[index].kind not in (CELL, BOILERPLATE):
            later += outline.sentences(index)
        index += 1
    yield from later[:3]
    for _, span in outline.before(place.block, place.sentence, 3):
        yield span
