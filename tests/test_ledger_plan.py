"""What is to be posted: each krona once, totals by one of their breakdowns, the rest unallocated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from belopp.ledger import Material, Planned, material, plan, total_posted

if TYPE_CHECKING:
    from tests.conftest import funding
else:
    from conftest import funding

KRONA = 100
Rows = Sequence[Mapping[str, str]]


def planned(rows: Rows, checks: Sequence[Mapping[str, str]] = (), horizon: int = 0) -> dict[str, Planned]:
    found: Material = material(rows, checks=checks)
    return plan(found.statements, {p.doc: p for p in found.publications}, horizon=horizon)


def postings(rows: Rows, **options: object) -> dict[str, list[tuple[str, str, int]]]:
    """By commitment: kind, period and kronor of its postings."""
    found = planned(rows, **options)  # type: ignore[arg-type]
    return {
        name: [(p.kind, p.period, p.amount // KRONA) for p in item.postings]
        for name, item in found.items()
        if item.postings
    }


def test_parts_are_posted_and_their_total_is_an_assertion() -> None:
    rows = [
        funding("a", 0, 100, "total", area="vård"),
        funding("a", 50, 60, "x", area="tandvård", part_of=0),
        funding("a", 90, 40, "y", area="ögonvård", part_of=0),
    ]
    found = planned(rows)
    assert postings(rows) == {"x": [("stated", "2024", 60)], "y": [("stated", "2024", 40)]}
    (held,) = found["total"].assertions
    assert (held.stated, held.summed, held.unallocated, held.difference) == (10000, 10000, 0, 0)
    assert (held.verdict, held.posted) == ("proved", 1)
    assert [item.role for item in found.values()] == ["total", "part", "part"]


def test_what_parts_leave_over_is_unallocated() -> None:
    rows = [funding("a", 0, 100, "total"), funding("a", 50, 60, "x", area="tandvård", part_of=0)]
    assert postings(rows) == {"total": [("unallocated", "2024", 40)], "x": [("stated", "2024", 60)]}


def test_of_breakdowns_that_fall_short_the_one_that_leaves_the_least_posts_the_total() -> None:
    """19 426 in all, what each region gets but for a rounding; and the 11 405 of one of the two who pay."""
    rows = [
        funding("a", 0, 19_426, "total"),
        funding("a", 50, 10_000, "north", recipient="norr", part_of=0),
        funding("a", 90, 9_403, "south", recipient="syd", part_of=0),
        funding("a", 130, 11_405, "eu", payer="EU", part_of=0),
    ]
    checks = [
        {"doc": "a", "total": "0", "breakdown": "payer", "parts": "130"},
        {"doc": "a", "total": "0", "breakdown": "recipient", "parts": "50|90"},
    ]
    assert postings(rows, checks=checks) == {
        "north": [("stated", "2024", 10_000)],
        "south": [("stated", "2024", 9_403)],
        "total": [("unallocated", "2024", 23)],
    }
    assert [held.breakdown for held in planned(rows, checks)["total"].assertions] == ["recipient", "payer"]


def test_a_hedged_total_that_its_parts_exceed_has_a_difference_and_nothing_unallocated() -> None:
    rows = [
        funding("a", 0, 11_000, "total", modifier="under"),
        funding("a", 50, 6_370, "x", area="b", part_of=0),
        funding("a", 90, 4_720, "y", area="c", part_of=0),
    ]
    found = planned(rows)
    assert total_posted(found) == 11_090 * KRONA
    (held,) = found["total"].assertions
    assert (held.unallocated, held.difference, held.verdict) == (0, -90 * KRONA, "consistent")


def test_parts_that_exceed_their_total_beyond_rounding_are_not_posted() -> None:
    rows = [
        funding("a", 0, 101, "total"),
        funding("a", 50, 60, "x", area="b", part_of=0),
        funding("a", 90, 61, "y", area="c", part_of=0),
    ]
    found = planned(rows)
    assert postings(rows) == {"total": [("stated", "2024", 101)]}
    assert [held.verdict for held in found["total"].assertions] == ["contradicted"]
    assert found["x"].covered_by == "total"


def test_one_breakdown_is_posted_the_exhaustive_one() -> None:
    rows = [
        funding("a", 0, 100, "total"),
        funding("a", 50, 60, "x", area="tandvård", part_of=0),
        funding("a", 90, 70, "r", recipient="regionerna", part_of=0),
        funding("a", 130, 30, "k", recipient="kommunerna", part_of=0),
    ]
    assert set(postings(rows)) == {"r", "k"}
    assert planned(rows)["x"].covered_by == "total"


def test_of_two_exhaustive_breakdowns_the_one_by_area_is_posted() -> None:
    rows = [
        funding("a", 0, 100, "total"),
        funding("a", 50, 70, "r", recipient="regionerna", part_of=0),
        funding("a", 90, 30, "k", recipient="kommunerna", part_of=0),
        funding("a", 130, 60, "x", area="tandvård", part_of=0),
        funding("a", 170, 40, "y", area="ögonvård", part_of=0),
    ]
    assert set(postings(rows)) == {"x", "y"}


def test_checks_say_which_parts_belong_together() -> None:
    rows = [
        funding("a", 0, 100, "total"),
        funding("a", 50, 70, "r", area="stöd till regioner", recipient="regionerna", part_of=0),
        funding("a", 90, 30, "k", recipient="kommunerna", part_of=0),
        funding("a", 130, 50, "x", area="tandvård", part_of=0),
    ]
    checks = [
        {"doc": "a", "total": "0", "parts": "50|90", "breakdown": "recipient"},
        {"doc": "a", "total": "0", "parts": "130", "breakdown": "area"},
    ]
    assert set(postings(rows, checks=checks)) == {"r", "k"}


def test_what_goes_to_one_recipient_is_posted_by_the_areas_that_prove_it() -> None:
    rows = [
        funding("a", 0, 100, "total"),
        funding("a", 50, 70, "r", recipient="regionerna", part_of=0),
        funding("a", 90, 30, "k", recipient="kommunerna", part_of=0),
        funding("a", 130, 45, "x", area="tandvård", recipient="regionerna", part_of=0),
        funding("a", 170, 25, "y", area="ögonvård", recipient="regionerna", part_of=0),
    ]
    checks = [
        {"doc": "a", "total": "0", "parts": "50|90", "breakdown": "recipient", "verdict": "proved"},
        {"doc": "a", "total": "50", "parts": "130|170", "breakdown": "area", "verdict": "proved"},
        {"doc": "a", "total": "0", "parts": "130|170", "breakdown": "area", "verdict": "partial"},
    ]
    assert postings(rows, checks=checks) == {
        "k": [("stated", "2024", 30)],
        "x": [("stated", "2024", 45)],
        "y": [("stated", "2024", 25)],
    }
    assert {name: item.state for name, item in planned(rows, checks).items()} == dict.fromkeys(
        ["total", "r", "k", "x", "y"], "posted"
    )


def test_a_total_within_a_total() -> None:
    rows = [
        funding("a", 0, 100, "total"),
        funding("a", 50, 60, "x", area="tandvård", part_of=0),
        funding("a", 90, 20, "x1", area="tandvård för barn", part_of=50),
    ]
    assert postings(rows) == {
        "total": [("unallocated", "2024", 40)],
        "x": [("unallocated", "2024", 40)],
        "x1": [("stated", "2024", 20)],
    }
    assert [item.role for item in planned(rows).values()] == ["total", "subtotal", "part"]


def test_the_same_money_in_two_publications_is_posted_once_where_it_is_tightest() -> None:
    """The ministry's 284 of 384, and the 284 in a package of nearly 1 000 that another text tells of."""
    rows = [
        funding("a", 0, 384, "total", payer="regionerna|staten"),
        funding("a", 50, 284, "state", part_of=0),
        funding("a", 90, 100, "regions", payer="regionerna", part_of=0),
        funding("b", 0, 1_000, "package", modifier="under", area="hälsa"),
        funding("b", 50, 284, "state", part_of=0),
        funding("b", 90, 600, "other", area="hjälpmedel", part_of=0),
        funding("b", 130, 100, "regions", payer="regionerna"),
    ]
    found = planned(rows)
    assert total_posted(found) == (384 + 600 + 116) * KRONA
    assert found["state"].parent == "total"
    assert [s.doc for s in found["state"].commitment.statements] == ["a", "b"]
    assert postings(rows)["package"] == [("unallocated", "2024", 116)]


