"""What a user would otherwise pick, each over the same texts and drawn sentences: its time and the sums it finds.

    python benchmarks/peers.py TOOL ARCHIVE [--mb 1] [--sample SENTENCES.json]

prints one line of JSON.  The floors and spaCy need what the checkout itself needs; ``price-parser``, ``quantulum3``,
``recognizers-text`` and ``duckling`` the packages of ``benchmarks/peers.txt`` (``benchmarks/speed.py`` installs them).
Times are of the processor and by the clock, of the texts alone: imports and what is read before are told apart.
"""

from __future__ import annotations

import argparse
import glob
import importlib.util
import json
import os
import random
import re
import statistics
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final, NamedTuple

SEED: Final = 2026
ROUNDS: Final = 5

Find = frozenset[Decimal]
"""What a tool says of one sum: its value, or both ends of a range."""
Finder = Callable[[str], Iterable[Find]]


class Tool(NamedTuple):
    """A tool by its distribution (``""``: Python's own), and what gives its finder once it has been imported.

    ``lines``: given a line at a time it finds the same and is faster (quantulum3), or finds anything at all (duckling).
    """

    distribution: str
    prepare: Callable[[], Finder]
    lines: bool = False


# ------------------------------------------------------------------ the floors

# From a digit on, so that the scan leaps from digit to digit: 110 to 120 MB a second.
SCAN: Final = re.compile(
    r"[0-9](?<![\w.,][0-9])"
    r"(?:(?<=[0-9])[0-9]{0,2}(?:[ \u00a0\u202f\u2009.][0-9]{3})+(?:,[0-9]{1,3})?|[0-9]*(?:[.,][0-9]{1,3})?)"
    r"(?:\s?[–-]\s?[0-9][0-9 ,.]*)?\s?"
    r"(?:miljon(?:er)?|miljard(?:er)?|mnkr|mkr|mdkr|tkr|kronor|kr\b|SEK|euro|dollar)",
    re.IGNORECASE,
)
NUMBER: Final = re.compile(r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?")
MULTIPLIERS: Final = {
    "tusen": 10**3, "tkr": 10**3, "miljon": 10**6, "miljoner": 10**6, "mkr": 10**6, "mnkr": 10**6, "miljard": 10**9,
    "miljarder": 10**9, "mdkr": 10**9,
}  # fmt: skip
WORDS: Final = dict(zip("en två tre fyra fem sex sju åtta nio tio elva tolv".split(), range(1, 13), strict=True))


def stated(text: str) -> Find:
    """The value of a number with its unit, as somebody would write the few lines for it.

    >>> stated("2,5 miljoner kronor"), stated("tre miljarder"), stated("20 000 SEK")
    (frozenset({Decimal('2500000.0')}), frozenset({Decimal('3000000000')}), frozenset({Decimal('20000')}))
    """
    words = text.lower().split()
    if found := NUMBER.match(text):
        number = Decimal(re.sub(r"\s", "", found[0]).replace(",", "."))
    else:
        number = Decimal(WORDS.get(words[0], 0))
    for word in words:
        number *= MULTIPLIERS.get(word.rstrip("."), 1)
    return frozenset((number,))


def scan() -> Finder:
    """The one pattern that the figures of speed are held against."""
    return lambda text: (stated(found) for found in SCAN.findall(text))


# ------------------------------------------------------------------ the tools


def ours() -> Finder:
    """``belopp.find``, as it is."""
    from belopp import find

    return lambda text: (frozenset((found.low, found.high)) for found in find(text))


def tokens() -> Finder:
    """spaCy's Swedish tokeniser alone, which finds nothing."""
    import spacy

    nlp = spacy.blank("sv")
    nlp.max_length = 100_000_000

    def tokenise(text: str) -> tuple[Find, ...]:
        nlp(text)
        return ()

    return tokenise


def entity_ruler() -> Finder:
    """spaCy's entity ruler with patterns written by hand for Swedish sums in kronor."""
    import spacy

    nlp = spacy.blank("sv")
    nlp.max_length = 100_000_000
    space = {"IS_SPACE": True, "OP": "?"}  # a space that does not break is a token of its own
    head, thousands = {"TEXT": {"REGEX": r"^\d{1,3}$"}}, {"TEXT": {"REGEX": r"^\d{3}$"}}
    plain = {"TEXT": {"REGEX": r"^\d+(?:[.,]\d+)?$"}}
    times = {"LOWER": {"IN": ["tusen", "miljon", "miljoner", "miljard", "miljarder"]}}
    unit = {"LOWER": {"IN": ["kronor", "krona", "kr", "kr.", "sek", "tkr", "mkr", "mnkr", "mdkr"]}}
    end = [space, {**times, "OP": "?"}, space, {"LOWER": "svenska", "OP": "?"}, unit]
    patterns = [
        [plain, *end],
        *([head, *[space, thousands] * groups, *end] for groups in (1, 2, 3)),
        [{"LOWER": {"IN": [*WORDS]}}, times, unit],
    ]
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "MONEY", "pattern": pattern} for pattern in patterns])
    return lambda text: (stated(found.text) for found in nlp(text).ents)


