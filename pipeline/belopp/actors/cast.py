"""Knows the actors of one document: full names for abbreviations, who has the assignment, who ``myndigheten`` is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Final

from belopp.actors.names import COLLECTIVE_NAMES, COLLECTIVES, LEADING, recogniser
from belopp.actors.proper import GROUP, NAME, Named
from belopp.actors.tape import Tape, write
from belopp.model import HEADING, TITLE, Mention
from belopp.rulebook import Rulebook
from belopp.sentences import Outline, Place, Span, Words, words
from belopp.sizes import SIZE

# Kinds whose canonical name goes before the name that the text gives.
FOLDED: Final = ("state", "eu", "region", "municipality")
ABBREVIATED: Final = re.compile(r"\(([A-ZÅÄÖ][\w-]{1,24})\)")
# A capital first, which is soon found, then that it begins the word.
SPELLED_OUT: Final = re.compile(r"(?P<short>[A-ZÅÄÖ](?<!\w.)[A-ZÅÄÖ]{2,6}) \((?P<name>[A-ZÅÄÖ][^()\n\d]{8,70})\)")
REACH: Final = 140  # characters: no name is longer
UNREAD: Final = Decimal(0)
FAR: Final = 20  # sentences before, as far back as somebody is pointed at
# What a body of any name may be called: "Bris", "IK Alfa", "Alfa Bygg".
ANY_BODY: Final = frozenset("organisation förening klubb förbund bolag företag koncern".split())
LOCAL: Final = frozenset({"kommun", "region", "landsting"})
# Words that initials leave out.
SMALL: Final = frozenset("för of the och and i for de on in to para la las los y et el".split())
SHORT: Final = re.compile(r"[A-ZÅÄÖ][\w-]{0,6}")
# A sum, roughly, where only the describer's own sentence knows its mentions.
ROUGH_SUM: Final = re.compile(
    rf"""(?:\d[\d\s,.]{{0,24}}|\b(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio)\s|\b[Hh]alv\s)(?:halv\s)?
    (?:miljon\w*|miljard\w*|(?i:{SIZE}|kronor|kr))(?!\w)""",
    re.VERBOSE,
)


class Cast:
    """The actors of a document."""

    def __init__(self, outline: Outline, book: Rulebook) -> None:
        self._text = outline.document.text
        self._words = outline.words
        self._sentences = outline.sentences
        self._blocks = outline.blocks
        self._headings = outline.headings
        self.book = book
        self._tapes: dict[tuple[Span, tuple[tuple[int, int], ...]], Tape] = {}
        self._place: Place | None = None
        self._own: Tape
        self._others: dict[Span, Tape] = {}
        self._full: dict[str, str] = {}
        self.known: dict[str, bool] = {}
        self.going_on: dict[Span, bool] = {}  # sentences, with whether they only go on about money told of before
        self.columns: dict[tuple[int, int], bool] = {}

    def tape(self, sentence: Span, mentions: Sequence[Mention] = ()) -> Tape:
        """The tape of a sentence, written once."""
        key = (sentence, tuple((mention.start, mention.end) for mention in mentions))
        tape = self._tapes.get(key)
        if tape is None:
            tape = write(self._text, self._words(sentence), mentions, self.book)
            self._tapes[key] = tape
        return tape

    def own_tape(self, place: Place) -> Tape:
        """The tape of a sum's own sentence, which is asked for again and again."""
        if place is not self._place:
            self._place, self._own = place, self.tape(place.sentence, place.mentions)
        return self._own

    def tape_of_another(self, sentence: Span) -> Tape:
        """The tape of a sentence whose sums are known by their look alone."""
        if sentence not in self._others:
            self._others[sentence] = self.tape(sentence, rough_sums(self._text, sentence))
        return self._others[sentence]

    def spelled_out(self, short: str) -> str:
        """The full name of an abbreviation, as the document gives it before or in parentheses; else ``""``."""
        text = self._text
        for found in ABBREVIATED.finditer(text) if f"({short})" in text else ():
            if found.group(1) == short and text[found.start() - 1 : found.start()].isspace():
                reach = max(0, found.start() - REACH)
                begin = max(text.rfind(mark, reach, found.start()) + 1 for mark in "\n()")
                name = self._before_parenthesis(text[max(begin, reach) : found.start()], short)
                if name and name.casefold() != short.casefold():
                    return name
        for found in SPELLED_OUT.finditer(text) if f"{short} (" in text else ():
            if found["short"] == short and _initials(words(found["name"]).said, short.casefold()):
                return found["name"]
        return ""

    def _before_parenthesis(self, text: str, short: str) -> str:
        every = words(text.rstrip('”"’ '))
        unquoted = [index for index, word in enumerate(every.said) if word not in '”"“»']
        if not unquoted:
            return ""
        said, spans = [every.said[index] for index in unquoted], [every.spans[index] for index in unquoted]
        found = recogniser(self.book).find(Words(said, spans))
        ending = [named for named in found if named.last == len(said) and named.kind != GROUP]
        if ending and ending[-1].kind != NAME:
            return ending[-1].name
        initials = short.casefold()
        starts = [index for index in range(max(0, len(said) - 10), len(said)) if said[index][0].isupper()]
        fitting = [index for index in starts if _initials(said[index:], initials)]
        fitting = [index for index in fitting if _spells(said[index:], initials)] or fitting[:1]
        firsts = "".join(word[0] for word in said[-len(initials) :]).casefold()
        if not fitting and len(initials) > 2 and firsts == initials:
            fitting = [len(said) - len(initials)]  # "svenska kommittén mot antisemitism (SKMA)": word for word
        if fitting:
            return text[spans[fitting[-1]][0] : spans[-1][1]]
        # "Kustpatruller (Kustbevakningen)": what stands before a name that is no abbreviation is another's.
        return ending[-1].name if ending and SHORT.fullmatch(short) else ""

    def display(self, named: Named) -> str:
        """The name a row gives an actor: folded, or as the document has it, in full where it has that."""
        actor = named.actor
        if actor and (actor.kind in FOLDED or actor.canonical == "SKR"):
            return actor.canonical
        if named.name not in self._full:
            self._full[named.name] = self._in_full(named)
        return self._full[named.name]

    def _in_full(self, named: Named) -> str:
        name, actor = named.name, named.actor
        town = recogniser(self.book).towns.get(name) if actor is None else None
        if town and any(form in self._text for form in (town.canonical, *town.variants)):
            return town.canonical  # "Malmö får N" where the text speaks of "Malmö stad"
        if full := self.spelled_out(name):
            return full
        if actor and actor.canonical[0].islower() and name.casefold() == actor.canonical:
            return actor.canonical
        if actor and actor.canonical[0].islower() and name[0].isupper() and name.casefold() in actor.variants:
            return name.casefold()  # the capital is its sentence's
        if actor is None or actor.kind == GROUP:
            return " ".join(name.split())
        if actor.kind == "agency" and name[0].islower() and name in actor.variants:
            return actor.canonical
        others = (
            other
            for other in (actor.canonical, *actor.variants)
            if len(other) > len(name) and other in self._text and not other.startswith(LEADING)
        )
        first = next(others, "")
        short = SHORT.fullmatch(name) and (sum(map(str.isupper, name)) > 1 or actor.kind == "organisation")
        if first and (short or first.endswith(" " + name) or first.startswith(name)):
            return first if first == actor.canonical else max((first, *others), key=len)
        return " ".join(name.split())

    def assignees(self, place: Place) -> tuple[Named, ...]:
        """Who has the assignment: the section's heading or sentences say it, else the document's first that do."""
        near = [
            Span(self._blocks[i].start, self._blocks[i].end)
            for i in reversed(place.outline.headings(place.block))
            if self._blocks[i].kind != TITLE
        ]
        near += [span for _, span in place.outline.before(place.block, place.sentence, FAR)]
        for span in near:
            if given := self.assigned(span):
                return given
        return self._first_assignee

    def assigned_before(self, place: Place) -> tuple[Named, ...]:
        """Who the sentence just before gives an assignment."""
        before = [span for _, span in place.outline.before(place.block, place.sentence, 1)]
        return self.assigned(before[0]) if before else ()

    def obliged_before(self, place: Place) -> tuple[Named, ...]:
        """Who the sentence just before says shall do something: ``Boverket ska mäta hus. För detta avsätts N``."""
        for _, span in place.outline.before(place.block, place.sentence, 1):
            tape = self.tape(span)
            subject = re.match(r"A(?:(?:,|o|,o)A)*(?=x)", tape.letters)
            if subject and " ska " in self._text[span.start : span.end]:
                return tuple(tape.named(*subject.span()))
        return ()

    @cached_property
    def _first_assignee(self) -> tuple[Named, ...]:
        for index, block in enumerate(self._blocks):
            if block.kind == HEADING:
                continue
            for sentence in self._sentences(index):
                if given := self.assigned(sentence):
                    return given
        return ()

    def assigned(self, sentence: Span) -> tuple[Named, ...]:
        if (
            "ppdra" not in self._text[sentence.start : sentence.end]
            and "ppgift" not in self._text[sentence.start : sentence.end]
        ):
            return ()
        tape = self.tape(sentence)
        at = tape.letters.find("W")
        return _beside(tape, at) if at >= 0 else ()

    def antecedent(self, place: Place, before: int, word: str) -> tuple[Named, ...]:
        """Who ``myndigheten`` or ``fonden`` is: the nearest actor of that kind named before it."""
        fits = _kind_test(word)
        spans = [
            Span(place.sentence.start, before),
            *(span for _, span in place.outline.before(place.block, place.sentence, FAR)),
        ]
        spans += [
            Span(self._blocks[i].start, self._blocks[i].end) for i in reversed(place.outline.headings(place.block))
        ]
        for span in spans:
            full = place.sentence if span.start == place.sentence.start else span
            tape = self.tape(full)
            found = [
                named
                for index, named in tape.names.items()
                if tape.span(index).end <= span.end and named.kind != "state" and fits(named)
            ]
            if found:
                plural = word.casefold().rstrip("s").endswith(("erna", "orna", "verken"))
                if plural and len(found) == 1:  # one is not "myndigheterna": their sums' union may tell who they are
                    return ()
                if plural:
                    return tuple(found)
                opens = tape.names.get(0)  # who a sentence of its own is about, before whoever it only mentions
                return (opens,) if opens in found and full is not place.sentence else (found[-1],)
        return ()


