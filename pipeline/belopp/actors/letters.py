"""Which letter of a tape each word, cue and actor is."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from belopp.actors.names import NOTHING, Opening, recogniser
from belopp.actors.passing import SKIPPED, dates_or_opens
from belopp.actors.proper import GROUP, NAME, Named
from belopp.model import STATE
from belopp.rulebook import Rulebook
from belopp.sentences import words

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
    "recipient.budget": "b",
    "recipient.sector": "J",
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
    "recipient.ranked": "~",
    "recipient.enables": "E",
    "recipient.gives_away": "w",
    "payer.together": "+",
    "payer.contributes": "Z",
    "payer.from": "z",
}
PLAIN: Final = {
    "för": "f", "åt": "t", "med": "m", "som": "q", "varav": "v", "därav": "v", "där": "v", "att": "e", "av": "n",
    "och": "o", "samt": "o", "respektive": "o", "eller": "o", "den": "d", "det": "d", "de": "d", "vi": "S",
    ".": ".", "!": ".", ",": ",", ";": ";", ":": ":", "(": "(", ")": ")", "–": "-", "—": "-",
    **dict.fromkeys("i på inom om under mellan mot hos från över ur efter utöver".split(), "i"), "enligt": "k",
}  # fmt: skip
# Compounds of these are kinds of support too: "reformstöd", "driftbidraget".
SUPPORTS: Final = tuple(
    "stöd stödet stöden bidrag bidraget bidragen bistånd biståndet tillskott tillskottet"
    " ersättning ersättningen".split()
)


class Sign(NamedTuple):
    """What a telling word can mean on a tape, wherever it stands: its letter is ``""`` when it is passed over."""

    letter: str
    cues: tuple[tuple[tuple[str, ...], str], ...]  # those of most words first
    opening: Opening
    dates: bool  # whether words of time or a set phrase begin or end with it
    stops: bool  # whether it is looked at for itself when the tape is written


class Alphabet(dict[str, str]):
    """The letter of each word that is its letter and nothing more, under one rulebook; a telling word has a sign."""

    def __init__(self, book: Rulebook) -> None:
        self.recogniser = recogniser(book)
        self.signs: dict[str, Sign] = {}
        self.supports = SUPPORTS if "recipient.support" in book else ()
        self.cues: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for key in CUE_LETTERS:
            for phrase in book.rules[key].words if key in book else ():
                parts = tuple(map(str.casefold, words(phrase).said))
                self.cues.setdefault(parts[0], []).append((parts, key))
        for phrases in self.cues.values():
            phrases.sort(key=lambda entry: -len(entry[0]))

    def __missing__(self, word: str) -> str:
        low = word.casefold()
        letter = "" if low in SKIPPED else PLAIN.get(low) or ("T" if low.endswith(self.supports) else "x")
        opening, dates = self.recogniser.read_opening(word), dates_or_opens(low)
        stops = not letter or low == "till"
        if stops or dates or opening is not NOTHING or low in self.cues:
            self.signs[word] = Sign(letter, tuple(self.cues.get(low, ())), opening, dates, stops)
            letter = ""
        self[word] = letter
        return letter

    def forget(self) -> None:
        """Begin anew: so many words are not of one document."""
        self.clear()
        self.signs.clear()


@cache
def alphabet(book: Rulebook) -> Alphabet:
    """The alphabet of a rulebook, made once."""
    return Alphabet(book)


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