def price_parser() -> Finder:
    """price-parser reads one price of a string, so it is given the sentences that hold a figure and a money word."""
    from price_parser import Price

    sentence = re.compile(r"[^\n.!?]*(?:[.!?](?!\s)[^\n.!?]*)*")
    money = re.compile(r"miljon|miljard|kronor|\bkr\b|\b[mt]n?kr\b|mdkr|SEK", re.IGNORECASE)

    def prices(text: str) -> Iterator[Find]:
        for told in sentence.findall(text):
            if money.search(told) and re.search(r"\d", told):
                amount = Price.fromstring(told).amount
                if amount is not None:
                    yield frozenset((amount,))

    return prices


def quantulum3() -> Finder:
    """quantulum3 does not know kronor: every number that it gives a value counts as a find."""
    from quantulum3 import parser

    return lambda text: (frozenset((decimal(found.value),)) for found in parser.parse(text))


def recognizers_text() -> Finder:
    """recognizers-text has no Swedish in Python; its English knows kronor and SEK."""
    from recognizers_number_with_unit import recognize_currency

    def currencies(text: str) -> Iterator[Find]:
        for found in recognize_currency(text, "en-us"):
            if found.resolution and found.resolution.get("value"):
                yield frozenset((decimal(found.resolution["value"]),))

    return currencies


def duckling() -> Finder:
    """The Clojure library in the package's JARs: it has Swedish rules, although its Python face names none."""
    import jpype

    found = importlib.util.find_spec("duckling")
    if not found or not found.submodule_search_locations:
        raise ImportError("duckling")
    jars = glob.glob(os.path.join(found.submodule_search_locations[0], "jars", "*.jar"))
    jpype.startJVM(classpath=jars, convertStrings=True)
    clojure = jpype.JClass("clojure.java.api.Clojure")
    clojure.var("clojure.core", "require").invoke(clojure.read("duckling.core"))
    languages = clojure.var("clojure.core", "list").invoke("sv")
    asked = clojure.var("clojure.core", "hash-map").invoke(clojure.read(":languages"), languages)
    clojure.var("duckling.core", "load!").invoke(asked)
    parse, swedish = clojure.var("duckling.core", "parse"), clojure.read(":sv$core")
    kind, value = clojure.read("[:amount-of-money]"), clojure.read(":value")

    def amounts(text: str) -> Iterator[Find]:
        for told in parse.invoke(swedish, text, kind):
            yield frozenset((decimal(told.get(value).get(value)),))

    return amounts


def decimal(value: Any) -> Decimal:
    """A number however a tool gives it, rounded to öre; 0 for none."""
    try:
        return round(Decimal(str(value)), 2)
    except InvalidOperation:
        return Decimal(0)


TOOLS: Final = {
    "scan": Tool("", scan),
    "belopp": Tool("belopp", ours),
    "tokens": Tool("spacy", tokens),
    "entity ruler": Tool("spacy", entity_ruler),
    "price-parser": Tool("price-parser", price_parser),
    "quantulum3": Tool("quantulum3", quantulum3, lines=True),
    "recognizers-text": Tool("recognizers-text-suite", recognizers_text),
    "duckling": Tool("duckling", duckling, lines=True),
}


# ------------------------------------------------------------------ time


def texts(archive: Path, mb: float | None) -> tuple[list[str], float, float]:
    """The texts of all documents, or of drawn ones of so many MB; their MB; the processor's seconds for reading all."""
    paths = sorted(archive.rglob("*.md"))
    began = process_time()
    data = [path.read_bytes() for path in paths]
    took = process_time() - began
    if mb is not None:
        random.Random(SEED).shuffle(data)
        size, chosen = 0.0, []
        while data and size < mb:
            chosen.append(data.pop())
            size += len(chosen[-1]) / 1e6
        data = chosen
    return [each.decode("utf-8", "replace") for each in data], sum(map(len, data)) / 1e6, took


