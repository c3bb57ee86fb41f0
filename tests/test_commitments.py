"""Commitments: which sums of several publications are the same money, and what is told of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from frictionless import Package

from belopp import batch, rulebook, tables
from belopp.cli import belopp
from belopp.commitments import Commitments
from belopp.model import Document, Row
from belopp.tables import AMOUNTS, COMMITMENTS, TABLES, Line, Record

PAID = Row(
    "", 100, 120, "x" * 20, Decimal(284_000_000), Decimal(284_000_000), status="decided", payer=("staten",),
    area="utbyggnad av nattåg", period="2022",
)  # fmt: skip


def publication(doc: str, *rows: Row, published: str = "2022-02-01", title: str = "") -> Record:
    """A publication's record; its rows are set one after the other where they stand at the same place."""
    length = max(row.end for row in rows) + 1
    document = Document(doc, ("x" * length).replace("x" * 40, "x" * 38 + ". "), published=published, title=title)
    return tables.record(document, [replace(row, doc=doc) for row in rows], sha256="0" * 64)


def settled(records: Iterable[Record]) -> tuple[dict[str, str], list[dict[str, object]]]:
    """The commitment of each amount by its id, and the lines of commitments."""
    kept = list(records)
    ids: dict[str, str] = {}
    with Commitments(rulebook.load()) as commitments:
        for record in kept:
            commitments.add(record.amounts)
        commitments.settle()
        for record in kept:
            for line in commitments.filled(record.amounts):
                named = dict(zip(AMOUNTS.names, line, strict=True))
                ids[str(named["amount_id"])] = str(named["commitment_id"])
        return ids, [dict(zip(COMMITMENTS.names, line, strict=True)) for line in commitments.lines()]


def together(one: Row, other: Row, *, published: Sequence[str] = ("2022-02-01", "2022-03-01")) -> bool:
    """Whether two rows, each of its own publication, are one commitment."""
    ids, _ = settled(
        [publication("a.md", one, published=published[0]), publication("b.md", other, published=published[1])]
    )
    return len(set(ids.values())) == 1


# ---------------------------------------------------------------- what is the same money, and what is not


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"area": "nattågens utbyggnad"},
        {"area": "Satsning på utbyggnaden av nattåg"},
        {"status": "proposed"},
        {"status": "paid"},
        {"change": "increase"},
        {"recipient": ("Trafikverket",)},
        {"payer": ()},
        {"period": ""},
        {"modifier": "approx"},
        {"low": Decimal(280_000_000), "high": Decimal(280_000_000), "modifier": "over"},
        {"low": Decimal(300_000_000), "high": Decimal(300_000_000), "modifier": "under"},
    ],
    ids=str,
)
def test_the_same_money_told_otherwise(change: dict[str, object]) -> None:
    assert together(PAID, replace(PAID, **change))  # type: ignore[arg-type]
    assert together(replace(PAID, **change), PAID)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"area": "hotade grodarter"},
        {"area": "utbyggnad av vindskydd", "recipient": ("Boverket",)},
        {"period": "2023"},
        {"period": "2022-2024"},
        {"payer": ("regionerna",)},
        {"change": "decrease"},
        {"per": "year"},
        {"currency": "EUR"},
        {"low": Decimal(285_000_000), "high": Decimal(285_000_000)},
        {"low": Decimal(200_000_000), "high": Decimal(200_000_000), "modifier": "over"},
        {"low": Decimal(280_000_000), "high": Decimal(280_000_000), "modifier": "under"},
        {"low": Decimal(280_000_000), "high": Decimal(300_000_000)},
    ],
    ids=str,
)
def test_other_money(change: dict[str, object]) -> None:
    assert not together(PAID, replace(PAID, **change))  # type: ignore[arg-type]
    assert not together(replace(PAID, **change), PAID)  # type: ignore[arg-type]


def test_two_recipients_are_two_commitments() -> None:
    one, other = (replace(PAID, recipient=(name,)) for name in ("Boverket", "Trafikverket"))
    assert not together(one, other)


