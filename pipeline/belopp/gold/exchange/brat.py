"""brat: a text and a file of standoff annotations for each publication, with the collection's configuration.

Offsets are code points, line ends kept.  Sums are text-bound annotations, in fragments where a line ends within one;
closed vocabularies are attributes, the other columns a note in JSON, links are relations.  ``documents.csv`` beside
them says which publication each file is: a document's id never becomes a file name.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from belopp.gold.exchange.marks import CLOSED, OPEN, Mark, Marked, cells_in, quoted
from belopp.gold.exchange.records import read_text
from belopp.gold.problems import GoldError
from belopp.model import POINTERS, VOCABULARIES
from belopp.tables import csv_text

INDEX: Final = "documents.csv"
CONFIGURATION: Final = "annotation.conf"
_KINDS: Final = tuple(sorted(VOCABULARIES["kind"]))
_LINE_END: Final = re.compile(r"[\r\n]+")
_FILE: Final = re.compile(r"[0-9]{4,9}")
_BOUND: Final = re.compile(r"(?P<id>T\d+)\t(?P<kind>\S+) (?P<places>\d+ \d+(?:;\d+ \d+)*)\t(?P<quote>.*)")
_LINK: Final = re.compile(r"R\d+\t(?P<type>\S+) Arg1:(?P<one>T\d+) Arg2:(?P<other>T\d+)\s*")
_ATTRIBUTE: Final = re.compile(r"[AM]\d+\t(?P<name>\S+) (?P<of>T\d+) (?P<value>\S+)\s*")
_NOTE: Final = re.compile(r"#\d+\tAnnotatorNotes (?P<of>T\d+)\t(?P<note>.*)")


def write(given: Iterable[Marked], out: Path) -> None:
    """Write a text and its annotations for each publication into the folder ``out``."""
    index = []
    for number, each in enumerate(given, start=1):
        name = f"{number:04}"
        index.append((name, each.doc))
        _put(out / f"{name}.txt", each.text)
        _put(out / f"{name}.ann", "".join(f"{line}\n" for line in _lines(each)))
    _put(out / INDEX, csv_text([("file", "doc"), *index]))
    _put(out / CONFIGURATION, configuration())


def _put(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", newline="")


def _lines(given: Marked) -> Iterator[str]:
    ids = {mark.key: f"T{number}" for number, mark in enumerate(given.marks, start=1)}
    attributes = links = 0
    for number, mark in enumerate(given.marks, start=1):
        places = ";".join(f"{start} {end}" for start, end in _fragments(mark))
        yield f"T{number}\t{mark.kind} {places}\t{_LINE_END.sub(' ', mark.quote)}"
        for column in CLOSED:
            if mark.cells.get(column):
                attributes += 1
                yield f"A{attributes}\t{column} T{number} {mark.cells[column]}"
        kept = {column: mark.cells[column] for column in (*OPEN, *POINTERS) if column in mark.cells}
        yield f"#{number}\tAnnotatorNotes T{number}\t{json.dumps(kept, ensure_ascii=False)}"
        for column, key in zip(POINTERS, (mark.part_of, mark.same_as), strict=True):
            if key:
                links += 1
                yield f"R{links}\t{column} Arg1:T{number} Arg2:{ids[key]}"


def _fragments(mark: Mark) -> Iterator[tuple[int, int]]:
    """The stretches of a mark between line ends."""
    at = 0
    for end in [*_LINE_END.finditer(mark.quote), None]:
        stop = len(mark.quote) if end is None else end.start()
        if stop > at:
            yield mark.start + at, mark.start + stop
        at = stop if end is None else end.end()


def configuration() -> str:
    """The collection's ``annotation.conf``."""
    kinds = "|".join(_KINDS)
    lines = ["[entities]", *_KINDS, "", "[relations]"]
    lines += [f"{column}\tArg1:{kinds}, Arg2:{kinds}" for column in POINTERS]
    lines += ["<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>", "", "[events]", "", "[attributes]"]
    lines += [f"{column}\tArg:{kinds}, Value:{'|'.join(sorted(VOCABULARIES[column]))}" for column in CLOSED]
    return "\n".join([*lines, ""])


def read(path: Path) -> Iterator[Marked]:
    """The publications of a collection's folder."""
    lines = list(csv.DictReader(io.StringIO(read_text(path / INDEX), newline="")))
    for line in lines:
        name, doc = line.get("file", ""), line.get("doc", "")
        if not _FILE.fullmatch(name) or not doc:
            raise GoldError(f"{path / INDEX}: {name!r} is no file of the collection; keep the index as it was written")
        yield _read(doc, read_text(path / f"{name}.txt", encoding="utf-8"), read_text(path / f"{name}.ann"))


def _read(doc: str, text: str, annotations: str) -> Marked:
    cells: dict[str, dict[str, str]] = {}
    links: dict[tuple[str, str], str] = {}
    bound: list[re.Match[str]] = []
    for line in annotations.split("\n"):
        if found := _BOUND.fullmatch(line):
            bound.append(found)
        elif found := _LINK.fullmatch(line):
            links[found["one"], found["type"]] = found["other"]
        elif found := _ATTRIBUTE.fullmatch(line):
            cells.setdefault(found["of"], {})[found["name"]] = found["value"]
        elif found := _NOTE.fullmatch(line):
            cells.setdefault(found["of"], {}).update(_noted(found["note"]))
    marks = []
    for found in bound:
        edges = [int(edge) for place in found["places"].split(";") for edge in place.split()]
        start, end = min(edges), max(edges)
        part_of, same_as = (links.get((found["id"], column), "") for column in POINTERS)
        own = cells_in(cells.get(found["id"]))
        kept = own.get("text", "")  # brat writes a quote on one line
        quote = quoted(text, start, end, kept if kept.split() == found["quote"].split() else found["quote"])
        marks.append(Mark(found["id"], start, end, quote, found["kind"], own, part_of, same_as))
    return Marked(doc, text, tuple(marks))


def _noted(note: str) -> dict[str, str]:
    """The columns in a note; a reviewer's own words are none."""
    try:
        return cells_in(json.loads(note))
    except ValueError:
        return {}