def over(find: Finder, told: Sequence[str]) -> dict[str, float]:
    """Seconds, finds and failures of one pass over texts."""
    finds = failed = 0
    clock, processor = perf_counter(), process_time()
    for text in told:
        try:
            for _ in find(text):
                finds += 1
        except Exception:  # noqa: BLE001 (a tool that stumbles over a text goes on with the next, and it is told)
            failed += 1
    return {
        "processor": process_time() - processor,
        "clock": perf_counter() - clock,
        "finds": finds,
        "failed": failed,
    }


def scanned(told: Sequence[str]) -> dict[str, float]:
    """The floor itself: ``findall`` of the pattern over each text, nothing done with what is found; a median."""
    took: list[tuple[float, float]] = []
    finds = 0
    find = SCAN.findall
    for _ in range(ROUNDS):
        clock, processor = perf_counter(), process_time()
        finds = sum(len(find(text)) for text in told)
        took.append((process_time() - processor, perf_counter() - clock))
    processors, clocks = zip(*took, strict=True)
    return {"processor": statistics.median(processors), "clock": statistics.median(clocks), "finds": finds, "failed": 0}


# ------------------------------------------------------------------ found money


def tallied(finds: Sequence[Find], sums: Sequence[Find], others: Sequence[Find] = ()) -> tuple[int, int]:
    """How many of the sums are found with their value, each by a find of its own; and how many finds are of none.

    >>> one, two, three = (frozenset((Decimal(number),)) for number in (1, 2, 3))
    >>> tallied([one, one, three], [one, two])
    (1, 2)
    """
    left = list(finds)
    right = 0
    for wanted in sums:
        match = next((each for each in left if each & wanted), None)
        if match is not None:
            left.remove(match)
            right += 1
    return right, sum(not any(each & other for other in others) for each in left)


def found_money(find: Finder, drawn: Sequence[Sequence[Any]]) -> dict[str, int]:
    """Of the drawn sentences: the sums, those found, finds of another value, and finds where no money is told of."""
    sums = found = wrong = false = 0
    for text, *stated_sums in drawn:
        kronor, others = ([frozenset(map(Decimal, pair)) for pair in pairs] for pairs in stated_sums)
        try:
            finds = list(find(text))
        except Exception:  # noqa: BLE001 (a sentence over which a tool stumbles is one in which it finds nothing)
            finds = []
        right, besides = tallied(finds, kronor, others)
        sums, found = sums + len(kronor), found + right
        wrong, false = wrong + (besides if kronor else 0), false + (0 if kronor else besides)
    return {"sums": sums, "found": found, "wrong": wrong, "false": false}


def main() -> int:
    """Measure one tool; status 3 when it is not installed."""
    parser = argparse.ArgumentParser(description="One tool over the texts of an archive.")
    parser.add_argument("tool", choices=TOOLS)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--mb", type=float, help="drawn documents of so many MB, and not all of them")
    parser.add_argument("--sample", type=Path, help="drawn sentences, as sampling.py --json prints them")
    asked = parser.parse_args()
    tool = TOOLS[asked.tool]
    began = perf_counter()
    try:
        find = tool.prepare()
    except ImportError as error:
        print(f"{asked.tool} is not installed: {error}", file=sys.stderr)
        return 3
    list(find("Det kostar 5 miljoner kronor."))
    loaded = perf_counter() - began
    result: dict[str, Any] = {"loading": loaded, "version": version_of(tool.distribution)}
    told, size, reading = texts(asked.archive, asked.mb)
    result |= {"MB": size, "documents": len(told), "characters": sum(map(len, told)), "reading": reading}
    if tool.lines:
        told = [line for text in told for line in text.splitlines() if line.strip()]
    result |= scanned(told) if asked.tool == "scan" else over(find, told)
    if asked.sample:
        result |= found_money(find, json.loads(asked.sample.read_text(encoding="utf-8")))
    print(json.dumps(result))
    return 0


def version_of(distribution: str) -> str:
    """The version of what is installed."""
    try:
        return version(distribution) if distribution else ""
    except PackageNotFoundError:
        return ""


if __name__ == "__main__":
    sys.exit(main())