def test_a_round_sum_for_a_vague_purpose_is_not_joined() -> None:
    vague = replace(PAID, low=Decimal(5_000_000), high=Decimal(5_000_000), recipient=("Boverket",))
    assert not together(replace(vague, area="kommunernas grodor"), replace(vague, area="kommunernas vindskydd"))


def test_without_any_year_the_dates_decide() -> None:
    undated = replace(PAID, period="", low=Decimal(20_000_000), high=Decimal(20_000_000), recipient=("Trafikverket",))
    assert together(undated, undated, published=("2022-02-01", "2022-02-10"))
    assert not together(undated, undated, published=("2022-02-01", "2023-02-10"))
    assert not together(undated, undated, published=("", ""))
    assert not together(undated, replace(undated, period="2026"), published=("2022-02-01", "2025-12-01"))


@pytest.mark.parametrize("published", [("", ""), ("2022-02-01", ""), ("2022-02-01", "2022-02-01")])
@pytest.mark.parametrize(("kronor", "area"), [(10**9, "stöd"), (3_000_000, "barn")])
def test_a_copy_of_a_publication_tells_of_the_same_money(published: Sequence[str], kronor: int, area: str) -> None:
    """However little the purpose says, and without a date: one document under two addresses."""
    text = "Kiosker vid rastplatser\n\nTotalt får 3 000 000 kronor användas för mätningens genomförande.\n"
    at = text.index("3 000 000")
    small = replace(
        PAID, start=at, end=at + 16, text="3 000 000 kronor", low=Decimal(kronor), high=Decimal(kronor), area=area,
        period="",
    )  # fmt: skip

    def joined(title: str, other: str = text) -> bool:
        documents = [
            Document(f"{n}.md", words, published=day, title=named)
            for n, (words, day, named) in enumerate(
                zip((text, other), published, ("Kiosker vid rastplatser", title), strict=True)
            )
        ]
        records = [tables.record(one, [replace(small, doc=one.id)], sha256="0" * 64) for one in documents]
        return len(set(settled(records)[0].values())) == 1

    assert joined("Kiosker vid rastplatser")
    assert not joined("Grodor i diken")
    assert not joined("Kiosker vid rastplatser", text.replace("mätningens", "kartläggningens"))


def test_a_series_of_like_decisions_is_not_one() -> None:
    small = replace(PAID, low=Decimal(500_000), high=Decimal(500_000), area="lika möjligheter för alla")
    titles = ("Uppdrag till Boverket att främja lika möjligheter", "Uppdrag till Vinnova att främja lika möjligheter")
    records = [publication(f"{n}.md", small, title=title) for n, title in enumerate(titles)]
    assert len(set(settled(records)[0].values())) == 2


def test_a_hedged_title_joins_no_two_exact_sums() -> None:
    rough = replace(
        PAID, start=10, end=20, text="x" * 10, low=Decimal(6 * 10**9), high=Decimal(6 * 10**9), modifier="over"
    )
    whole = replace(PAID, low=Decimal(6_394_500_000), high=Decimal(6_394_500_000), same_as=10)
    part = replace(PAID, low=Decimal(6_093_000_000), high=Decimal(6_093_000_000), same_as=10)
    ids, _ = settled([publication("a.md", rough, whole), publication("b.md", rough, part)])
    assert len(set(ids.values())) == 2


@pytest.mark.parametrize(("hedge", "shown"), [("", "SEK"), ("under", "EUR")])
def test_a_sum_counts_in_its_first_currency_unless_that_is_hedged(hedge: str, shown: str) -> None:
    kronor = replace(PAID, start=10, end=20, text="x" * 10, low=Decimal(500), high=Decimal(500), modifier=hedge)
    euro = replace(PAID, low=Decimal("45.5"), high=Decimal("45.5"), currency="EUR", same_as=10)
    ((_, (line,)),) = [settled([publication("a.md", kronor, euro)])]
    assert line["currency"] == shown