def test_a_restatement_is_a_source_and_the_most_exact_statement_counts() -> None:
    rows = [
        funding("a", 0, 6_300, "c", modifier="over"),
        funding("a", 50, 6_370, "c", same_as=0),
        funding("b", 0, 6_400, "c", modifier="approx"),
    ]
    assert postings(rows) == {"c": [("stated", "2024", 6_370)]}
    assert len(planned(rows)["c"].commitment.statements) == 3


def test_a_headline_that_rounds_gives_way_to_the_body() -> None:
    """``1,5 miljarder till vården`` above ``sammanlagt 1 560 miljoner kronor``: the headline hedges nothing."""
    rows = [funding("a", 0, 1_500, "c"), funding("a", 50, 1_560, "c", same_as=0)]
    assert postings(rows) == {"c": [("stated", "2024", 1_560)]}


def test_a_restatement_on_terms_of_its_own_does_not_count() -> None:
    """However exact it is: what the sum comes to in euro, or the cell of one of several years."""
    rows = [
        funding("a", 0, 500, "c"),
        funding("a", 50, 45_123, "c", same_as=0, currency="EUR"),
        funding("b", 0, 2_600, "yearly", period="2024-2025", per="year", area="b", modifier="approx"),
        funding("b", 50, 2_566, "yearly", period="2024", same_as=0, area="b"),
        funding("b", 90, 2_567, "yearly", period="2025", same_as=0, area="b"),
    ]
    assert postings(rows) == {
        "c": [("stated", "2024", 500)],
        "yearly": [("stated", "2024", 2_600), ("stated", "2025", 2_600)],
    }


