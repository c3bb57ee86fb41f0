"""Writes a sentence down as a short tape of letters, one a word or name, for the frames to be found in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from belopp import grammar
from belopp.actors.bodies import KINDS_OF_BODY
from belopp.actors.letters import CUE_LETTERS, PLAIN, Sign, alphabet, letter_of
from belopp.actors.names import HINTS, NOTHING, Opening
from belopp.actors.passing import passed_over
from belopp.actors.proper import GROUP, NAME, PERSON, PLACE, Named
from belopp.adverbials import FOLLOWING, LONGEST, adverbial_at
from belopp.model import Mention
from belopp.rulebook import Rulebook
from belopp.sentences import Span, Words

# "Skolan får", "förskolan och skolan ska tillföras", "ger vården N", "får skolan N"; not "ger vården bättre tider"
GIVEN: Final = re.compile(r"(?<![tihkmfn])J(?:(?:,|,?o)J)*(?=x?R)|(?:(?<=[VR])|(?<=VS))J(?:(?:,|,?o)J)*(?=M)")
# When somebody collected or was paid, inside a verb of two words.
TIMES: Final = frozenset({("förra", "året"), ("i", "fjol"), ("i", "år"), ("under", "året"), ("varje", "år")})
LEVELS: Final = grammar.HEDGES | {"nära", "sammanlagt", "totalt"}


class Tape(NamedTuple):
    """``letters`` of a sentence; ``names[i]``, ``cues[i]``: the actor or cue's rule that letter ``i`` stands for."""

    letters: str
    names: Mapping[int, Named]
    cues: Mapping[int, str]
    sums: tuple[tuple[int, int], ...]
    stretches: Sequence[tuple[int, int]]

    def at(self, start: int) -> int:
        """The letter of the sum that begins at an offset, or -1."""
        for offset, letter in self.sums:
            if offset == start:
                return letter
        return -1

    def named(self, first: int, last: int) -> list[Named]:
        """The actors behind letters ``first`` to ``last``."""
        return [self.names[index] for index in range(first, last) if index in self.names]

    def span(self, index: int) -> Span:
        """The text behind a letter."""
        return Span(*self.stretches[index])


def write(text: str, tokens: Words, mentions: Sequence[Mention], book: Rulebook) -> Tape:
    """The tape of a sentence's words; every mention is an ``M``, ``sums`` tells where."""
    letters = alphabet(book)
    if len(letters) > HINTS:
        letters.forget()
    tape = _Writer(text, tokens, list(map(letters.__getitem__, tokens.said)))
    dates, openings = tape.read_signs(letters.signs)
    if joint := grammar.as_well_joint(tokens.said):
        tape.plain[joint] = PLAIN["och"]  # "såväl kommuner som regioner"
    for mention in mentions:
        index = bisect_left(tokens.spans, (mention.start,))
        if index < len(tokens.spans) and tokens.spans[index][0] == mention.start:
            tape.mentions[index] = mention.end
    if dates:
        tape.skipped = passed_over(text, tokens, dates)
    if not grammar.AIMS.isdisjoint(tokens.said):
        tape.aim()
    if openings:
        tape.named = {one.first: one for one in letters.recogniser.find(tokens, openings)}
    tape.write()
    if "J" in tape.letters:
        tape.weigh_sectors()
    return Tape("".join(tape.letters), tape.names, tape.cues, tuple(tape.sums), tape.stretches)