def test_companions_help_what_alone_is_not_enough() -> None:
    def two(doc: str, area: str, published: str) -> Record:
        first = replace(PAID, area=area, period="", low=Decimal(40_000_000), high=Decimal(40_000_000))
        second = replace(first, start=200, end=220, low=Decimal(90_000_000), high=Decimal(90_000_000))
        return publication(doc, first, second, published=published)

    one, other = (two(doc, PAID.area, month) for doc, month in (("a.md", "2022-01-01"), ("b.md", "2022-06-01")))
    assert len(set(settled([one, other])[0].values())) == 2
    alone = [record._replace(amounts=record.amounts[:1]) for record in (one, other)]
    assert len(set(settled(alone)[0].values())) == 2


def test_part_and_total_of_one_document_stay_apart() -> None:
    total = replace(PAID, start=10, end=20, text="x" * 10)
    part = replace(PAID, part_of=10)
    ids, lines = settled([publication("a.md", total, part), publication("b.md", PAID)])
    assert len(lines) == 2
    assert len(set(ids.values())) == 2
    by_name = {line["commitment_id"]: line for line in lines}
    assert by_name[ids["a.md:100-120"]]["parent"] == ids["a.md:10-20"]


def test_restatements_share_a_commitment_and_prices_have_none() -> None:
    first = replace(PAID, start=10, end=20, text="x" * 10, modifier="approx")
    again = replace(PAID, same_as=10)
    price = replace(PAID, start=200, end=220, kind="rate", status="", per="item")
    ids, lines = settled([publication("a.md", first, again, price)])
    assert ids["a.md:10-20"] == ids["a.md:100-120"] != ""
    assert ids["a.md:200-220"] == ""
    (line,) = lines
    assert (line["amount_id"], line["modifier"], line["documents"]) == ("a.md:100-120", "", 1)
    assert line["sources"] == "a.md:10-20|a.md:100-120"


def test_more_statements_than_numbers_are_refused_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("belopp.commitments.blocks._NUMBER", 1)
    for name, sums in ("a.md", "4"), ("b.md", "5"):
        (tmp_path / name).write_text(f"Regeringen avsätter {sums} miljoner kronor till skolan 2024.", encoding="utf-8")
    arguments = ["run", str(tmp_path), "--out", str(tmp_path / "out")]
    assert CliRunner().invoke(belopp, arguments).exit_code == 0
    tables = (tmp_path / "out" / "amounts.csv").read_bytes()
    (tmp_path / "c.md").write_text("Regeringen avsätter 6 miljoner kronor till vården 2024.", encoding="utf-8")
    result = CliRunner().invoke(belopp, arguments)
    assert result.exit_code == 2
    assert "more than 2 statements of funding" in result.stderr
    assert "divide it" in result.stderr
    assert (tmp_path / "out" / "amounts.csv").read_bytes() == tables


# ---------------------------------------------------------------- names


def test_a_name_is_a_short_hash_of_what_was_first_told() -> None:
    ids, _ = settled([publication("a.md", PAID)])
    (name,) = ids.values()
    assert name.startswith("c-")
    assert len(name) == 14
    moved = replace(PAID, start=300, end=320, status="proposed")
    assert set(settled([publication("another/name.md", moved, published="2021-12-01")])[0].values()) == set(
        ids.values()
    )


def test_a_sum_listed_twice_has_two_names_the_same_in_every_order() -> None:
    twice = publication("a.md", PAID, replace(PAID, start=200, end=220))
    later = publication("b.md", PAID, replace(PAID, start=200, end=220), published="2022-05-01")
    ids, lines = settled([twice, later])
    assert len({ids["a.md:100-120"], ids["a.md:200-220"]}) == 2
    assert [line["documents"] for line in lines] == [2, 2]
    assert settled([twice])[0].items() <= ids.items()