RAISE = "Anslaget höjs från 100 kronor till 150 kronor 2025."


@pytest.mark.parametrize(
    ("earlier", "comes_to"),
    [
        ({}, 150),
        ({"period": "2024"}, 250),
        ({"area": "skola"}, 250),
        ({"published": "2024-05-01"}, 250),
        ({"change": "increase"}, 250),
        ({"per": "year"}, 250),
        ({"recipient": "Vinnova"}, 250),
        ({"low": 90, "high": 90}, 240),
    ],
    ids=str,
)
def test_a_level_that_another_publication_raises_is_within_the_new_one(
    earlier: Mapping[str, object], comes_to: int
) -> None:
    """The 100 of the budget for 2025, which the next text raises to 150 for 2025: not 250."""
    rows = [
        {**funding("a", 0, 100, "budget", period="2025"), **{name: str(cell) for name, cell in earlier.items()}},
        funding("b", 18, 100, "old", period="", sentence=RAISE),
        funding("b", 34, 150, "new", period="2025", sentence=RAISE),
    ]
    found = planned(rows)
    assert total_posted(found) == comes_to * KRONA
    within = comes_to == 150
    assert found["budget"].parent == ("new" if within else "")
    assert [held.breakdown for held in found["new"].assertions] == (["level"] if within else [])


def test_another_sum_of_the_same_sentence_is_no_old_level() -> None:
    """``från 20 till 35 till den ena och från 10 till 20 till den andra``: the second 20 is not the first."""
    sentence = "Stödet höjs från 20 kronor till 35 kronor och ett annat från 10 kronor till 20 kronor."
    rows = [
        funding("b", 18, 20, "old", period="", sentence=sentence),
        funding("b", 33, 35, "new", sentence=sentence),
        funding("b", 60, 10, "other old", period="", sentence=sentence),
        funding("b", 75, 20, "other new", sentence=sentence),
    ]
    assert postings(rows) == {"new": [("stated", "2024", 35)], "other new": [("stated", "2024", 20)]}


