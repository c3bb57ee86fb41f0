"""Texts in odd encodings, spellings and digits: the same rows, a flag, or a stated policy, and never an exception."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from belopp import batch
from belopp.composing import composed
from belopp.extract import examine
from belopp.find import find
from belopp.model import COLUMNS, Document, Row
from belopp.read import parse
from belopp.tables import AMOUNTS, DOCUMENTS, read_csv

PAGE = (
    "<html><head>{meta}<title>Stöd</title></head><body><h1>Stöd till länen</h1>"
    "<p>Regeringen avsätter 326 miljoner kronor – varav två miljoner kronor till Örebro län för “äldrevård” 2025.</p>"
    "<p>Kostnaden är 5 öre per kilometer för åkerier.</p></body></html>"
)
PROSE = (
    "# Stöd till länen\n\nRegeringen avsätter 326 miljoner kronor 2025, varav två miljoner kronor till Örebro län "
    "för äldrevård – och nittiofem tusen kronor till Skåne.\n\n- Därav 1 miljon kronor till Malmö högskola i fjol.\n\n"
    "| Län | Tkr |\n|---|---|\n| Örebro län | 5 000 |\n| Västmanlands län | 6 000 |\n| Totalt för länen | 11 000 |\n"
)
LABELS = ("", '<meta charset="iso-8859-1">', '<meta charset="utf-8">', '<?xml version="1.0" encoding="utf-16"?>')


def told(row: Row) -> list[object]:
    """What the guide's columns say, whatever the place."""
    return [getattr(row, name) for name in COLUMNS if name not in ("start", "end", "part_of", "same_as", "doc")]


def rows_of(document: Document) -> list[Row]:
    rows = examine(document).rows
    assert all(document.text[row.start : row.end] == row.text for row in rows)
    return rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("label", LABELS, ids=lambda label: label or "none")
def test_every_encoding_gives_the_same_rows_whatever_its_label(encoding: str, label: str) -> None:
    """The mark and the bytes decide; what the page says of itself does not, for it is so often wrong."""
    plain = rows_of(parse(PAGE.format(meta="").encode(), id="a.html"))
    assert [str(row.low) for row in plain] == ["326000000", "2000000", "0.05"]
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    page = parse((mark + PAGE.format(meta=label)).encode(encoding), id="a.html")
    assert [told(row) for row in rows_of(page)] == [told(row) for row in plain]
    text = parse((mark + PROSE).encode(encoding), id="a.md")
    assert text.text == PROSE
    assert len(rows_of(text)) == 7


def test_mojibake_is_flagged_and_read_as_it_stands(tmp_path: Path) -> None:
    spoilt = "Staten ger 5 miljoner kronor till vård.".encode().decode("cp1252")
    (tmp_path / "a.md").write_text("Det är 3 miljÃ¶ner kronor.", encoding="utf-8")
    (tmp_path / "b.html").write_text(f"<p>{spoilt}", encoding="utf-8")
    (tmp_path / "c.csv").write_text(f"Län;tkr\n{spoilt};5\n", encoding="utf-8")
    batch.run([str(tmp_path)], out=tmp_path / "out")
    assert [line["flags"] for line in read_csv(tmp_path / "out" / DOCUMENTS.file)] == ["mojibake"] * 3
    assert {row["flags"] for row in read_csv(tmp_path / "out" / AMOUNTS.file)} == {"mojibake"}


@pytest.mark.parametrize(
    ("data", "name"),
    [("Staten ger \u202e5 miljoner kronor\u202c.", "a.md"), ("<p>Staten ger &#x202e;5 mnkr.", "a.html")],
)
def test_turned_order_is_flagged(data: str, name: str) -> None:
    document = parse(data.encode(), id=name)
    assert document.flags == ("bidi",)
    assert [str(row.low) for row in rows_of(document)] == ["5000000"]


def in_two_characters(text: str) -> str:
    """Each letter with a ring or dots in two characters."""
    return unicodedata.normalize("NFD", text)


def with_soft_hyphens(text: str) -> str:
    """A soft hyphen, or two, between all letters."""
    return re.sub(r"(?<=[^\W\d_])(?=[^\W\d_])", "\u00ad", text).replace("kr\u00ado", "kr\u00ad\u00ado")


def in_lines(text: str) -> str:
    """Each paragraph in lines of 40 characters or so, as a mail has it."""
    blocks = text.split("\n\n")
    return "\n\n".join("\n".join(textwrap.wrap(block, 40)) if block[0].isalpha() else block for block in blocks)


def in_bold(text: str) -> str:
    """Each sum in bold type, and a hyphen for each dash."""
    return re.sub(r"\d+(?: \d{3})*(?: miljoner kronor)?", r"**\g<0>**", text).replace("–", "-")


def with_wide_gaps(text: str) -> str:
    """Two blanks between words, and the ends of lines as Windows has them."""
    return re.sub(r"(?<=\w) (?=\w)", "  ", text).replace("\n", "\r\n")