def rough_sums(text: str, span: Span) -> list[Mention]:
    """The sums of another sentence, as far as their places matter."""
    return [
        Mention(found.start(), found.end(), found.group(), UNREAD, UNREAD) for found in ROUGH_SUM.finditer(text, *span)
    ]


def cast_of(outline: Outline, book: Rulebook) -> Cast:
    """The cast of the document in hand."""
    return outline.kept(("cast", book), lambda: Cast(outline, book))


def _spells(said: Sequence[str], short: str) -> bool:
    """Whether the words' initials, with or without the small words, are the abbreviation."""
    texts = [word.casefold() for word in said if word[0].isalnum()]
    return short in ("".join(text[0] for text in texts), "".join(text[0] for text in texts if text not in SMALL))


def _initials(said: Sequence[str], short: str) -> bool:
    """Whether the words' initials spell the abbreviation, or nearly, or those before a ``for`` do."""
    if _spells(said, short) or "for" in said and _spells(said[: list(said).index("for")], short):
        return True
    main = "".join(word[0].casefold() for word in said if word[0].isalnum() and word.casefold() not in SMALL)
    if len(short) < 3 or not main.startswith(short[0]):
        return False
    if len(main) == len(short) + 1 and main.endswith(short[-1]):  # one word left out: "SBU"
        letters = iter(main)
        return all(letter in letters for letter in short)
    return len(short) - 1 <= len(main) <= len(short) and main[-1] in short