def test_of_two_that_could_be_the_old_level_neither_is_taken() -> None:
    rows = [
        funding("a", 0, 100, "budget", period="2025"),
        funding("a", 40, 100, "twin", period="2025"),
        funding("b", 18, 100, "old", period="", sentence=RAISE),
        funding("b", 34, 150, "new", period="2025", sentence=RAISE),
    ]
    assert total_posted(planned(rows)) == 350 * KRONA


def test_a_level_that_is_lowered_counts_no_more() -> None:
    """The 156 of the budget for 2025, which the next text lowers to 123."""
    sentence = "Anslaget sänks från 156 kronor till 123 kronor 2025."
    rows = [
        funding("a", 0, 156, "budget", period="2025"),
        funding("b", 19, 156, "old", period="", sentence=sentence),
        funding("b", 35, 123, "new", period="2025", sentence=sentence),
    ]
    found = planned(rows)
    assert total_posted(found) == 123 * KRONA
    assert (found["budget"].state, found["budget"].covered_by) == ("covered", "new")


def test_a_yearly_sum_is_one_posting_a_year() -> None:
    rows = [funding("a", 0, 50, "c", period="2024-2026", per="year")]
    assert postings(rows) == {"c": [("stated", year, 50) for year in ("2024", "2025", "2026")]}


@pytest.mark.parametrize(("horizon", "last"), [(0, 2027), (2025, 2025), (2030, 2030)])
def test_an_open_period_runs_to_the_horizon(horizon: int, last: int) -> None:
    rows = [
        funding("a", 0, 50, "c", period="2024-", per="year"),
        funding("a", 50, 7, "d", period="2027", area="annat"),
    ]
    found = planned(rows, horizon=horizon)["c"]
    assert [posting.year for posting in found.postings] == list(range(2024, last + 1))
    assert found.commitment.horizon == last


def test_a_sum_for_several_years_that_is_not_yearly_is_one_posting() -> None:
    assert postings([funding("a", 0, 50, "c", period="2024-2026")]) == {"c": [("stated", "2024-2026", 50)]}


def test_what_a_yearly_total_leaves_over_is_told_year_by_year() -> None:
    rows = [
        funding("a", 0, 50, "c", period="2024-2026", per="year"),
        funding("a", 50, 20, "x", period="2024-2026", area="b", part_of=0),  # yearly as its total is
    ]
    assert postings(rows)["c"] == [("unallocated", year, 30) for year in ("2024", "2025", "2026")]
    assert total_posted(planned(rows)) == 150 * KRONA


def test_a_breakdown_by_year() -> None:
    rows = [
        funding("a", 0, 100, "c", period="2024-2025"),
        funding("a", 50, 60, "x", period="2024", part_of=0),
        funding("a", 90, 40, "y", period="2025", part_of=0),
    ]
    assert postings(rows) == {"x": [("stated", "2024", 60)], "y": [("stated", "2025", 40)]}


def test_a_decrease_is_negative() -> None:
    rows = [
        funding("a", 0, 100, "c", change="decrease"),
        funding("a", 50, 30, "x", area="b", change="decrease", part_of=0),
    ]
    assert postings(rows) == {"c": [("unallocated", "2024", -70)], "x": [("stated", "2024", -30)]}


def test_an_old_level_is_not_posted() -> None:
    sentence = "Anslaget höjs från 100 kronor till 150 kronor."
    rows = [
        funding("a", 0, 100, "old", period="", sentence=sentence),
        funding("a", 50, 150, "new", sentence=sentence),
    ]
    assert set(postings(rows)) == {"new"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Pengarna går från 100 kronor i bidrag.",
        "Stödet från staten är 100 kronor till kommunerna.",
        "Från 2024 ges 100 kronor till 12 kommuner.",
    ],
)
def test_not_every_from_is_an_old_level(sentence: str) -> None:
    assert set(postings([funding("a", 0, 100, "c", sentence=sentence)])) == {"c"}