def seen(text: str) -> str:
    """A text as its reader sees it."""
    return " ".join(unicodedata.normalize("NFC", re.sub(r"[\u00ad*]", "", text)).replace(" - ", " – ").split())


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        (PROSE, in_two_characters),
        (PAGE.format(meta=""), in_two_characters),
        (PROSE, with_soft_hyphens),
        (PROSE, lambda text: with_soft_hyphens(in_two_characters(text))),
        (PROSE, in_lines),
        (PROSE, in_bold),
        (PROSE, with_wide_gaps),
    ],
    ids=["letters", "letters of html", "soft hyphens", "both", "lines", "bold", "gaps"],
)
def test_what_its_reader_does_not_see_leaves_the_rows_of_a_text_as_they_are(
    text: str, spelled: Callable[[str], str]
) -> None:
    whole, apart = (parse(each.encode(), id="a") for each in (text, spelled(text)))
    assert apart.text != whole.text
    rows, others = examine(whole), examine(apart)
    assert [seen("|".join(map(str, told(row)))) for row in others.rows] == [
        "|".join(map(str, told(row))) for row in rows.rows
    ]
    places = [{row.start: number for number, row in enumerate(found.rows)} for found in (rows, others)]
    for one, other in zip(rows.rows, others.rows, strict=True):
        assert apart.text[other.start : other.end] == other.text
        for name in ("part_of", "same_as"):
            assert places[0].get(getattr(one, name)) == places[1].get(getattr(other, name))
        pairs = (whole, one), (apart, other)
        cues = [[seen(document.text[r.start : r.end]) for r in row.because] for document, row in pairs]
        assert cues[0] == cues[1]
    assert [check.summed for check in others.checks] == [check.summed for check in rows.checks]


def test_a_bare_text_too_is_composed_and_marks_that_make_no_letter_are_left() -> None:
    text = "Det blev två miljoner kronor och q\u0308 5 öre"
    apart = unicodedata.normalize("NFD", text)
    assert [m.low for m in find(apart)] == [m.low for m in find(text)] == [Decimal(2_000_000), Decimal("0.05")]
    assert [unicodedata.normalize("NFC", m.text) for m in find(apart)] == [m.text for m in find(text)]
    assert composed("q\u0308 5 kr \u0308") is None


@pytest.mark.parametrize(
    "mark", ["\u00a0", "\u202f", "\u2009", "\u00ad", "\u200b", " \u200b", "\u2007", "\u2060"], ids=ascii
)
def test_what_stands_between_the_thousands(mark: str) -> None:
    text = f"Staten ger 326{mark}000{mark}000 kronor till vården."
    (row,) = rows_of(parse(text.encode(), id="a.md"))
    assert (row.low, row.text) == (Decimal(326_000_000), f"326{mark}000{mark}000 kronor")
    assert [m.low for m in find(text)] == [Decimal(326_000_000)]
    page = parse(f"<p>{text}".encode(), id="a.html")
    assert [str(row.low) for row in rows_of(page)] == ["326000000"]


@pytest.mark.parametrize(
    ("text", "lows"),
    [
        ("Staten ger ٣٢٦ miljoner kronor.", ["326000000"]),  # decimal digits of any script count
        ("Staten ger ３２６ miljoner kronor ２０２４.", ["326000000"]),
        ("Staten ger 3½ miljoner kronor.", ["3500000"]),
        ("Staten ger ½ miljard kronor och ¾ miljon kronor.", ["500000000", "750000"]),
        ("Staten ger 2² miljoner kronor.", []),  # a power, a note: no number of it is sure
        ("Staten ger ² kronor, ①② kronor, Ⅷ miljoner kronor, 五 kronor.", []),
        ("Staten ger " + "9" * 5_000 + " kronor.", []),  # longer than eighteen digits: no sum of money
        ("Staten ger " + "9" * 5_000 + " miljoner kronor och 5 kr.", ["5"]),
        ("Staten ger 1," + "1" * 5_000 + " kronor.", []),
        ("Staten ger " + "1 " * 5_000 + "kronor.", ["1"]),
        ("Staten ger 999999999999 miljarder kronor.", []),
    ],
    ids=lambda value: str(value)[:32],
)
def test_odd_digits_have_a_policy_and_no_exception(text: str, lows: list[str], tmp_path: Path) -> None:
    assert [str(mention.low) for mention in find(text)] == lows
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert batch.run([str(tmp_path)], out=tmp_path / "out").quarantined == []
    assert [row["low"] for row in read_csv(tmp_path / "out" / AMOUNTS.file)] == lows


@pytest.mark.parametrize(
    ("written", "low", "flags"),
    [
        ("2.500 kronor", "2500", "ambiguous"),
        ("$2,000", "2000", "ambiguous"),
        ("$2,145", "2145", "ambiguous"),
        ("EUR 1,250", "1250", "ambiguous"),
        ("5,000 kronor", "5000", "ambiguous"),
        ("2.500–3.500 kronor", "2500", "ambiguous"),
        ("1.145 miljarder kronor", "1145000000", "ambiguous"),
        ("1,145 miljarder kronor", "1145000000", ""),  # three decimals are never thousands
        ("10.000.000 kronor", "10000000", ""),
        ("2 500 kronor", "2500", ""),
        ("2,5 miljoner kronor", "2500000", ""),
    ],
)
def test_thousands_that_may_be_decimals_are_flagged(written: str, low: str, flags: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"Det kostar {written} för staten.", encoding="utf-8")
    batch.run([str(tmp_path)], out=tmp_path / "out")
    (row,) = read_csv(tmp_path / "out" / AMOUNTS.file)
    assert (row["low"], row["flags"]) == (low, flags)
