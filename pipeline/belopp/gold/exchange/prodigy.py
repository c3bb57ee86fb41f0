"""Prodigy: a line of JSON for each text, with its tokens, spans and relations, as its relations interface has them.

Offsets are code points.  A span's ``token_end`` is its last token; a relation's ``head`` and ``child`` are the last
tokens of the spans that it joins.  The head is the total, or the first statement; the child its part, or repetition.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from belopp.gold.exchange.marks import Mark, Marked, cells_in, key_of, quoted
from belopp.gold.exchange.records import Record, json_lines, number, record, records, text, write_json_lines
from belopp.model import POINTERS

FILE: Final = "texts.jsonl"
_TOKEN: Final = re.compile(r"[^\W\d_]+|\d+|\s|.")


def write(given: Iterable[Marked], out: Path) -> None:
    """Write the texts into the folder ``out``."""
    write_json_lines(map(_text, given), out / FILE)


def _text(given: Marked) -> dict[str, object]:
    tokens = tokens_of(given.text, [edge for mark in given.marks for edge in (mark.start, mark.end)])
    starts = [start for start, _, _ in tokens]
    ends = [end for _, end, _ in tokens]
    spans: dict[str, dict[str, object]] = {}
    for mark in given.marks:
        first, last = bisect_right(starts, mark.start) - 1, bisect_left(ends, mark.end)
        spans[mark.key] = {"start": mark.start, "end": mark.end, "token_start": first, "token_end": last,
                           "label": mark.kind}  # fmt: skip
    return {
        "text": given.text,
        "tokens": [
            {"text": given.text[start:end], "start": start, "end": end, "id": at, "ws": ws}
            for at, (start, end, ws) in enumerate(tokens)
        ],
        "spans": [{**spans[mark.key], "text": mark.quote, "belopp": dict(mark.cells)} for mark in given.marks],
        "relations": [
            {"head": spans[key]["token_end"], "child": spans[mark.key]["token_end"], "head_span": spans[key],
             "child_span": spans[mark.key], "label": column}
            for mark in given.marks
            for column, key in zip(POINTERS, (mark.part_of, mark.same_as), strict=True)
            if key
        ],
        "meta": {"doc": given.doc},
        "doc": given.doc,
        "answer": "accept",
    }  # fmt: skip


def tokens_of(text: str, edges: Iterable[int]) -> list[tuple[int, int, bool]]:
    """Start and end of each token, cut at ``edges``, and whether a space follows that is no token of its own.

    >>> tokens_of("5 mnkr2,", [7])
    [(0, 1, True), (2, 6, False), (6, 7, False), (7, 8, False)]
    """
    cuts = sorted({*edges})
    tokens: list[tuple[int, int, bool]] = []
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        if found[0] == " " and tokens and tokens[-1][1] == start and not text[start - 1].isspace():
            tokens[-1] = (*tokens[-1][:2], True)
            continue
        inner = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]
        bounds = [start, *inner, end]
        tokens += [(one, other, False) for one, other in pairwise(bounds)]
    return tokens


def read(path: Path) -> Iterator[Marked]:
    """The texts of a data set (``prodigy db-out``); those that were rejected or ignored are left out."""
    for each in json_lines(path / FILE if path.is_dir() else path):
        if each.get("answer", "accept") != "accept":
            continue
        doc = text(each, "doc", path)
        whole = text(each, "text", doc)
        links = {
            (_key(link, "child_span", doc), str(link.get("label"))): _key(link, "head_span", doc)
            for link in records(each, "relations", doc)
        }
        marks = []
        for span in records(each, "spans", doc):
            start, end = number(span, "start", doc), number(span, "end", doc)
            key = key_of(start, end)
            part_of, same_as = (links.get((key, column), "") for column in POINTERS)
            own = cells_in(span.get("belopp"))
            quote = quoted(whole, start, end, span.get("text"))
            marks.append(Mark(key, start, end, quote, text(span, "label", doc), own, part_of, same_as))
        yield Marked(doc, whole, tuple(marks))


def _key(link: Record, name: str, doc: str) -> str:
    span = record(link.get(name), doc)
    return key_of(number(span, "start", doc), number(span, "end", doc))