def corpus_of_many() -> list[Record]:
    areas = (
        "nattåg",
        "utbyggnad av nattåg",
        "hotade grodarter",
        "skydd av hotade grodor",
        "vindskydd",
        "lärarfortbildning",
    )
    rows = [
        replace(PAID, area=area, period=period, payer=payer, low=Decimal(value), high=Decimal(value), modifier=modifier)
        for area, period, payer, (value, modifier) in itertools.product(
            areas, ("", "2022", "2023"), (("staten",), ("regionerna",)),
            ((284_000_000, ""), (280_000_000, "over"), (5_000_000, "")),
        )
    ]  # fmt: skip
    dates = ("2022-01-05", "2022-03-05", "2022-03", "2023-09-17", "")
    return [publication(f"{n:03}.md", row, published=dates[n * 7 % 5]) for n, row in enumerate(rows * 2)]


def test_names_do_not_depend_on_unrelated_documents_before_or_after() -> None:
    records = corpus_of_many()
    ids, _ = settled(records)
    bridge = replace(PAID, area="en bro över Kalix älv", low=Decimal(7_777), high=Decimal(7_777))
    first, last = publication("!.md", bridge), publication("~.md", bridge, published="2001-01-01")
    assert ids.items() <= settled([first, *records, last])[0].items()


def test_one_purpose_told_by_two_documents_is_named_alike_in_either_order() -> None:
    one, other = (
        publication("a.md", PAID),
        publication("b.md", replace(PAID, modifier="approx"), published="2022-03-01"),
    )
    assert settled([one, other])[0] == settled([other, one])[0]


def test_no_commitment_holds_a_contradiction() -> None:
    records = corpus_of_many()
    ids, lines = settled(records)
    cells = {
        str(line[19]): dict(zip(AMOUNTS.names, line, strict=True)) for record in records for line in record.amounts
    }
    for line in lines:
        sources = [cells[source] for source in str(line["sources"]).split("|")]
        for column in ("period", "payer", "currency"):
            assert len({cell[column] for cell in sources} - {""}) <= 1, line
        assert len({cell["doc"] for cell in sources}) == len(sources) == line["documents"]
    assert len({line["commitment_id"] for line in lines}) == len(lines)
    assert {str(line["commitment_id"]) for line in lines} == set(ids.values())


# ---------------------------------------------------------------- what is told


def test_proposed_and_later_paid_is_one_commitment_moving_on() -> None:
    steps = [
        publication("1.md", replace(PAID, status="proposed", modifier="approx"), published="2021-09-20"),
        publication("2.md", replace(PAID, recipient=("Trafikverket",)), published="2021-12-21"),
        publication("3.md", replace(PAID, status="paid"), published="2022-11"),
    ]
    (line,) = settled(steps)[1]
    assert (line["status"], line["documents"]) == ("paid", 3)
    assert (line["first_seen"], line["last_seen"]) == ("2021-09-20", "2022-11")
    assert (line["modifier"], line["recipient"], line["amount_id"]) == ("", "Trafikverket", "2.md:100-120")
    assert line["disagreement"] == ""


def test_disagreement_names_its_documents() -> None:
    one = replace(PAID, recipient=("kommunerna", "regionerna"))
    other = replace(PAID, recipient=("regionerna",), change="increase")
    (line,) = settled([publication("a.md", one), publication("b.md", other)])[1]
    assert line["disagreement"] == (
        "recipient: kommunerna|regionerna in a.md, regionerna in b.md; change: level in a.md, increase in b.md"
    )


def test_areas_are_told_by_their_canonical_name() -> None:
    row = replace(PAID, area="vårdköerna")
    (line,) = settled([publication("a.md", row)])[1]
    assert (line["area"], line["expenditure_area"]) == ("kortare vårdköer", 9)
    (line,) = settled([publication("a.md", replace(PAID, area="en bro"))])[1]
    assert (line["area"], line["expenditure_area"]) == ("en bro", None)


