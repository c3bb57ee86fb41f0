"""Time grows with the length of a text, not with its square, whatever the text repeats.

Times are of the processor and compared with each other, tried again when they look bad: the machine is shared.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable
from functools import cache, partial

import pytest
import regex

import belopp
from belopp import rulebook
from belopp.extract import examine
from belopp.find import find
from belopp.read import parse
from belopp.rulebook import Cues

TRIES = 4
# Twice the text may take 2.9 times as long: what is proportional takes twice, what is quadratic four times.
MOST = 2.9**2
# Beneath this, in seconds, nothing is measured but the machine.
NOTHING = 0.06
UNITS = (
    "1 ", "1", "1 000 ", "2024, ", "och ", "miljoner ", "mellan 5 och ", "till ", "per år ", "5 respektive ", "två ",
    "[5 mnkr](x) ", "http://", "[", "(", "<", "a\u030a", "\u00ad", "\n|", "\n---", "`a ", "_a ", "Anna ", "SEK ", "$",
)  # fmt: skip
# Each states a sum, which takes a thousand times what a word does.
SUMS = ("Staten ger 5 mnkr. ", "\n- 5 mnkr till skolan", "\n\nStaten ger 5 mnkr till vården.", "\n\n## Rubrik 5 mnkr")
# All in one sentence, which is cut after 2,000 characters.
BREATHLESS = ("5 mnkr ", "varav 5 mnkr ", "**5 mnkr** ", "\n> 5 mnkr", "totalt 5 mnkr och ")


def took(work: Callable[[int], object], size: int) -> float:
    began = time.process_time()
    work(size)
    return time.process_time() - began


def grows_with_size(work: Callable[[int], object], size: int) -> None:
    """Hold ``work`` at four times a size against it at the size itself."""
    told = []
    for _ in range(TRIES):
        small, middle, large = (took(work, size * times) for times in (1, 2, 4))
        if large < NOTHING or large <= MOST * max(small, NOTHING / 40):
            return
        told.append((small, middle, large))
    raise AssertionError(f"{size} and twice, four times that took {told} s")


@pytest.mark.parametrize(
    ("unit", "size"),
    [
        *((unit, 6_000) for unit in UNITS),
        *((unit, 2_000) for unit in SUMS),
        *(pytest.param(unit, 4_000, marks=pytest.mark.long) for unit in BREATHLESS),
    ],
    ids=ascii,
)
def test_a_document_that_repeats_itself(unit: str, size: int) -> None:
    def work(size: int) -> None:
        text = f"# Rubrik\n\nStaten ger 5 mnkr till vård {unit * (size // len(unit))}\n\nSlut 5 mnkr.\n"
        examine(parse(text.encode(), id="a.md", published="2024-05-05"))

    work(10)
    grows_with_size(work, size)


@pytest.mark.parametrize("unit", ["1 ", "och ", "miljoner "])
def test_a_hundred_thousand_of_one_word(unit: str) -> None:
    grows_with_size(lambda size: find("5 mnkr " + unit * size), 25_000)


def table_of(cells: int) -> bytes:
    return ("<table>" + ("<tr><td>Norr" + "<td>5 000" * 9) * (cells // 10) + "</table>").encode()


def test_a_table_of_a_hundred_thousand_cells() -> None:
    assert len(parse(table_of(100_000), id="a.html").blocks) == 100_000
    grows_with_size(lambda size: parse(table_of(size), id="a.html"), 10_000)


def test_a_table_of_money() -> None:
    def work(size: int) -> None:
        rows = "".join(f"| Region {row} | {row} 000 |\n" for row in range(1, size))
        examine(parse(f"# Medel\n\n| Region | tkr |\n|---|---|\n{rows}".encode(), id="a.md"))

    work(5)
    grows_with_size(work, 60)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern that stands in a module that reads or describes, and that of every rule."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(belopp.__path__, "belopp."):
        if module.name.split(".")[1] in READING:
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern | regex.Pattern) and isinstance(value.pattern, str):
                    found[f"{module.name}.{name}"] = value
    rules = rulebook.load().rules.values()
    return found | {rule.id: Cues([rule])._pattern for rule in rules if rule.words}


READING = (
    "actors", "area", "checks", "commitments", "find", "links", "numerals", "period", "purpose", "read", "sentences",
)  # fmt: skip
# Tried at one place of a stretch, not searched for in it: one pass is all that they take.
AT_ONE_PLACE = set(
    """actors.labels.LABEL actors.proper.COMPOUND actors.receivers.ASIDE actors.setting.DIVIDED area.labels.WHERE
    find._DASHED find.amounts.JOINT find.recurrence._DATED find.recurrence._UNTIL find.recurrence._YEAR find.single.MORE
    period.sentence.NEXT period.sentence.VERB_NEXT period.surroundings.THEREAFTER purpose.reach.MONEY_GROWS
    read.boilerplate._LINE""".split()
)


@pytest.mark.parametrize("unit", ["1 ", "1", "2024, ", "och ", "miljoner ", "Anna "])
def test_every_pattern_on_text_that_repeats_itself(unit: str) -> None:
    """A sentence has at most 2,000 characters; no pattern may take more than a moment for them."""
    held = {name: each for name, each in patterns().items() if name.removeprefix("belopp.") not in AT_ONE_PLACE}
    slow = {name: each for name, each in held.items() if is_slow(each, unit)}
    assert [name for name, each in slow.items() if is_slow(each, unit) and is_slow(each, unit)] == []


def is_slow(pattern: re.Pattern[str], unit: str) -> bool:
    short, long = (took(partial(search, pattern, unit), size) for size in (500, 2_000))
    return long > 0.1 and long > 9 * short


def search(pattern: re.Pattern[str], unit: str, size: int) -> None:
    for _ in pattern.finditer((unit * size)[:size]):
        pass