def test_only_funding_is_posted() -> None:
    rows = [funding("a", 0, 100, "c"), funding("a", 50, 100, "", kind="rate", status="")]
    assert set(postings(rows)) == {"c"}


def test_what_minor_units_cannot_hold_is_refused_with_its_reason() -> None:
    found = material([funding("a", 0, "0.005", "c"), funding("a", 50, 10**16, "d"), funding("a", 90, 1, "")])
    assert [why for _, why in found.refused] == [
        "0.005 SEK is no whole number of minor units",
        "10000000000000000 SEK is more than the ledger holds",
        "it has no commitment_id",
    ]


def test_a_range_keeps_both_ends() -> None:
    (posting,) = planned([funding("a", 0, 5, "c", high=10)])["c"].postings
    assert (posting.amount, posting.high) == (500, 1000)


def test_what_was_proposed_and_is_decided_elsewhere_has_moved_on() -> None:
    rows = [
        funding("a", 0, 100, "c", status="proposed", published="2023-09-20"),
        funding("b", 0, 100, "c", status="decided", published="2023-12-20"),
        funding("d", 0, 100, "c", status="proposed", published="2024-02-20"),
    ]
    assert planned(rows)["c"].commitment.status == "decided"


def test_a_sum_of_another_currency_is_no_part() -> None:
    rows = [funding("a", 0, 100, "c"), funding("a", 50, 5, "x", currency="EUR", part_of=0)]
    assert postings(rows)["c"] == [("stated", "2024", 100)]


def test_publications_that_contradict_each_other_on_what_is_part_of_what_post_once() -> None:
    rows = [
        funding("a", 0, 100, "x"),
        funding("a", 50, 100, "y", area="b", part_of=0),
        funding("b", 0, 100, "y"),
        funding("b", 50, 100, "x", area="b", part_of=0),
    ]
    assert total_posted(planned(rows)) == 100 * KRONA


# ---------------------------------------------------------------- whatever the documents say


@st.composite
def corpora(draw: st.DrawFn) -> list[dict[str, str]]:
    """Some documents with sums, some of them parts of earlier ones, commitments shared at random."""
    rows = []
    for number in range(draw(st.integers(1, 4))):
        doc = f"d{number}"
        for place in range(draw(st.integers(1, 6))):
            above = draw(st.integers(-1, place - 1))
            rows.append(
                funding(
                    doc,
                    place * 40,
                    draw(st.sampled_from([10, 20, 30, 50, 100])),
                    f"c{draw(st.integers(0, 9))}",
                    area=draw(st.sampled_from(["vård", "skola", "väg"])),
                    modifier=draw(st.sampled_from(["", "", "approx"])),
                    change=draw(st.sampled_from(["", "", "", "decrease"])),
                    period=draw(st.sampled_from(["2024", "2024-2025", "2025-", ""])),
                    per=draw(st.sampled_from(["", "year"])),
                    part_of="" if above < 0 else above * 40,
                )
            )
    return rows


@settings(max_examples=150, deadline=None)
@given(rows=corpora(), order=st.randoms())
def test_order_decides_nothing_and_every_balance_balances(rows: list[dict[str, str]], order: object) -> None:
    found = planned(rows)
    for name, item in found.items():
        posted = [held for held in item.assertions if held.posted]
        assert len(posted) <= 1
        for held in posted:
            assert held.stated == held.summed + held.unallocated + held.difference
            assert held.unallocated == sum(p.amount for p in item.postings)
        assert all(p.kind == ("unallocated" if posted else "stated") for p in item.postings)
        sign = item.commitment.sign
        assert all(p.amount * sign > 0 for p in item.postings)
        assert (item.state == "covered") == bool(item.covered_by)
        assert not item.covered_by or (found[item.covered_by].state == "posted" and not item.postings), name
    shuffled = list(rows)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert planned(shuffled) == found