def test_the_tightest_whole_is_the_parent() -> None:
    def broken_down(doc: str, total: int) -> Record:
        whole = replace(PAID, start=10, end=20, text="x" * 10, low=Decimal(total), high=Decimal(total), area="allt")
        return publication(doc, whole, replace(PAID, part_of=10))

    ids, lines = settled([broken_down("a.md", 900_000_000), broken_down("b.md", 400_000_000)])
    part = next(line for line in lines if line["documents"] == 2)
    assert part["parent"] == ids["b.md:10-20"]
    assert part["also_in"] == ids["a.md:10-20"]


def test_nothing_is_part_of_itself_by_any_way() -> None:
    one = replace(PAID, start=10, end=20, text="x" * 10)
    other = replace(PAID, area="stängsel kring järnvägar")
    there = publication("a.md", one, replace(other, part_of=10))
    back = publication("b.md", replace(one, part_of=100), other)
    _, lines = settled([there, back])
    parents = {line["commitment_id"]: line["parent"] for line in lines}
    assert sorted(map(bool, parents.values())) == [False, True]


# ---------------------------------------------------------------- a run


AGREEMENT = {
    "1-aviserat.md": "# Nya nattåg\n\nPublicerad 20 september 2021\n\n"
    "Regeringen föreslår att 284 miljoner kronor avsätts 2022 till utbyggnad av nattåg.\n",
    "2-avtal.md": "# Överenskommelse om nattåg\n\nPublicerad 3 februari 2022\n\n"
    "Överenskommelsen om utbyggnad av nattåg omfattar 384 miljoner kronor för 2022, varav staten står för 284 miljoner "
    "kronor och regionerna för 100 miljoner kronor.\n",
    "3-tidning.md": "# Pengar till tågen\n\nPublicerad 5 februari 2022\n\n"
    "Regeringen avsätter 284 miljoner kronor 2022 till utbyggnad av nattåg, och regionerna tillför 100 miljoner kronor "
    "2022 till utbyggnad av nattåg.\n",
    "4-lista.md": "# Året som gick\n\nPublicerad 10 januari 2023\n\n"
    "Under 2022 betalades 284 miljoner kronor ut för utbyggnad av nattåg.\n",
    "5-grodor.md": "# Grodorna räddas\n\nPublicerad 11 januari 2022\n\n"
    "Regeringen avsätter 284 miljoner kronor 2022 till skydd av hotade grodarter.\n",
}


@pytest.fixture
def agreement(tmp_path: Path) -> Path:
    folder = tmp_path / "agreement"
    folder.mkdir()
    for name, text in AGREEMENT.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def run(folder: Path, out: Path, **options: object) -> Path:
    batch.run([str(folder)], out=out, **options)  # type: ignore[arg-type]
    return out


def test_an_agreement_announced_repeated_reported_and_listed_again(agreement: Path, tmp_path: Path) -> None:
    out = run(agreement, tmp_path / "out")
    lines = {(line["low"], line["payer"], line["documents"]): line for line in tables.read_csv(out / COMMITMENTS.file)}
    state = lines["284000000", "staten", "4"]
    assert (state["status"], state["first_seen"], state["last_seen"]) == ("paid", "2021-09-20", "2023-01-10")
    regions = lines["100000000", "regionerna", "2"]
    assert state["parent"] == regions["parent"] == lines["384000000", "regionerna|staten", "1"]["commitment_id"]
    assert ("284000000", "staten", "1") in lines  # the frogs
    counts = [line["commitment_id"] for line in tables.read_csv(out / AMOUNTS.file)]
    assert counts.count(state["commitment_id"]) == 4


def test_the_package_of_a_run_is_valid(agreement: Path, tmp_path: Path) -> None:
    out = run(agreement, tmp_path / "out")
    report = Package(str(out / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])
    assert all(tables.faults(tables.read_frame(out, table), table) == [] for table in TABLES)


