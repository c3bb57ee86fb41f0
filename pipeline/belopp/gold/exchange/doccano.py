"""doccano: a line of JSON for each text, with its entities and relations; its offsets are code points.

Its entities have no attributes: the cells travel in a field of the text, which doccano keeps as metadata.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from belopp.gold.exchange.marks import Mark, Marked, cells_in, key_of, quoted
from belopp.gold.exchange.records import json_lines, number, records, text, write_json_lines
from belopp.model import POINTERS

FILE: Final = "texts.jsonl"


def write(given: Iterable[Marked], out: Path) -> None:
    """Write the texts into the folder ``out``."""
    write_json_lines(map(_text, given), out / FILE)


def _text(given: Marked) -> dict[str, object]:
    number_of = {mark.key: at for at, mark in enumerate(given.marks)}
    return {
        "text": given.text,
        "entities": [
            {"id": number_of[mark.key], "start_offset": mark.start, "end_offset": mark.end, "label": mark.kind}
            for mark in given.marks
        ],
        "relations": [
            {"id": number_of[mark.key] * len(POINTERS) + at, "from_id": number_of[mark.key], "to_id": number_of[key],
             "type": column}
            for mark in given.marks
            for at, (column, key) in enumerate(zip(POINTERS, (mark.part_of, mark.same_as), strict=True))
            if key
        ],
        "doc": given.doc,
        "belopp": {mark.key: dict(mark.cells) for mark in given.marks},
    }  # fmt: skip


def read(path: Path) -> Iterator[Marked]:
    """The texts of an export (JSONL)."""
    for each in json_lines(path / FILE if path.is_dir() else path):
        doc = text(each, "doc", path)
        whole = text(each, "text", doc)
        kept = each.get("belopp")
        cells = kept if isinstance(kept, dict) else {}
        links = {
            (number(link, "from_id", doc), str(link.get("type"))): str(number(link, "to_id", doc))
            for link in records(each, "relations", doc)
        }
        marks = []
        for entity in records(each, "entities", doc):
            start, end = number(entity, "start_offset", doc), number(entity, "end_offset", doc)
            name = number(entity, "id", doc)
            own = cells_in(cells.get(key_of(start, end)))
            quote = quoted(whole, start, end, own.get("text"))
            part_of, same_as = (links.get((name, column), "") for column in POINTERS)
            marks.append(Mark(str(name), start, end, quote, text(entity, "label", doc), own, part_of, same_as))
        yield Marked(doc, whole, tuple(marks))
