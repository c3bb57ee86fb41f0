"""Writes a sentence down as a short tape of letters, one a word or name, for the frames to be found in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from belopp.actors.names import SOFT, as_said, recogniser
from belopp.actors.passing import SKIPPED, passed_over
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


@dataclass(frozen=True, slots=True)
class Tape:
    """``letters`` of a sentence; ``names[i]`` and ``spans[i]`` are the actor and the text behind letter ``i``."""

    letters: str
    names: tuple[Named | None, ...]
    spans: tuple[Span, ...]
    cues: tuple[str, ...]
    sums: tuple[tuple[int, int], ...]

    def at(self, start: int) -> int:
        """The letter of the sum that begins at an offset, or -1."""
        return next((letter for offset, letter in self.sums if offset == start), -1)


def write(text: str, sentence: Span, mentions: Sequence[Mention], book: Rulebook) -> Tape:
    """The tape of a sentence; every mention is an ``M``, ``sums`` tells where."""
    tokens = words(text, sentence.start, sentence.end)
    if text.find(SOFT, sentence.start, sentence.end) >= 0:
        tokens = as_said(tokens)
    low = [token.text.casefold() for token in tokens]
    names = {named.first: named for named in recogniser(book).find(tokens)}
    cues = find_cues(tokens, low, book)
    skipped = passed_over(text, tokens, low)
    tape = _Writer(text, mentions, skipped)
    marked = {*tape.mentions, *skipped, *cues, *(tokens[first].start for first in names)}
    supports = "recipient.support" in book
    index = 0
    while index < len(tokens):
        _, start, end = tokens[index]
        if start in marked or low[index] == "till":
            index = tape.take(tokens, index, names.get(index), cues)
            continue
        if start >= tape.until and low[index] not in SKIPPED:
            word = low[index]
            tape.put(PLAIN.get(word) or ("T" if supports and word.endswith(SUPPORTS) else "x"), start, end)
        index += 1
    return tape.finish()


@cache
def _cue_words(book: Rulebook) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The words of the cues by their first word, the longest first."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key in CUE_LETTERS:
        for phrase in book.rules[key].words if key in book else ():
            parts = tuple(word.text.casefold() for word in words(phrase))
            by_first.setdefault(parts[0], []).append((parts, key))
    for phrases in by_first.values():
        phrases.sort(key=lambda entry: -len(entry[0]))
    return by_first


def find_cues(tokens: Sequence[Word], low: Sequence[str], book: Rulebook) -> dict[int, tuple[str, int]]:
    """Every cue among the words: its rule and its end, by its start."""
    by_first = _cue_words(book)
    found: dict[int, tuple[str, int]] = {}
    index = 0
    while index < len(tokens):
        step = 1
        for parts, rule in by_first.get(low[index], ()):
            if tuple(low[index : index + len(parts)]) == parts:
                step = len(parts)
                found[tokens[index].start] = (rule, tokens[index + step - 1].end)
                break
        index += step
    return found


class _Writer:
    """The tape while it is being written."""

    def __init__(self, text: str, mentions: Sequence[Mention], skipped: dict[int, int]) -> None:
        self.text, self.skipped = text, skipped
        self.mentions = {mention.start: mention.end for mention in mentions}
        self.letters: list[str] = []
        self.names: list[Named | None] = []
        self.spans: list[Span] = []
        self.cues: list[str] = []
        self.sums: list[tuple[int, int]] = []
        self.until = 0

    def put(self, letter: str, start: int, end: int, named: Named | None = None, cue: str = "") -> None:
        self.letters.append(letter)
        self.names.append(named)
        self.spans.append(Span(start, end))
        self.cues.append(cue)
        if end > self.until:
            self.until = end

    def take(self, tokens: Sequence[Word], index: int, named: Named | None, cues: dict[int, tuple[str, int]]) -> int:
        """Write what begins at a word; the index of the next word to look at."""
        word, start, end = tokens[index]
        if start in self.mentions:
            self.sums.append((start, len(self.letters)))
            self.put("M", start, self.mentions[start])
        elif start < self.until:
            return index + 1
        elif start in self.skipped:
            self.until = self.skipped[start]
        elif named and named.kind == PERSON:
            self.put("x", start, tokens[named.last - 1].end)
            return named.last
        elif named and not (
            named.kind == GROUP and cues.get(start, ("", 0)) == ("recipient.anaphor", tokens[named.last - 1].end)
        ):
            self.put(letter_of(named), start, tokens[named.last - 1].end, named)
            return self.past_parenthesis(tokens, named.last)
        elif word.casefold() == "till" and self.is_level(tokens, index):
            self.put("=", start, end)
        elif start in cues:
            rule, stop = cues[start]
            owner = rule == "recipient.anaphor" and self.text[stop - 1] == "s"
            self.put("y" if owner else CUE_LETTERS[rule], start, stop, None, rule)
        elif word.casefold() not in SKIPPED:
            self.put("x", start, end)
        return index + 1

    def is_level(self, tokens: Sequence[Word], index: int) -> bool:
        """Whether ``till`` leads to a sum: ``uppgår till 5 miljoner`` tells no recipient."""
        following = [token.text for token in tokens[index + 1 : index + 3]]
        if len(following) == 2 and following[0].isdigit() and following[1].endswith(COUNTED):
            return False  # "till 120 kommuner"
        return any(
            token.start in self.mentions or token.text[0].isdigit() or token.text in LEVELS
            for token in tokens[index + 1 : index + 2]
        )  # fmt: skip

    def past_parenthesis(self, tokens: Sequence[Word], index: int) -> int:
        """Past a short ``(TLV)``, ``, FMV,`` or closing quotation mark that only repeats the name before it."""
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

    def finish(self) -> Tape:
        return Tape("".join(self.letters), tuple(self.names), tuple(self.spans), tuple(self.cues), tuple(self.sums))


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
