"""Writes a sentence down as a short tape of letters, one a word or name, for the frames to be found in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from belopp.actors.names import HINTS, NOTHING, SOFT, Opening, as_said, recogniser
from belopp.actors.passing import SKIPPED, dates_or_opens, passed_over
from belopp.actors.proper import GROUP, NAME, PERSON, Named
from belopp.model import STATE, Mention
from belopp.rulebook import Rulebook
from belopp.sentences import Span, Word, words

# One letter for each kind of word that a cue of rules/actors.toml can be; names have letters of their own.
CUE_LETTERS: Final = {
    "recipient.to": "t",
    "recipient.through": "h",
    "recipient.split": "/",
    "recipient.receives": "R",
    "recipient.boosted": "B",
    "recipient.gives": "V",
    "recipient.helps": "H",
    "recipient.passes_on": "O",
    "recipient.spends": "!",
    "recipient.appropriation": "K",
    "recipient.support": "T",
    "recipient.anaphor": "Y",
    "recipient.assignment": "W",
    "recipient.used_by": "&",
    "recipient.of": "n",
    "recipient.goes": ">",
    "recipient.concerns": "@",
    "recipient.requests": "?",
    "recipient.at": "%",
    "recipient.applies": "|",
    "recipient.donor": "D",
    "recipient.enables": "E",
    "payer.together": "+",
    "payer.contributes": "Z",
    "payer.from": "z",
}
PLAIN: Final = {
    "för": "f", "åt": "t", "med": "m", "som": "q", "varav": "v", "därav": "v", "där": "v", "att": "e", "av": "n",
    "och": "o", "samt": "o", "respektive": "o", "eller": "o", "den": "d", "det": "d", "de": "d",
    ".": ".", "!": ".", ",": ",", ";": ";", ":": ":", "(": "(", ")": ")", "–": "-", "—": "-",
    **dict.fromkeys("i på inom om under mellan mot hos från över ur enligt efter utöver".split(), "i"),
}  # fmt: skip
# Compounds of these are kinds of support too: "reformstöd", "driftbidraget".
SUPPORTS: Final = tuple("stöd stödet bidrag bidraget bidragen bistånd biståndet tillskott tillskottet".split())
COUNTED: Final = ("kommuner", "regioner", "organisationer", "föreningar", "företag", "lärosäten", "länder")
LEVELS: Final = frozenset("totalt sammanlagt ca cirka drygt nästan nära omkring högst över minst".split())


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


class Sign(NamedTuple):
    """What a word can mean on a tape, wherever it stands: its letter is ``""`` when it is passed over."""

    low: str
    letter: str
    cues: tuple[tuple[tuple[str, ...], str], ...]
    opening: Opening
    dates: bool  # whether words of time or a set phrase begin or end with it
    plain: bool  # whether it is its letter and nothing more


class Alphabet:
    """The signs of words, under one rulebook."""

    def __init__(self, book: Rulebook) -> None:
        self.recogniser = recogniser(book)
        self.supports = SUPPORTS if "recipient.support" in book else ()
        self.cues: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for key in CUE_LETTERS:
            for phrase in book.rules[key].words if key in book else ():
                parts = tuple(word.text.casefold() for word in words(phrase))
                self.cues.setdefault(parts[0], []).append((parts, key))
        for phrases in self.cues.values():
            phrases.sort(key=lambda entry: -len(entry[0]))
        self.sign = lru_cache(HINTS)(self._sign)

    def _sign(self, word: str) -> Sign:
        low = word.casefold()
        letter = PLAIN.get(low) or ("T" if low.endswith(self.supports) else "x")
        opening, cues, dates = self.recogniser.opening(word), tuple(self.cues.get(low, ())), dates_or_opens(low)
        plain = not cues and not dates and opening is NOTHING and low != "till"
        return Sign(low, "" if low in SKIPPED else letter, cues, opening, dates, plain)


@cache
def alphabet(book: Rulebook) -> Alphabet:
    """The alphabet of a rulebook, made once."""
    return Alphabet(book)


def write(text: str, sentence: Span, mentions: Sequence[Mention], book: Rulebook) -> Tape:
    """The tape of a sentence; every mention is an ``M``, ``sums`` tells where."""
    tokens = words(text, sentence.start, sentence.end)
    if text.find(SOFT, sentence.start, sentence.end) >= 0:
        tokens = as_said(tokens)
    letters = alphabet(book)
    signs = list(map(letters.sign, [token.text for token in tokens]))
    telling = [(index, sign) for index, sign in enumerate(signs) if not sign.plain]
    tape = _Writer(text, tokens, signs, mentions)
    tape.found = find_cues(tokens, signs, telling)
    tape.skipped = passed_over(text, tokens, [index for index, sign in telling if sign.dates])
    named = letters.recogniser.find(tokens, [(index, sign.opening) for index, sign in telling])
    tape.write({one.first: one for one in named})
    return Tape("".join(tape.letters), tape.names, tape.cues, tuple(tape.sums), tape.stretches)


def find_cues(
    tokens: Sequence[Word], signs: Sequence[Sign], telling: Sequence[tuple[int, Sign]]
) -> dict[int, tuple[str, int]]:
    """Every cue among the words: its rule and its end, by its start."""
    found: dict[int, tuple[str, int]] = {}
    free = 0
    for index, sign in telling:
        if sign.cues and index >= free:
            for parts, rule in sign.cues:
                stop = index + len(parts)
                if len(parts) == 1 or tuple(one.low for one in signs[index:stop]) == parts:
                    found[tokens[index].start] = (rule, tokens[stop - 1].end)
                    free = stop
                    break
    return found


class _Writer:
    """The tape while it is being written."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Word],
        signs: Sequence[Sign],
        mentions: Sequence[Mention],
    ) -> None:
        self.text, self.tokens, self.signs = text, tokens, signs
        self.found: Mapping[int, tuple[str, int]] = {}
        self.skipped: Mapping[int, int] = {}
        self.mentions = {mention.start: mention.end for mention in mentions}
        self.letters: list[str] = []
        self.stretches: list[tuple[int, int]] = []
        self.names: dict[int, Named] = {}
        self.cues: dict[int, str] = {}
        self.sums: list[tuple[int, int]] = []
        self.until = 0

    def write(self, names: Mapping[int, Named]) -> None:
        """Write all words down, the plain ones on the spot."""
        marked = {*self.mentions, *self.skipped, *(self.tokens[index].start for index in names)}
        letters, stretches = self.letters, self.stretches
        after = 0  # what was taken
        for index, (sign, (_, start, end)) in enumerate(zip(self.signs, self.tokens, strict=True)):
            if index < after:
                continue
            if not sign.plain or start in marked:
                after = self.take(index, names.get(index))
            elif start >= self.until and sign.letter:
                letters.append(sign.letter)
                stretches.append((start, end))

    def put(self, letter: str, start: int, end: int) -> None:
        self.letters.append(letter)
        self.stretches.append((start, end))
        if end > self.until:
            self.until = end

    def take(self, index: int, named: Named | None) -> int:
        """Write what begins at a word; the index of the next word to look at."""
        _, start, end = self.tokens[index]
        if start in self.mentions:
            self.sums.append((start, len(self.letters)))
            self.put("M", start, self.mentions[start])
        elif start < self.until:
            return index + 1
        elif start in self.skipped:
            self.until = self.skipped[start]
        elif named and not self.is_pointed_at(named, start):
            return self.take_name(named, start)
        elif self.signs[index].low == "till" and self.is_level(index):
            self.put("=", start, end)
        elif start in self.found:
            rule, stop = self.found[start]
            owner = rule == "recipient.anaphor" and self.text[stop - 1] == "s"
            self.cues[len(self.letters)] = rule
            self.put("y" if owner else CUE_LETTERS[rule], start, stop)
        elif letter := self.signs[index].letter:
            self.put(letter, start, end)
        return index + 1

    def is_pointed_at(self, named: Named, start: int) -> bool:
        """Whether a group's name is but a word for those told of before: ``myndigheterna``."""
        return named.kind == GROUP and self.found.get(start) == ("recipient.anaphor", self.tokens[named.last - 1].end)

    def take_name(self, named: Named, start: int) -> int:
        """Write an actor; the index of the next word to look at."""
        end = self.tokens[named.last - 1].end
        if named.kind == PERSON:
            self.put("x", start, end)
            return named.last
        self.names[len(self.letters)] = named
        self.put(letter_of(named), start, end)
        return self.past_parenthesis(named.last)

    def is_level(self, index: int) -> bool:
        """Whether ``till`` leads to a sum: ``uppgår till 5 miljoner`` tells no recipient."""
        following = [token.text for token in self.tokens[index + 1 : index + 3]]
        if len(following) == 2 and following[0].isdigit() and following[1].endswith(COUNTED):
            return False  # "till 120 kommuner"
        return any(
            token.start in self.mentions or token.text[0].isdigit() or token.text in LEVELS
            for token in self.tokens[index + 1 : index + 2]
        )  # fmt: skip

    def past_parenthesis(self, index: int) -> int:
        """Past a short ``(TLV)``, ``, FMV,`` or closing quotation mark that only repeats the name before it."""
        tokens = self.tokens
        while index < len(tokens) and tokens[index].text in '”"“':
            index += 1
        if index < len(tokens) and tokens[index].text == "(":
            for stop in range(index + 1, min(index + 14, len(tokens))):
                if tokens[stop].start in self.mentions:
                    break
                if tokens[stop].text == ")":
                    return stop + 1
        short = tokens[index : index + 3]
        if (
            len(short) == 3
            and short[0].text == short[2].text == ","
            and short[1].text.isupper()
            and short[1].text.isalpha()
        ):
            return index + 3
        return index


def letter_of(named: Named) -> str:
    """The letter of an actor: S state, L kommunerna and regionerna, C country, G group, U unlisted, else A."""
    if named.kind == "state" or named.actor is not None and named.actor.canonical == STATE:
        letter = "S"
    elif named.kind in ("region", "municipality"):
        letter = "L"
    elif named.kind == "country":
        letter = "C"
    elif named.kind == GROUP:
        letter = "G"
    else:
        letter = "U" if named.kind == NAME else "A"
    return letter.lower() if named.genitive else letter
