"""Time grows with the length of a text, not with its square, whatever the text repeats.

Times are of the processor and compared with each other: the machine is shared.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache, partial
from typing import TYPE_CHECKING

import pytest
import regex

import belopp
from belopp import rulebook
from belopp.extract import examine
from belopp.find import find
from belopp.numerals import numbers
from belopp.read import parse
from belopp.rulebook import Cues

if TYPE_CHECKING:
    from tests.growth import grows_in_proportion, took
else:
    from growth import grows_in_proportion, took

UNITS = (
    "1 ", "1", "1 000 ", "2024, ", "och ", "miljoner ", "mellan 5 och ", "till ", "per år ", "5 respektive ", "två ",
    "[5 mnkr](x) ", "http://", "[", "(", "<", "a\u030a", "\u00ad", "\n|", "\n---", "`a ", "_a ", "Anna ", "SEK ", "$",
)  # fmt: skip
# Each states a sum, which takes a thousand times what a word does.
SUMS = ("Staten ger 5 mnkr. ", "\n- 5 mnkr till skolan", "\n\nStaten ger 5 mnkr till vården.", "\n\n## Rubrik 5 mnkr")
# All in one sentence, which is cut after 2,000 characters.
BREATHLESS = ("5 mnkr ", "varav 5 mnkr ", "**5 mnkr** ", "\n> 5 mnkr", "totalt 5 mnkr och ")


def test_what_is_quadratic_is_told() -> None:
    with pytest.raises(AssertionError, match="at once take"):
        grows_in_proportion(lambda size: re.search("1+ kr", "1" * size), 4_000)


@pytest.mark.parametrize(
    ("unit", "size"),
    [
        *((unit, 32_000) for unit in UNITS),
        *((unit, 8_000) for unit in SUMS),
        *(pytest.param(unit, 16_000, marks=pytest.mark.long) for unit in BREATHLESS),
        # "bibliotekarierna" could be told of more fully anywhere before it in the paragraph.
        pytest.param("Staten ger 5 mnkr till bibliotekarierna. ", 100_000, marks=pytest.mark.long),
    ],
    ids=ascii,
)
def test_a_document_that_repeats_itself(unit: str, size: int) -> None:
    def work(size: int) -> None:
        text = f"# Rubrik\n\nStaten ger 5 mnkr till vård {unit * (size // len(unit))}\n\nSlut 5 mnkr.\n"
        examine(parse(text.encode(), id="a.md", published="2024-05-05"))

    grows_in_proportion(work, size)


@pytest.mark.parametrize("unit", ["[", "[a](", "](", "**", "* ", "a\n="])
def test_a_text_whose_marks_tell_no_format(unit: str) -> None:
    def work(size: int) -> None:
        parse(f"{unit * (size // len(unit))}\n\nStaten ger 5 mnkr.\n".encode(), id="a.md")

    grows_in_proportion(work, 32_000)


@pytest.mark.parametrize(("sentence", "step"), [("Totalt avsätts {}.", 7), ("Av dessa går {} till skolan.", -7)])
def test_sums_of_which_each_may_be_broken_down(sentence: str, step: int) -> None:
    """Each is the total of those before it, or a part of the one before it, as far as its words go."""

    def work(sums: int) -> None:
        text = " ".join(sentence.format(f"{9_000_001 + step * number} kronor") for number in range(sums))
        assert len(examine(parse(text.encode(), id="a.md")).rows) == sums

    grows_in_proportion(work, 800)


@pytest.mark.parametrize("unit", [
    "1 ", "och ", "miljoner ", "1 miljoner ", "5 kronor, ", "[", "](", "en ", "2 milj", "5 (5) ", "från 5 till ",
])  # fmt: skip
def test_sums_are_looked_for_in_one_pass(unit: str) -> None:
    grows_in_proportion(lambda size: find(unit * size + " 5 miljoner kronor"), 60_000 // len(unit))


@pytest.mark.parametrize("unit", ["1 ", "1.", "en ", "hundra", "tusen ", "och ", " 111", "9"])
def test_numbers_are_looked_for_in_one_pass(unit: str) -> None:
    grows_in_proportion(lambda size: list(numbers(unit * size)), 20_000)


def table_of(cells: int) -> bytes:
    return ("<table>" + ("<tr><td>Norr" + "<td>5 000" * 9) * (cells // 10) + "</table>").encode()


def test_a_table_of_a_hundred_thousand_cells() -> None:
    assert len(parse(table_of(100_000), id="a.html").blocks) == 100_000
    grows_in_proportion(lambda size: parse(table_of(size), id="a.html"), 40_000)


@pytest.mark.parametrize(("label", "size"), [("Region", 240), ("Läxhjälp: löner", 4_000)])
def test_a_table_of_money(label: str, size: int) -> None:
    def work(size: int) -> None:
        rows = "".join(f"| {label} {row} | {row} 000 |\n" for row in range(1, size))
        examine(parse(f"# Medel\n\n| Region | tkr |\n|---|---|\n{rows}".encode(), id="a.md"))

    grows_in_proportion(work, size)


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
# In passes over the text, letter by letter: a tenth of a second or so.
MOMENT = 300
AT_ONE_PLACE = set(
    """actors.labels.LABEL actors.proper.COMMON actors.receivers.ASIDE actors.setting.DIVIDED area.english.BEFORE
    area.labels.WHERE find._DASHED find.amounts.JOINT find.over.NAMED find.single.MORE find.yearly.DATED
    find.yearly.UNTIL find.yearly.YEAR links.levels.NAMED period.commencement.BEFORE_NOW period.levels.SIDE
    period.neighbours.THEREAFTER period.owners.NEXT period.owners.VERB_NEXT period.sentence.BY_THEN
    purpose.astray.IS_GRANTED purpose.governing.SAME purpose.governing.OPENING purpose.governing.SET_BESIDE
    purpose.governing.SHARED purpose.reach.MONEY_GROWS purpose.status.CONTINUES purpose.tabular.NAMES_LIST
    read.boilerplate._LINE""".split()
)


@pytest.mark.parametrize("unit", ["1 ", "1", "2024, ", "och ", "miljoner ", "Anna "])
def test_every_pattern_on_text_that_repeats_itself(unit: str) -> None:
    """A sentence has at most 2,000 characters; no pattern may take more than a moment for them."""
    text = (unit * 2_000)[:2_000]
    held = {name: each for name, each in patterns().items() if name.removeprefix("belopp.") not in AT_ONE_PLACE}
    passes = min(took(partial(search, re.compile(r"\w|\W"), text)) for _ in range(5))
    slow = {name: each for name, each in held.items() if took(partial(search, each, text)) > MOMENT * passes}
    for _ in range(2):
        slow = {name: each for name, each in slow.items() if took(partial(search, each, text)) > MOMENT * passes}
    assert slow == {}


def search(pattern: re.Pattern[str], text: str) -> None:
    for _ in pattern.finditer(text):
        pass
