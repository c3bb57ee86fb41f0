"""Tells who carries out what a text says is ordered, and for whom: a contract's sum goes from one to the other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import partial
from typing import Final, NamedTuple

from belopp.actors.cast import Cast
from belopp.actors.giving import FREE
from belopp.actors.names import COLLECTIVES, OF_THE_STATE, recogniser
from belopp.actors.proper import GROUP, Named
from belopp.actors.receivers import NOBODY, Answer, in_order
from belopp.actors.tape import Tape
from belopp.model import CELL, STATE
from belopp.rulebook import Rulebook
from belopp.sentences import Place, Span
from belopp.transfers import GET, saying

RULE: Final = "recipient.contract"
CUSTOMER: Final = "payer.customer"
SELLS: Final = "recipient.sells"
BACK: Final = 3  # sentences before a sum's own that tell whose the contract is
ONWARD: Final = 2  # and after it
# Whoever orders, and carries out nothing for others.
PUBLIC: Final = (*OF_THE_STATE, "eu", "country", "party", *COLLECTIVES)
FIRMS: Final = ("bolaget", "företaget", "koncernen")  # that a text has named, or that go by no other name

_FIRM: Final = r"(?P<who>[AUG](?:o[AUG])*|Y)"
_BUYER: Final = r"(?P<who>[ACLUGS](?:(?:,|o)[ACLUG])*)"
_NO_ONE: Final = "[^M;:AUGLCS]"
# On the tape before a verb: "Alfa i Åby har", "i år har Alfa"
FIRM_BEFORE: Final = re.compile(rf"{FREE}{_FIRM}(?:i[LUC])?[xR]{{0,2}}$")
BUYER_BEFORE: Final = re.compile(rf"{FREE}{_BUYER}(?:i[LUC])?[xZ]{{0,2}}$")
# On the tape after one: "fick Alfa", "beställt tåg av Alfa", "kontrakt på N med Åby kommun"
FIRM_AFTER: Final = re.compile(rf"S?{_FIRM}")
FIRM_OF: Final = re.compile(rf"(?:{_NO_ONE}{{0,8}}[iz]|[^M;:S]{{0,12}}?n)d?{_FIRM}")
BUYER_OF: Final = re.compile(rf"{_NO_ONE}{{0,3}}nd?{_BUYER}")
OF_SELLER: Final = re.compile(r"[^M;:n]{0,10}nd?(?P<who>[AU](?:oA)*)(?:i[LUC])?[fi]x{0,2}$")  # "av Alfa för N"
WITH: Final = re.compile(rf"(?:{_NO_ONE}|M){{0,8}}md?(?P<who>[ACLUGS])")
PAIR_BEFORE: Final = re.compile(r"(?P<one>[ACLUG])o(?P<who>[ACLUG])x?$")
PAIRS: Final = (
    re.compile(r"(?P<one>[ACLUG])od?(?P<who>[ACLUG])"),
    re.compile(rf"(?:{_NO_ONE}|M){{0,6}}id?(?P<one>[ACLUG])od?(?P<who>[ACLUG])"),  # "mellan Alfa och Åby kommun"
)
NEXT: Final = re.compile(r"d?x?(?P<who>[ACLUGS])")

WINS: Final = re.compile(
    rf"\b(?:{saying(*GET, 'vinna', 'säkra', 'landa', 'motta', 'boka')}|{saying('ta', 'dra')}\shem|tilldela[dt]?e?s)\b"
)
AGREES: Final = re.compile(rf"\b{saying('skriva', 'teckna', 'sluta', 'ingå', 'underteckna')}s?\b")
CHOOSES: Final = re.compile(rf"\b(?:{saying('anlita', 'utse', 'välja', 'ge')}|{saying('gå')}\still)\b")
ORDERS: Final = re.compile(
    rf"\b(?:{saying('beställa', 'köpa', 'upphandla')}|{saying('lägga')}(?=[^.]{{0,30}}(?:order|beställning)))\b"
)
_WORK: Final = r"(?:bygg|renover|uppför|utför|leverer|anlägg|tillverk|installer|projekter|rit|rust|monter|byt)"
BUILDS: Final = re.compile(rf"\b{_WORK}(?:er|ar|t|at)?\b")
BUILT: Final = re.compile(rf"\b{_WORK}(?:s|as|es|ts|ats|des)\b(?:\s(?:om|ut|till|upp))?(?=\sav\s)")
BUYER_IS: Final = re.compile(r"\b(?:beställare|kund|kunden|uppdragsgivare|byggherre)(?:\sär\b|:)")
ORDERED_BY: Final = re.compile(r"\b(?:på|i)\suppdrag(?=\sav\s)")
FOR_BUYER: Final = re.compile(r"\båt\b|\b\w*(?:order|ordrar|beställning)\sfrån\b")


class Parties(NamedTuple):
    """Who carries out a contract, and for whom; nobody where a sentence does not say."""

    firm: tuple[Named, ...]
    buyer: tuple[Named, ...]
    cue: Span


def of_contract(place: Place, cast: Cast, book: Rulebook) -> tuple[Answer, Answer]:
    """Who pays and who gets a sum of a text that tells of an order or a contract, as the sentences around it say."""
    outline = place.outline
    if RULE not in book or outline.first(book.cues(RULE)) is None or not _is_of_contract(place, book):
        return NOBODY, NOBODY
    firm = buyer = NOBODY
    for span in _around(place):
        told = outline.kept((RULE, span), partial(_parties, span, place, cast))
        if not firm.names and told.firm:
            firm = Answer(in_order([cast.display(one) for one in told.firm]), RULE, told.cue)
        if not buyer.names and told.buyer and CUSTOMER in book:
            names = {STATE if one.kind in OF_THE_STATE else cast.display(one) for one in told.buyer}
            buyer = Answer(tuple(sorted(names, key=str.casefold)), CUSTOMER, told.cue)
    return buyer, firm


def of_seller(place: Place, cast: Cast, book: Rulebook) -> Answer:
    """Of whom a sum's sentence says that something is bought for it: ``köper tåg av Alfa för N``."""
    before = Span(place.sentence.start, place.mention.start)
    cue = book.cues(SELLS).first(place.lowered, *before) if SELLS in book and place.kind != CELL else None
    if cue is None:
        return NOBODY
    tape = cast.own_tape(place)
    at = tape.at(place.mention.start)
    found = OF_SELLER.match(tape.letters[: max(at, 0)], bisect_left(tape.stretches, (cue.end,)))
    named = tape.named(*found.span("who")) if found else []
    if not named or any(one.kind in PUBLIC for one in named):
        return NOBODY
    return Answer(in_order([cast.display(one) for one in named]), SELLS, Span(cue.start, cue.end))


