"""``belopp show`` and ``belopp explain``: a publication on the screen, harmless, with the reasons for its rows."""

from __future__ import annotations

import csv
import io
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from belopp.cli import pages
from belopp.cli.looking import explain, show
from belopp.model import COLUMNS, HEADING, PARAGRAPH, Block, Document, Reason, Row
from belopp.rulebook import load, rules_folder
from belopp.visible import visible

TEXT = "Bredband\n\nStaten ger 5 mnkr \x1b[2J\u202etill [b]Malmö[/b]. Avgiften är 100 kr."
FIVE = Decimal(5_000_000)
START = TEXT.index("5 mnkr")
FEE = TEXT.index("100 kr")
WHY = (
    Reason("low", "unit.none", START + 2, START + 6),
    Reason("currency", "unit.none", START + 2, START + 6),
    Reason("payer", "payer.none", 10, 17),
)
ROWS = (
    Row("a.md", START, START + 6, "5 mnkr", FIVE, FIVE, status="decided", payer=("staten",), because=WHY),
    Row("a.md", FEE, FEE + 6, "100 kr", Decimal(100), Decimal(100), kind="rate", per="item", same_as=START),
)
DOCUMENT = Document("a.md", TEXT, blocks=(Block(0, 8, HEADING, 1), Block(10, len(TEXT), PARAGRAPH)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain åäö – text", "plain åäö – text"),
        ("3\u00a0000\u2009000", "3 000 000"),
        ("a\x07b\u200fc", "a\\u0007b\\u200fc"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_unprintable_characters_are_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_sums_are_marked_or_coloured_by_kind() -> None:
    plain = pages.publication(DOCUMENT, ROWS, colour=False).plain
    assert plain == "Bredband\n\nStaten ger ⟦5 mnkr⟧ \\u001b[2J\\u202etill [b]Malmö[/b]. Avgiften är ⟦100 kr⟧."
    coloured = pages.publication(DOCUMENT, ROWS, colour=True)
    styles = {coloured.plain[span.start : span.end]: span.style for span in coloured.spans}
    assert styles["5 mnkr"] == pages.KIND_STYLES["funding"]
    assert styles["100 kr"] == pages.KIND_STYLES["rate"]
    assert styles["Bredband"] == "bold"


@pytest.mark.parametrize("wide", [True, False])
def test_the_table_fits_the_terminal(wide: bool) -> None:
    from rich.console import Console

    width = 150 if wide else 80
    console = Console(width=width, file=io.StringIO(), record=True)
    console.print(pages.rows_table(ROWS, wide=wide))
    lines = console.export_text().splitlines()
    assert max(map(len, lines)) <= width
    (fee,) = [line for line in lines if " 100 SEK" in line]
    assert f"= {START}" in fee
    assert ("100 kr" in fee) is wide


def test_the_legend_counts_kinds() -> None:
    assert pages.legend(ROWS).plain == "2 sums, 1 funding, 1 rate"
    assert pages.legend([]).plain == "0 sums"


def test_explanation_names_rule_cue_and_default() -> None:
    told = pages.explanation(DOCUMENT, ROWS[0], ROWS, load()).plain
    assert told.count("unit.none") == 1  # one word decided low and currency
    assert "⟦Staten⟧ ger 5 mnkr" in told  # the space of the cue stays outside
    assert "value     5 000 000 SEK" in told
    assert "status    decided\n          by default: no rule spoke" in told
    assert "\x1b" not in told
    other = pages.explanation(DOCUMENT, ROWS[1], ROWS, load()).plain
    assert f"same_as   {START}: 5 mnkr" in other


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "2024" / "stod.md"
    path.parent.mkdir()
    path.write_text("# Stöd\n\nRegeringen avsätter 30 miljoner kronor för läxhjälp.\n", encoding="utf-8")
    return path


def test_show_prints_the_publication_and_its_rows(page: Path) -> None:
    result = CliRunner().invoke(show, [str(page)])
    assert result.exit_code == 0
    assert "avsätter ⟦30 miljoner kronor⟧ för" in result.stdout
    assert "30 000 000 SEK" in result.stdout
    rows_only = CliRunner().invoke(show, [str(page), "--rows-only"])
    assert "Regeringen" not in rows_only.stdout
    assert "\x1b[" in CliRunner().invoke(show, [str(page), "--colour", "always"]).stdout


def test_show_gives_the_rows_to_programs(page: Path) -> None:
    sheet = CliRunner().invoke(show, [str(page), "--as", "csv"]).stdout
    (line,) = csv.DictReader(io.StringIO(sheet))
    assert tuple(line) == COLUMNS
    (row,) = json.loads(CliRunner().invoke(show, [str(page), "--as", "json"]).stdout)
    assert (row["doc"], row["start"], row["low"]) == ("stod.md", 28, "30000000")
    assert (line["doc"], line["start"], line["low"]) == ("stod.md", "28", "30000000")
    assert {"column", "rule", "start", "end"} == set(row["because"][0])


def test_show_reads_standard_input() -> None:
    result = CliRunner().invoke(show, ["-"], input="Det kostar 3 miljoner kronor.")
    assert "1 sum, " in result.stdout


def test_show_names_a_document_from_its_root(page: Path) -> None:
    root = page.parents[1]
    result = CliRunner().invoke(show, [str(page), "--root", str(root), "--as", "csv"])
    assert "\n2024/stod.md," in result.stdout
    outside = CliRunner().invoke(show, [str(root / "other.md"), "--root", str(page.parent)])
    assert outside.exit_code == 2
    assert "does not lie under" in outside.stderr


def test_an_id_from_the_tables_will_do_below_a_root(page: Path) -> None:
    result = CliRunner().invoke(explain, ["2024/stod.md:28-46", "--root", str(page.parents[1])])
    assert result.stdout.startswith("2024/stod.md:28-46  30 miljoner kronor\n")
    unknown = CliRunner().invoke(explain, ["2024/stod.md:28-46"])
    assert unknown.exit_code == 2
    assert "--root FOLDER" in unknown.stderr


@pytest.mark.parametrize("place", ["28", "30", "28-46"])
def test_explain_takes_any_offset_in_the_sum(page: Path, place: str) -> None:
    result = CliRunner().invoke(explain, [f"{page}:{place}"])
    assert result.exit_code == 0
    assert result.stdout.startswith("stod.md:28-46  30 miljoner kronor\n")


@pytest.mark.parametrize(
    ("place", "cause"),
    [
        ("{page}", "no offset"),
        ("{page}:3", "no sum at 3; the nearest start is 28"),
        ("{page}x:3", "cannot be read at stage open"),
    ],
)
def test_explain_says_what_is_wrong(page: Path, place: str, cause: str) -> None:
    result = CliRunner().invoke(explain, [place.format(page=page)])
    assert result.exit_code == 2
    assert cause in result.stderr


def test_explain_names_the_nearest_starts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Det kostar 3 miljoner kronor och 5 miljoner kronor.", encoding="utf-8")
    result = CliRunner().invoke(explain, [f"{tmp_path / 'a.txt'}:0"])
    assert "no sum at 0; the nearest starts are 11, 33" in result.stderr


def test_explain_says_what_a_default_means(page: Path) -> None:
    told = CliRunner().invoke(explain, [f"{page}:28"]).stdout
    assert "          change.default  A level, because no word says" in told


def test_show_and_explain_take_a_folder_of_rules(page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder)
    (folder / "own.toml").write_text(
        '[[rule]]\nid = "currency.own"\nmeans = "Kisses."\nwords = ["pussar"]\nsets = { currency = "XXX" }\n'
        'examples = ["XXX 7 = Det kostar [7 pussar]."]\n',
        encoding="utf-8",
    )
    page.write_text("Det kostar 7 pussar.", encoding="utf-8")
    assert "7 XXX" in CliRunner().invoke(show, [str(page), "--rules", str(folder)]).stdout
    assert "currency.own  Kisses." in CliRunner().invoke(explain, [f"{page}:11", "--rules", str(folder)]).stdout
    assert CliRunner().invoke(show, [str(page)]).stdout.endswith("0 sums\n")
    folder = folder.rename(tmp_path / "moved")  # what was loaded once is not looked at again
    (folder / "units.toml").unlink()
    for command, place in ((show, str(page)), (explain, f"{page}:11")):
        result = CliRunner().invoke(command, [place, "--rules", str(folder)])
        assert (result.exit_code, "units.toml: missing" in result.stderr) == (2, True)


@pytest.mark.parametrize("given", ["", " ", "igår", "2024-13", "2024-02-30", "24"])
def test_published_must_be_a_date(page: Path, given: str) -> None:
    for command, place in ((show, str(page)), (explain, f"{page}:28")):
        result = CliRunner().invoke(command, [place, "--published", given])
        assert (result.exit_code, "--published" in result.stderr) == (2, True)
        assert "write a year, month or day" in result.stderr
    assert CliRunner().invoke(show, [str(page), "--published", "2024-02"]).exit_code == 0


def test_explain_says_when_there_is_no_sum(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Inga pengar här.", encoding="utf-8")
    result = CliRunner().invoke(explain, [f"{tmp_path / 'a.txt'}:3"])
    assert (result.exit_code, "no sum was found" in result.stderr) == (2, True)