def _beside(tape: Tape, at: int) -> tuple[Named, ...]:
    """The actors just before a cue, else just after it."""
    # "får Skolverket i samverkan med Boverket ett uppdrag": whoever helps has none
    before = re.search(r"(?<=R)[AU](?:(?:,|o|,o)[AU])*(?=(?:ixm|\+)[AU](?:(?:,|o|,o)[AU])*$)", tape.letters[:at])
    before = before or re.search(r"[AYU](?:(?:,|o|,o)[AYU])*[xR]{0,3}$", tape.letters[:at])
    before = before or re.match(r"^[AU](?:(?:,|o|,o)[AU])*(?=R[^M;.,AUR]{0,14}$)", tape.letters[:at])
    after = re.match(r"W[Sd]?([AU](?:(?:,|o|,o)[AU])*)", tape.letters[at:])
    spans = [before.span()] if before else [(at, at + after.end())] if after else []
    return tuple(named for start, end in spans for named in tape.named(start, end) if named.kind != "state")


def _is_local(named: Named) -> bool:
    """Whether a name is that of one municipality or region."""
    return named.kind in COLLECTIVES and named.actor is not None and named.actor.canonical not in COLLECTIVE_NAMES


def _kind_test(word: str) -> Callable[[Named], bool]:
    """Which actors a word such as ``fonden`` or ``myndigheterna`` can stand for."""
    stem = re.sub(r"(?:erna|orna|arna|en|et|an|n)s?$", "", word.casefold())
    stem = "cent" if stem == "centr" else stem  # "centret" of a "center" or a "centrum"
    if stem in ("myndighet", "verk"):
        return lambda named: named.kind == "agency"
    if stem in LOCAL:
        return _is_local
    if stem in ANY_BODY:
        return lambda named: named.kind in ("organisation", NAME)
    return lambda named: (
        stem in named.name.casefold()
        or bool(
            named.actor
            and named.kind != GROUP
            and any(stem in name.casefold() for name in (named.actor.canonical, *named.actor.variants))
        )
    )
