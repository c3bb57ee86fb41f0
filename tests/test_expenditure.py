"""The canonical areas: which texts are names of them, and what a sheet of them must hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from belopp import rulebook
from belopp.expenditure import area_key

HEADER = "area,aliases,parent,expenditure_area\n"
HEALTH = '"Hälsovård, sjukvård och social omsorg",,,9\n'


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("vårdköerna", "kortare vårdköer"),
        ("God och nära vård", "god och nära vård"),
        ("Överenskommelse om god och nära vård", "god och nära vård"),
        ("nära vård", "god och nära vård"),
        ("utbyggnaden av bredband", "bredbandsutbyggnad"),
        ("Satsning på skolsociala team", "skolsociala team"),
        ("kvinnors hälsa och förlossningsvård", "förlossningsvård och kvinnors hälsa"),
        ("en bro över Kalix älv", ""),
        ("", ""),
    ],
)
def test_names_of_areas(text: str, name: str) -> None:
    found = rulebook.load().areas.find(text)
    assert (found.name if found else "") == name


def test_every_expenditure_area_has_its_line_and_every_area_its_place() -> None:
    areas = rulebook.load().areas
    tops = [area for area in areas.by_name.values() if not area.parent]
    assert sorted(area.expenditure_area for area in tops) == list(range(1, 28))
    assert all(1 <= areas.expenditure_area(area) <= 27 for area in areas.by_name.values())
    assert len(areas.by_name) > 500
    assert [area.name for area in areas.line(areas.by_name["vårdplatser"])] == [
        "vårdplatser", "tillgänglighet i hälso- och sjukvården", "hälso- och sjukvård",
        "Hälsovård, sjukvård och social omsorg",
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["barn barnen barns barnens", "skola skolan skolor skolorna skolornas", "vård vården"])
def test_the_forms_of_a_noun_are_one(word: str) -> None:
    assert len({area_key(form) for form in word.split()}) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "area,aliases,parent\nvård,,\n",
            "line 1: no column expenditure_area; begin the file with area,aliases,parent",
        ),
        ("area,aliases,parent,expenditure_area,note\nvård,,,9,x\n", "line 1: unknown column note; there are area,"),
        (HEADER + "vård,,9\n", "line 2: too few cells: no expenditure_area; write area, aliases, parent and"),
        (HEADER + "vård, omsorg,,,9\n", "line 2: too many cells; quote what has a comma"),
        (HEADER + ",,,9\n", "line 2: area is empty; write the area's name"),
        (HEADER + "vård,,,28\n", "line 2: vård: expenditure_area '28'; write a number from 1 to 27"),
        (HEADER + "vård,,,9\nvård,,,9\n", "line 3: vård has a line already, line 2; join the two"),
        (
            HEADER + "vård,,,9\nskola,Vården,,16\n",
            r"line 3: skola: 'Vården' is a name of vård \(line 2\); take it from",
        ),
        (HEADER + "vård,!,,9\n", "line 2: vård: '!' is no word; take it"),
        (HEADER + "vård,,omsorg,\n", "line 2: vård: its parent 'omsorg' has no line; add it or mend the name"),
        (HEADER + "vård,,omsorg,\nomsorg,,vård,\n", "line 2: vård: lies in itself, by 'vård'; mend its parent"),
        (HEADER + HEALTH + '"vård",,"Hälsovård, sjukvård och social omsorg",9\n', "line 3: vård: has a parent and an"),
    ],
)
def test_a_broken_line_of_areas_is_refused(tmp_path: Path, content: str, message: str) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(rulebook.rules_folder(), folder)
    (folder / "areas.csv").write_text(content, encoding="utf-8")
    with pytest.raises(rulebook.BrokenRule, match="^areas.csv: " + message):
        rulebook.load(folder)


def test_a_spreadsheet_s_own_form_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(rulebook.rules_folder(), folder)
    text = "\ufeffarea;aliases;parent;expenditure_area\r\nvård, omsorg;sjukvård|hälsa;;9\r\n"
    (folder / "areas.csv").write_bytes(text.encode())
    areas = rulebook.load(folder).areas
    assert [(area.name, area.aliases) for area in areas.by_name.values()] == [("vård, omsorg", ("sjukvård", "hälsa"))]
    assert rulebook.load(folder).digest != rulebook.load().digest
