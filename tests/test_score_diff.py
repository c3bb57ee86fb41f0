"""What differs between two sheets is listed row by row and column by column, and rendered harmlessly."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from belopp.model import Row
from belopp.score import (
    Differences,
    compare,
    differences,
    render_csv,
    render_json,
    render_markdown,
    render_terminal,
    sheet_of,
)

MILLION = Decimal(1_000_000)
BASE = (
    Row("a.md", 10, 24, "5 miljoner kr.", 5 * MILLION, 5 * MILLION, area="bredband", period="2024"),
    Row("a.md", 50, 56, "2 mnkr", 2 * MILLION, 2 * MILLION, area="bredband", part_of=10),
    Row("b.md", 7, 13, "1 mnkr", MILLION, MILLION, payer=("EU", "staten")),
)


def changed(row: Row, **columns: object) -> Row:
    return replace(row, **columns)  # type: ignore[arg-type]


def diff(before: tuple[Row, ...], after: tuple[Row, ...], *, exact: bool = False, **options: bool) -> Differences:
    comparison = compare(sheet_of(before, name="before"), sheet_of(after, name="after"), exact=exact)
    return differences(comparison, as_scored=options.get("as_scored", False))


def test_a_sheet_does_not_differ_from_itself() -> None:
    result = diff(BASE, BASE)
    assert not result.found
    assert result.counts == {}


def test_lost_and_gained_rows_carry_their_value() -> None:
    result = diff(BASE, (*BASE[:2], changed(BASE[2], doc="c.md")))
    assert [(c.doc, c.what, c.before, c.after) for c in result.changes] == [
        ("b.md", "lost", "1000000 SEK", ""),
        ("c.md", "gained", "", "1000000 SEK"),
    ]


@pytest.mark.parametrize(
    ("columns", "what", "before", "after"),
    [
        ({"high": 6 * MILLION}, "value", "5000000 SEK", "5000000..6000000 SEK"),
        ({"currency": "EUR"}, "value", "5000000 SEK", "5000000 EUR"),
        ({"status": "paid"}, "status", "", "paid"),
        ({"area": "bredband i glesbygd"}, "area", "bredband", "bredband i glesbygd"),
        ({"payer": ("EU", "staten")}, "payer", "", "EU|staten"),
        ({"text": "5 miljoner kr,"}, "text", "5 miljoner kr.", "5 miljoner kr,"),
        ({"end": 23, "text": "5 miljoner kr"}, "span", "10-24", "10-23 5 miljoner kr"),
    ],
)
def test_a_changed_column_shows_before_and_after(
    columns: dict[str, object], what: str, before: str, after: str
) -> None:
    (change,) = diff(BASE, (changed(BASE[0], **columns), *BASE[1:])).changes
    assert (change.what, change.before, change.after, change.start) == (what, before, after, 10)


def test_what_the_score_forgives_is_a_difference_unless_asked() -> None:
    near = (changed(BASE[0], area="bredband i glesbygd"), BASE[1], changed(BASE[2], payer=("staten", "EU")))
    assert [change.what for change in diff(BASE, near).changes] == ["area", "payer"]
    assert not diff(BASE, near, as_scored=True).found


def test_a_pointer_follows_its_mention_when_that_moves() -> None:
    moved = (changed(BASE[0], start=11), changed(BASE[1], part_of=11), BASE[2])
    assert [change.what for change in diff(BASE, moved).changes] == ["span"]
    assert [c.what for c in diff(BASE, (BASE[0], changed(BASE[1], part_of=None), BASE[2])).changes] == ["part_of"]


def test_with_exact_spans_a_moved_row_is_lost_and_gained() -> None:
    moved = (BASE[0], changed(BASE[1], end=55), BASE[2])
    assert sorted(change.what for change in diff(BASE, moved, exact=True).changes) == ["gained", "lost"]


def test_only_the_kinds_wanted_are_listed() -> None:
    after = (changed(BASE[0], area="skola", period="2025"), *BASE[1:])
    comparison = compare(sheet_of(BASE), sheet_of(after))
    assert [change.what for change in differences(comparison, kinds={"period"}).changes] == ["period"]


# -------------------------------------------------------------------------------------------- rendering

HOSTILE = diff(BASE, (changed(BASE[0], area="a|b <script> *c* \u202egnp.exe\x1b[31m [red]d[/red] :smile:"), *BASE[1:]))


@pytest.mark.parametrize("render", [render_csv, render_markdown, render_terminal])
def test_control_and_bidirectional_characters_are_written_out(render: object) -> None:
    assert callable(render)
    text = render(HOSTILE)
    assert "\\u202e" in text
    assert all(character.isprintable() or character == "\n" for character in text)


def test_markdown_holds_no_markup_of_the_sheets() -> None:
    lines = render_markdown(HOSTILE).splitlines()
    assert lines[2] == "+0 −0 rows, area 1, in 1 of 2 documents"
    row = lines[-1] or lines[-2]
    assert r"a\|b \<script\> \*c\*" in row


def test_terminal_text_is_not_read_as_markup() -> None:
    assert "[red]d[/red] :smile:" in render_terminal(HOSTILE)
    assert "\x1b[33m" in render_terminal(HOSTILE, colour=True)


@pytest.mark.parametrize("render", [render_terminal, render_markdown])
def test_people_read_digits_in_groups(render: object) -> None:
    assert callable(render)
    text = render(diff(BASE, (changed(BASE[0], high=6 * MILLION), BASE[1])))
    assert "5 000 000..6 000 000 SEK" in text
    assert "1 000 000 SEK" in text
    assert "1000000" not in text


def test_a_narrow_terminal_folds() -> None:
    assert max(map(len, render_terminal(HOSTILE, width=60).splitlines())) <= 60


def test_csv_and_json_hold_every_change() -> None:
    result = diff(BASE, BASE[1:])
    lines = list(csv.DictReader(io.StringIO(render_csv(result))))
    assert [(line["doc"], line["what"], line["before"]) for line in lines] == [("a.md", "lost", "5000000 SEK")]
    plain = json.loads(render_json(result))
    assert (plain["before"], plain["rows_before"], plain["rows_after"]) == ("before", 3, 2)
    assert plain["counts"] == {"lost": 1}
    assert plain["changes"][0]["text"] == "5 miljoner kr."
