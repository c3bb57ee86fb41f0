"""What must hold of any bytes and any text: hypothesis looks for the one of which it does not."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from belopp.extract import examine
from belopp.find import find
from belopp.numerals import figures, numbers, words
from belopp.read import Unreadable, parse

PIECES = (
    "5 miljoner kronor", "326 000 000", "kr", "SEK", "$", "–", " till ", "varav ", "mellan ", "½", "²", "\u00a0",
    "\u00ad", "\u200b", "\u202e", "a\u030a", "\n", "\n\n", "- ", "# ", "| ", "|---|\n", "<p>", "<td>", "2024", ".", ",",
    "٣", "１", "och ", "tusen", "hundra", "en halv ", "\r\n", "**", "](", "&nbsp;", "Å", "öre", "per år", "%",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=30).map("".join)
FEW = settings(max_examples=150, deadline=None, derandomize=True)


def holds(text: str) -> None:
    sums = find(text)
    assert all(text[one.start : one.end] == one.text and one.low <= one.high for one in sums)
    assert all(one.end <= other.start for one, other in pairwise(sums))


@FEW
@given(TEXTS)
def test_a_sum_stands_where_it_says(text: str) -> None:
    holds(text)


@FEW
@given(st.one_of(st.binary(max_size=300), TEXTS.map(lambda text: text.encode("utf-8", "replace"))), st.sampled_from(
    ["a.md", "a.txt", "a.html", "a.csv", "a.pdf", "a.docx", "a.xlsx", ""]))  # fmt: skip
def test_any_bytes_become_a_document_or_a_reason(data: bytes, name: str) -> None:
    try:
        document = parse(data, id=name)
    except Unreadable:
        return
    blocks = document.blocks
    assert all(0 <= block.start <= block.end <= len(document.text) for block in blocks)
    assert all(one.end <= other.start for one, other in pairwise(blocks))
    assert all(document.text[row.start : row.end] == row.text for row in examine(document).rows)


@FEW
@given(st.integers(1, 999_999))
def test_number_words_mean_what_they_say(number: int) -> None:
    written = num2words(number, lang="sv")
    if number < 1_000:  # beyond, num2words parts the thousands in ways of its own
        assert words(written) == number
        (found,) = numbers(f"Det är {written} till antalet")
        assert found.value == number
    assert [one.low for one in find(f"Det kostar {number:,} kronor.".replace(",", "\u00a0"))] == [Decimal(number)]


@FEW
@given(st.integers(0, 10**15), st.integers(0, 99), st.sampled_from([" ", "\u00a0", "\u202f", "\u2009"]))
def test_figures_in_groups_mean_what_they_say(whole: int, part: int, space: str) -> None:
    text = f"{whole:,}".replace(",", space) + f",{part:02}"
    (mention,) = find(f"Det kostar {text} kronor.")
    assert mention.low == Decimal(f"{whole}.{part:02}")
    assert figures(text.replace(space, " ")) == mention.low
