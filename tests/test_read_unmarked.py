"""Markdown without its marks: what CommonMark shows is seen, and every word keeps its place in the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from belopp.read.unmarked import Seen, as_it_reads, cut

QUOTES: Final = re.compile(r"(?<=\n)[ \t]*>[ \t]?(?:>[ \t]?)*")


def words_of(seen: Sequence[Seen]) -> str:
    return " ".join("".join(each.text for each in seen).split())


def rendered(source: str) -> str:
    """What CommonMark shows of a paragraph, without raw HTML; an image's words stay as they are written."""
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    (block,) = MarkdownIt("commonmark", {"html": False}).parseInline(QUOTES.sub("", source))
    said = "".join(breaks.get(token.type, token.content) for token in block.children or [])
    return " ".join(said.split())


@pytest.mark.parametrize(
    ("source", "reads"),
    [
        ("Vi ger **30 miljoner** kronor", [("Vi ger ", ()), ("30 miljoner", ("strong",)), (" kronor", ())]),
        ("**3 [mnkr](https://x.se \"y\")** i år",
         [("3 ", ("strong",)), ("mnkr", ("strong", "link")), (" i år", ())]),
        ("*hela __5 kr__*", [("hela ", ("em",)), ("5 kr", ("strong", "em"))]),
        ("![bild av `5 kr`](a.png) och <https://x.se>",
         [("bild av `5 kr`", ("image",)), (" och ", ()), ("https://x.se", ("link",))]),
        ("5 &lt; 6 &#8364; \\* 7", [("5 ", ()), ("<", ()), (" 6 ", ()), ("€", ()), (" ", ()), ("* 7", ())]),
        ("snake_case 2*3*4", [("snake_case 2", ()), ("3", ("em",)), ("4", ())]),
        ("ett\n> två\n>> tre", [("ett\n", ()), ("två\n", ()), ("tre", ())]),
        ("<b>5 kr</b>", [("<b>5 kr</b>", ())]),
        ("ensam * och [inget] `slut", [("ensam * och [inget] `slut", ())]),
    ],
)  # fmt: skip
def test_marks_are_out_of_sight(source: str, reads: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(each.text, each.styles) for each in as_it_reads(source, 0, len(source))] == reads


MARKED: Final = st.text(alphabet="*_[]()!`\\&;<>#:/.lt amp5k😀\n\"'-~", max_size=60)


@given(MARKED)
@example("[a](b)[c](d)**x**")
@example("![a[b](c)](d)")
@example("**a*b**c*")
@example("`a``b`")
@example("` 5 `5")
def test_what_is_seen_is_what_commonmark_shows(source: str) -> None:
    assert words_of(as_it_reads(source, 0, len(source))) == rendered(source)


@given(st.text(max_size=5), MARKED, st.integers(0, 60), st.integers(0, 60))
def test_every_word_keeps_its_place(before: str, source: str, one: int, other: int) -> None:
    text = before + source + before
    seen = as_it_reads(text, len(before), len(before) + len(source))
    at = len(before)
    for each in seen:
        assert at <= each.start < each.end <= len(before) + len(source)
        assert each.text
        if len(each.text) == each.end - each.start:
            assert each.text == text[each.start : each.end]
        at = each.end
    start, end = sorted((len(before) + one, len(before) + other))
    parts = [*cut(seen, len(before), start), *cut(seen, start, end), *cut(seen, end, len(text))]
    assert "".join(each.text for each in parts) == "".join(each.text for each in seen)


@given(MARKED)
def test_other_formats_read_as_they_are_written(source: str) -> None:
    assert "".join(each.text for each in as_it_reads(source, 0, len(source), markdown=False)) == source