@pytest.mark.parametrize("options", [{"workers": 2}, {"force": True}], ids=str)
def test_the_same_bytes_whatever_the_way(agreement: Path, tmp_path: Path, options: dict[str, int]) -> None:
    out, other = run(agreement, tmp_path / "out"), run(agreement, tmp_path / "other", **options)
    for name in ("amounts.csv", "amounts.parquet", "commitments.csv", "commitments.parquet"):
        assert (out / name).read_bytes() == (other / name).read_bytes()


def test_a_document_added_later_joins_what_is_known(agreement: Path, tmp_path: Path) -> None:
    late = (agreement / "4-lista.md").read_text(encoding="utf-8")
    (agreement / "4-lista.md").unlink()
    out = run(agreement, tmp_path / "out")
    before = {line["amount_id"]: line["commitment_id"] for line in tables.read_csv(out / AMOUNTS.file)}
    (agreement / "4-lista.md").write_text(late, encoding="utf-8")
    run(agreement, out)
    after = {line["amount_id"]: line["commitment_id"] for line in tables.read_csv(out / AMOUNTS.file)}
    assert before.items() <= after.items()
    whole = run(agreement, tmp_path / "whole")
    assert (out / COMMITMENTS.file).read_bytes() == (whole / COMMITMENTS.file).read_bytes()


def test_the_agreement_of_2022_is_counted_once(shared: Path, tmp_path: Path) -> None:
    out = run(shared / "data" / "seeds", tmp_path / "out")
    several = [line for line in tables.read_csv(out / COMMITMENTS.file) if line["documents"] == "2"]
    assert sorted((line["low"], line["payer"]) for line in several) == [
        ("100000000", "regionerna"),
        ("284000000", "staten"),
    ]
    assert {source[:3] for line in several for source in line["sources"].split("|")} == {"000", "002"}


# ---------------------------------------------------------------- the command


def shown(out: Path, *options: str) -> list[str]:
    result = CliRunner().invoke(belopp, ["commitments", str(out), "--as", "csv", *options], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout.splitlines()[1:]


def test_the_command_shows_what_is_asked_for(agreement: Path, tmp_path: Path) -> None:
    out = run(agreement, tmp_path / "out")
    everything = shown(out)
    assert (out / COMMITMENTS.file).read_text(encoding="utf-8").splitlines()[1:] == everything
    assert len(shown(out, "--told", "2")) == 2
    assert len(shown(out, "--told", "2", "--payer", "regionerna", "--year", "2022")) == 1
    assert shown(out, "--year", "2023") == shown(out, "--disagreeing") == []
    assert len(shown(out, "--area", "GROD")) == 1
    told = CliRunner().invoke(belopp, ["commitments", str(out), "--told", "4"], catch_exceptions=False).stdout
    assert "284 000 000 SEK" in told.replace("\u00a0", " ")
    assert "2021-09-20 to 2023-01-10" in told


def test_a_narrow_terminal_gets_lines_instead_of_columns() -> None:
    from rich.table import Table

    from belopp.cli.screen import fitting

    table = Table("commitment", "area", "to")
    table.add_row("c-1", "drift av bibliotek", "")
    assert fitting(table, 120) is table
    narrow = fitting(table, 80)
    titles, values = (list(column.cells) for column in narrow.columns)
    assert [(t, v) for t, v in zip(titles, values, strict=True) if t] == [
        ("commitment", "c-1"), ("area", "drift av bibliotek"),
    ]  # fmt: skip


def test_the_command_wants_a_run(tmp_path: Path) -> None:
    result = CliRunner().invoke(belopp, ["commitments", str(tmp_path)])
    assert result.exit_code == 2
    assert "no commitments.csv in it; give the folder that belopp run wrote to" in result.stderr


def test_lines_without_funding_are_left_as_they_are() -> None:
    price: Line = publication("a.md", replace(PAID, kind="other", status="")).amounts[0]
    with Commitments(rulebook.load()) as commitments:
        commitments.add([price])
        commitments.settle()
        assert commitments.filled([price]) == (price,)
        assert commitments.filled([]) == ()
        assert list(commitments.lines()) == []