def _is_of_contract(place: Place, book: Rulebook) -> bool:
    """Whether a sum's sentence, its title, or the sentence before or after it speaks of a contract."""
    cues = book.cues(RULE)
    return any(cues.first(place.lowered, *span) for span in _around(place, 1, 1))


def _around(place: Place, back: int = BACK, onward: int = ONWARD) -> Iterator[Span]:
    """A sum's sentence, those before it, nearest first, those after it, and the title."""
    yield place.sentence
    yield from (span for _, span in place.outline.before(place.block, place.sentence, back))
    yield from place.outline.following(place.block, place.sentence)[:onward]
    if title := place.outline.title:
        yield Span(title.start, title.end)


def _parties(span: Span, place: Place, cast: Cast) -> Parties:
    """Who a sentence says carries out a contract, and for whom."""
    tape = cast.tape_of_another(span)
    firm: tuple[Named, ...] = ()
    buyer: tuple[Named, ...] = ()
    for who, is_buyer in _told(span, tape, place.lowered):
        named = tuple(_named(who, tape, place, cast))
        if is_buyer:
            buyer = buyer or named
        elif not firm and not any(one.kind in PUBLIC for one in named):
            firm = named
    return Parties(firm, tuple(one for one in buyer if one not in firm), Span(span.start, span.start))


def _named(who: Span, tape: Tape, place: Place, cast: Cast) -> Iterator[Named]:
    """Those whom letters of a tape name, ``företaget`` among them."""
    for at in range(*who):
        said = place.lowered[slice(*tape.span(at))] if tape.letters[at] == "Y" else ""
        if said in FIRMS:
            yield from cast.antecedent(place, tape.span(at).start, said) or (Named(0, 1, said, GROUP),)
        elif at in tape.names and tape.names[at].name not in recogniser(cast.book).towns:
            yield tape.names[at]


def _told(span: Span, tape: Tape, lowered: str) -> Iterator[tuple[Span, bool]]:
    """The letters that name a party of a contract, each with whether that is who ordered it, the surest first."""
    for verb, *looks in TELLING:
        for said in verb.finditer(lowered, *span):
            first = bisect_left(tape.stretches, (said.start(),))
            last = bisect_left(tape.stretches, (said.end(),))
            if verb is AGREES:
                yield from _agreed(tape, first, last)
            for look, is_buyer in looks:
                before = look.pattern.endswith("$")
                found = look.search(tape.letters, 0, first) if before else look.match(tape.letters, last)
                if found:
                    yield Span(*found.span("who")), is_buyer


def _agreed(tape: Tape, first: int, last: int) -> Iterator[tuple[Span, bool]]:
    """Both who agree, before a verb and after it: a company tells of its order, a municipality of whom it hires."""
    pair = next(
        filter(None, (PAIR_BEFORE.search(tape.letters, 0, first), *(each.match(tape.letters, last) for each in PAIRS))),
        None,
    )
    subject, other = BUYER_BEFORE.search(tape.letters, 0, first), WITH.match(tape.letters, last)
    if pair:
        told = [Span(*pair.span("one")), Span(*pair.span("who"))]
    else:
        told = [Span(*found.span("who")) for found in (subject, other) if found]
    buys = [any(tape.names[at].kind in PUBLIC for at in range(*who) if at in tape.names) for who in told]
    for index, who in enumerate(told):
        alone = len(told) == 1 and subject is None  # "kontrakt har tecknats med Alfa"
        yield who, buys[index] or not alone and index > 0 and not buys[0]


# The surest first: a verb, and what stands beside it on the tape, each with whether that is who ordered.
TELLING: Final[tuple[tuple[re.Pattern[str], *tuple[tuple[re.Pattern[str], bool], ...]], ...]] = (
    (BUYER_IS, (NEXT, True)),
    (ORDERED_BY, (BUYER_OF, True)),
    (FOR_BUYER, (NEXT, True)),
    (AGREES,),
    (ORDERS, (BUYER_BEFORE, True), (FIRM_OF, False)),
    (CHOOSES, (FIRM_AFTER, False), (BUYER_BEFORE, True)),
    (WINS, (FIRM_BEFORE, False), (FIRM_AFTER, False), (BUYER_OF, True)),
    (BUILT, (FIRM_OF, False)),
    (BUILDS, (FIRM_BEFORE, False)),
)