class _Writer:
    """The tape while it is being written; mentions, cues, names and what is passed over by their first words."""

    def __init__(self, text: str, tokens: Words, plain: list[str]) -> None:
        self.text, self.plain = text, plain
        self.said, self.spans = tokens
        self.mentions: dict[int, int] = {}
        self.found: dict[int, tuple[str, int]] = {}
        self.stops: list[int] = []
        self.skipped: dict[int, int] = {}
        self.named: dict[int, Named] = {}
        self.letters: list[str] = []
        self.stretches: list[tuple[int, int]] = []
        self.names: dict[int, Named] = {}
        self.cues: dict[int, str] = {}
        self.sums: list[tuple[int, int]] = []
        self.until = 0

    def read_signs(self, signs: Mapping[str, Sign]) -> tuple[list[int], list[tuple[int, Opening]]]:
        """Take the telling words' letters and find the cues; the words of time, and what can begin a name."""
        dates: list[int] = []
        openings: list[tuple[int, Opening]] = []
        free = 0
        for index in [index for index, letter in enumerate(self.plain) if not letter]:
            letter, cues, opening, is_date, stops = signs[self.said[index]]
            self.plain[index] = letter
            if cues and index >= free:
                free = self.find_cue(index, cues)
            if is_date:
                dates.append(index)
            if opening is not NOTHING:
                openings.append((index, opening))
            if stops:
                self.stops.append(index)
        return dates, openings

    def find_cue(self, index: int, cues: Sequence[tuple[tuple[str, ...], str]]) -> int:
        """Note the longest cue that begins at a word; the index of the word after it."""
        if len(cues[0][0]) == 1:  # the longest stand first: nothing is to follow
            self.found[index] = (cues[0][1], index)
            return index + 1
        rest = self.past_adverbs(index + 1)
        second = self.said[rest].casefold() if rest < len(self.said) else ""
        for parts, rule in cues:
            if len(parts) == 1:
                self.found[index] = (rule, index)
                return index + 1
            stop = rest + len(parts) - 1
            if parts[1] == second and tuple(map(str.casefold, self.said[rest:stop])) == parts[1:]:
                self.found[index] = (rule, stop - 1)
                return stop
        return index

    def past_adverbs(self, index: int) -> int:
        """The index after an adverbial or a time that parts a cue: ``betalas i dag ut``, ``samlade i fjol in``."""
        following = self.said[index : index + LONGEST]
        if tuple(map(str.casefold, following[:2])) in TIMES:
            return index + 2
        if not following or following[0].casefold() not in FOLLOWING:
            return index
        return index + adverbial_at([*map(str.casefold, following)], 0)

    def aim(self) -> None:
        """Let ``i syfte att`` open what somebody is to do as ``för att`` does."""
        for index in range(1, len(self.said) - 1):
            opens = self.said[index] in grammar.AIMS and self.said[index + 1] == "att"
            if opens and self.said[index - 1].casefold() in ("i", "med"):
                self.plain[index - 1] = PLAIN["för"]
                self.skipped[index] = self.spans[index][1]

    def write(self) -> None:
        """Write all words down, those that are but their letter many at once."""
        after = 0
        for index in sorted({*self.stops, *self.found, *self.mentions, *self.skipped, *self.named}):
            if index >= after:
                self.copy(after, index)
                after = self.take(index)
        self.copy(after, len(self.plain))

    def weigh_sectors(self) -> None:
        """Let a sector that is given the money be a group, and any other no one: ``till skolan`` says what for."""
        written = "".join(self.letters)
        given = {at for found in GIVEN.finditer(written) for at in range(*found.span())}
        for index in [index for index, letter in enumerate(written) if letter == "J"]:
            if index in given:
                start, end = self.stretches[index]
                self.names[index] = Named(0, 1, self.text[start:end].casefold(), GROUP)
            else:
                del self.cues[index]
            self.letters[index] = "G" if index in given else "x"

    def copy(self, first: int, last: int) -> None:
        """Write words that are but their letter."""
        while first < last and self.spans[first][0] < self.until:
            first += 1
        if first < last:
            self.letters += self.plain[first:last]
            self.stretches += self.spans[first:last]

    def put(self, letter: str, start: int, end: int) -> None:
        self.letters.append(letter)
        self.stretches.append((start, end))
        if end > self.until:
            self.until = end

    def take(self, index: int) -> int:
        """Write what begins at a word; the index of the next word to look at."""
        start, end = self.spans[index]
        if index in self.mentions:
            self.sums.append((start, len(self.letters)))
            self.put("M", start, self.mentions[index])
        elif start < self.until:
            return index + 1
        elif index in self.skipped:
            self.until = self.skipped[index]
        elif index in self.named and not self.is_pointed_at(self.named[index]):
            return self.take_name(self.named[index], start)
        elif self.said[index].casefold() == "till" and self.is_level(index):
            self.put("=", start, end)
        elif index in self.named:
            return self.take_cue(self.named[index].last - 1)
        elif index in self.found:
            return self.take_cue(index)
        elif letter := self.plain[index]:
            self.put(letter, start, end)
        return index + 1

    def is_pointed_at(self, named: Named) -> bool:
        """Whether a name only points at those told of before: ``(de två) myndigheterna``, ``att Stiftelsen``.

        ``Tekniska nämnden`` is a name of its own.
        """
        last = named.last - 1
        if self.found.get(last) != ("recipient.anaphor", last):
            return False
        if named.kind == GROUP:
            return " " not in named.name
        return named.kind == NAME and named.first == last

    def take_cue(self, index: int) -> int:
        """Write a cue; the index of the next word to look at."""
        rule, last = self.found[index]
        start, stop = self.spans[index][0], self.spans[last][1]
        owner = rule == "recipient.anaphor" and self.text[stop - 1] == "s"
        self.cues[len(self.letters)] = rule
        self.put("y" if owner else CUE_LETTERS[rule], start, stop)
        return last + 1

    def take_name(self, named: Named, start: int) -> int:
        """Write an actor; the index of the next word to look at."""
        end = self.spans[named.last - 1][1]
        if named.kind in (PERSON, PLACE):
            self.put("x", start, end)
            return named.last
        self.leave_kind_out(named)
        self.names[len(self.letters)] = named
        self.put(letter_of(named), start, end)
        return self.past_parenthesis(named)

    def leave_kind_out(self, named: Named) -> None:
        """Take back the noun that only says what the name after it is of: ``myndigheten Skolverket``."""
        before = named.first - 1
        if named.actor is None or before < 0 or not self.said[before].casefold().endswith(KINDS_OF_BODY):
            return
        if self.letters and self.letters[-1] in "xY" and self.stretches[-1] == self.spans[before]:
            self.letters.pop()
            self.stretches.pop()
            self.cues.pop(len(self.letters), None)

    def is_level(self, index: int) -> bool:
        """Whether ``till`` leads to a sum: ``uppgår till 5 miljoner`` tells no recipient."""
        if index + 1 in self.named:  # "till 120 kommuner"
            return False
        following = self.said[index + 1 : index + 2]
        return bool(following) and (index + 1 in self.mentions or following[0][0].isdigit() or following[0] in LEVELS)

    def past_parenthesis(self, named: Named) -> int:
        """Past a short ``(TLV)``, ``, FMV,`` or closing quotation mark that only repeats the name before it."""
        said, index = self.said, named.last
        while index < len(said) and said[index] in '”"“':
            index += 1
        if index < len(said) and said[index] == "(":
            for stop in range(index + 1, min(index + 14, len(said))):
                if stop in self.mentions:
                    break
                if said[stop] == ")":
                    return stop + 1
        short = said[index : index + 3]
        if len(short) == 3 and short[0] == short[2] == "," and short[1].isupper() and short[1].isalpha():
            other = self.named.get(index + 1)
            if other is None or other.actor is None or other.actor is named.actor:  # not "Skolinspektionen, SCB,"
                return index + 3
        return index
