"""HTML as a reader of the page sees it: what is hidden, what unfolds, raised marks, spans, terms, depth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from belopp.extract import extract
from belopp.model import CELL, Document
from belopp.read import parse

if TYPE_CHECKING:
    from tests.growth import grows_in_proportion
else:
    from growth import grows_in_proportion


def page(source: str) -> Document:
    return parse(f"<!doctype html><html><body><main>{source}</main></body></html>".encode(), id="sida.html")


def words(source: str) -> list[str]:
    document = page(source)
    return [document.text[block.start : block.end] for block in document.blocks if block.end > block.start]


def grid(source: str) -> list[list[str]]:
    document = page(source)
    rows: dict[int, list[str]] = {}
    for block in document.blocks:
        if block.kind == CELL:
            rows.setdefault(block.row, []).append(document.text[block.start : block.end])
    return list(rows.values())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("år 2024<sup>1</sup> ges", "år 2024 ges"),
        ("år 2024<sup><a href='#n1'>[1]</a></sup> ges", "år 2024 ges"),
        ("5 000<sup>2, 3</sup> kronor", "5 000 kronor"),
        ("5 miljoner kronor<sup>*</sup> till skolor", "5 miljoner kronor till skolor"),
        ("<sup>1</sup> Avser 2024.", "1 Avser 2024."),
        ("30 m<sup>2</sup> yta", "30 m² yta"),
        ("5<sup>1</sup>/<sub>2</sub> miljon", "5 1/2 miljon"),
        ("5<sup>1</sup>⁄<sub>2</sub> miljon", "5 1⁄2 miljon"),
        ("CO<sub>2</sub>", "CO2"),
        ("5<sub>1</sub> kr", "5 1 kr"),
        ("12<sup>000</sup> kr", "12 kr"),
        ("2024<sup>reviderad budget</sup>", "2024 reviderad budget"),
    ],
)
def test_a_raised_mark_never_joins_a_number(source: str, expected: str) -> None:
    assert words(f"<p>{source}</p>")[0] == expected
    assert grid(f"<table><tr><td>{source}<td>x</table>")[0][0] == expected


def test_a_raised_mark_leaves_the_sum_whole() -> None:
    found = extract(
        page("<p>Regeringen ger 284<sup>1</sup> miljoner kronor<sup>2</sup> till skolor 2024<sup>3</sup>.</p>")
    )
    assert [(row.text, int(row.low), row.period) for row in found] == [("284 miljoner kronor", 284_000_000, "2024")]


@pytest.mark.parametrize(
    "source",
    [
        "<details><summary>Skåne</summary><p>5 mnkr</p></details>",
        "<h3><button aria-expanded=false aria-controls=p1>Skåne</button></h3><div id=p1 hidden><p>5 mnkr</p></div>",
        "<button aria-expanded=false aria-controls=p1>Skåne</button><div id=p1 hidden><p>5 mnkr</p></div>",
        "<button aria-expanded=false aria-controls=p1>Skåne</button><div id=p1 style='display:none'>5 mnkr</div>",
        "<div class='accordion'><h3>Skåne</h3><div hidden><p>5 mnkr</p></div></div>",
        "<h3>Skåne</h3><div class='collapsible-panel' hidden><p>5 mnkr</p></div>",
        "<h3>Skåne</h3><div hidden='until-found'><p>5 mnkr</p></div>",
        "<h3 role=tab aria-controls=t1>Skåne</h3><div id=t1 role=tabpanel hidden>5 mnkr</div>",
    ],
)
def test_what_unfolds_is_read_under_its_heading(source: str) -> None:
    document = page(f"<h2>Fördelning</h2>{source}")
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        ("heading", "Fördelning"),
        ("heading", "Skåne"),
        ("paragraph", "5 mnkr"),
    ]


@pytest.mark.parametrize(
    "source",
    [
        "<p hidden>5 mnkr</p>",
        "<div style='color:red; display : none'>5 mnkr</div>",
        "<div style='visibility:hidden'>5 mnkr</div>",
        "<script>5 mnkr</script><style>5 mnkr</style><noscript>5 mnkr</noscript><template>5 mnkr</template>",
        "<nav>5 mnkr</nav><div role=navigation>5 mnkr</div>",
        "<footer>5 mnkr</footer><div role=contentinfo>5 mnkr</div>",
        "<div class='cookie-banner'><p>5 mnkr</p></div><section id='CookieConsent'>5 mnkr</section>",
        "<div role=dialog>5 mnkr</div><dialog open>5 mnkr</dialog>",
        "<form><label>5 mnkr</label></form><button>5 mnkr</button><select><option>5 mnkr</select>",
        "<p><del>5 mnkr</del><s>5 mnkr</s></p>",
        "<table hidden><tr><td>5 mnkr</table><table><tr hidden><td>5 mnkr<td>1</table>",
        "<!-- 5 mnkr -->",
    ],
)
def test_what_nobody_sees_is_not_read(source: str) -> None:
    assert words(f"<p>Före.</p>{source}<p>Efter.</p>") == ["Före.", "Efter."]


def test_a_page_in_one_form_or_named_for_consent_is_read() -> None:
    source = (
        "<html><body class='cookies-accepted'><form id='aspnet'><h1>Stöd</h1><p>5 mnkr ges.</p></form></body></html>"
    )
    assert "5 mnkr ges." in parse(source.encode(), id="a.html").text
    wrapped = "<html><body><div class='has-cookie-consent'><main><h1>Stöd</h1><p>5 mnkr.</p></main></div></body></html>"
    assert "5 mnkr." in parse(wrapped.encode(), id="a.html").text


def test_the_grid_of_a_table_is_true() -> None:
    assert grid(
        "<table><thead><tr><th rowspan=2>Region<th colspan=2>Bidrag, mnkr<th rowspan=2>Summa</tr>"
        "<tr><th>2024<th>2025</tr></thead><tr><td rowspan=2>Skåne<td>1<td rowspan=2>2<td>3</tr><tr><td>4<td>5</tr>"
        "<tr><td colspan=4>Alla belopp är preliminära</tr></table>"
    ) == [
        ["Region", "Bidrag, mnkr", "Bidrag, mnkr", "Summa"],
        ["Region", "2024", "2025", "Summa"],
        ["Skåne", "1", "2", "3"],
        ["Skåne", "4", "", "5"],  # a number that spans two rows is one number
        ["Alla belopp är preliminära", "", "", ""],
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<table><tr><td colspan=2>5 mnkr<td>x<tr><td>a<td>b<td>c</table>", [["5 mnkr", "", "x"], ["a", "b", "c"]]),
        ("<table><tr><td rowspan=0>a<td>1<tr><td>2<tr><td>3</table>", [["a", "1"], ["a", "2"], ["a", "3"]]),
        ("<table><tr><td colspan=-3>a<td colspan=x>b<td rowspan='9999999999999999999'>c</table>", [["a", "b", "c"]]),
        ("<table><tfoot><tr><td>Summa<td>3</tfoot><tr><td>a<td>3</table>", [["a", "3"], ["Summa", "3"]]),
        ("<table><tr><td>326 000<br>000<td>a</table>", [["326 000 000", "a"]]),
        ("<table><tr><td>100<br>200<td><p>1</p><p>2</p></table>", [["100 / 200", "1 / 2"]]),
        ("<table><tr><td>a<td>b<tr><td>c</table>", [["a", "b"], ["c", ""]]),
        ("<table><tr><td><table><tr><td>5<td>6</table></table>", [["5", "6"]]),
    ],
)
def test_cells(source: str, expected: list[list[str]]) -> None:
    assert grid(source) == expected


def test_what_shows_nothing_is_not_in_the_text() -> None:
    source = "<p>Regeringen ger 5 mil&shy;joner kro\u200bnor till skolor 2024\u20112026.</p>"
    assert page(source).text == "Regeringen ger 5 miljoner kronor till skolor 2024-2026.\n"
    assert [(int(row.low), row.period) for row in extract(page(source))] == [(5_000_000, "2024-2026")]


def test_a_caption_gives_the_unit() -> None:
    table = "<tr><th>Region<th>2024<tr><td>Skåne<td>5</table>"
    for source in (
        f"<table><caption>Bidrag, miljoner kronor</caption>{table}",
        f"<figure><figcaption>Bidrag, miljoner kronor</figcaption><table>{table}</figure>",
        f"<p>Bidrag, miljoner kronor</p><table>{table}",
        f"<table><tr><td colspan=2>Bidrag, miljoner kronor</td></tr>{table}",
    ):
        assert [row.low for row in extract(page(source))] == [5_000_000]


def test_terms_and_their_values_stay_apart() -> None:
    assert grid("<dl><dt>Belopp, tkr</dt><dd>5</dd><dt>År<dd>2024</dl>") == [["Belopp, tkr", "5"], ["År", "2024"]]
    assert grid("<dl><div><dt>Skåne</dt><dd>5<dd>6</div></dl>") == [["Skåne", "5", "6"]]
    assert words("<dl><dt>Diarienummer<dd>S2024/01<dt>Beslut<dd>Regeringen ger 5 mnkr till skolor.</dl>") == [
        "Diarienummer", "S2024/01", "Beslut", "Regeringen ger 5 mnkr till skolor.",
    ]  # fmt: skip


DEEP = ("<div>", "<table><tr><td>", "<b>", "<ul><li>", "<blockquote>", "<sup>", "<dl><dd>", "<figure>", "<x-a>")


@pytest.mark.parametrize("source", DEEP)
def test_depth_is_no_danger(source: str) -> None:
    def read(depth: int) -> Document:
        return page(source * depth + "Regeringen ger 5 mnkr till skolor.")

    document = read(100_000 if source in DEEP[:2] else 10_000)
    assert "5 mnkr" in document.text
    assert "nested too deep" in document.flags
    grows_in_proportion(read, 20_000)


def test_many_siblings_are_not_depth() -> None:
    for source in ("<p>5 mnkr", "<li>5 mnkr", "<tr><td>5 mnkr<td>b", "<br>5 mnkr", "<div>5 mnkr</div>"):
        document = page(f"<table>{source * 5_000}</table>" if "<tr>" in source else source * 5_000)
        assert document.text.count("5 mnkr") == 5_000
        assert document.flags == ()
