"""spaCy's DocBin: training data, a ``Doc`` a publication with its spans under ``belopp``, as the component fills them.

Spans cover whole tokens; the exact offsets and all columns are in ``doc.user_data["belopp"]``, by the spans' ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from belopp.gold.exchange.marks import Mark, Marked, cells_in, quoted
from belopp.gold.exchange.records import number, record
from belopp.gold.problems import GoldError
from belopp.model import POINTERS

if TYPE_CHECKING:
    from spacy.tokens import Doc

FILE: Final = "gold.spacy"
KEY: Final = "belopp"
_NEEDED: Final = "DocBin needs spaCy; pip install 'belopp[spacy]'"


def write(given: Iterable[Marked], out: Path) -> None:
    """Write the documents into the folder ``out``."""
    try:
        import spacy
        from spacy.tokens import DocBin
    except ModuleNotFoundError as error:
        raise GoldError(_NEEDED) from error
    language = spacy.blank("sv")
    docs = DocBin(store_user_data=True)
    for each in given:
        docs.add(_doc(language.make_doc(each.text), each))
    docs.to_disk(out / FILE)


def _doc(doc: Doc, given: Marked) -> Doc:
    doc.user_data["id"] = given.doc
    doc.user_data[KEY] = {
        mark.key: {
            **mark.cells, "start": mark.start, "end": mark.end, "text": mark.quote, "kind": mark.kind,
            "links": dict(zip(POINTERS, (mark.part_of, mark.same_as), strict=True)),
        }
        for mark in given.marks
    }  # fmt: skip
    spans = (
        doc.char_span(mark.start, mark.end, label=mark.kind, span_id=mark.key, alignment_mode="expand")
        for mark in given.marks
    )
    doc.spans[KEY] = [span for span in spans if span is not None]
    return doc


def read(path: Path) -> Iterator[Marked]:
    """The documents of a DocBin that :func:`write` made, and that other code may have changed the spans of."""
    try:
        import spacy
        from spacy.tokens import DocBin
    except ModuleNotFoundError as error:
        raise GoldError(_NEEDED) from error
    path = path / FILE if path.is_dir() else path
    vocabulary = spacy.blank("sv").vocab
    try:
        docs = list(DocBin(store_user_data=True).from_disk(path).get_docs(vocabulary))
    except Exception as error:
        raise GoldError(f"{path}: no DocBin ({type(error).__name__}: {error}); export it anew") from error
    for doc in docs:
        yield _read(doc, path)


def _read(doc: Doc, path: Path) -> Marked:
    name = doc.user_data.get("id")
    if not isinstance(name, str):
        raise GoldError(f"{path}: a document without an id in its user_data; export it anew")
    kept = record(doc.user_data.get(KEY, {}), name)
    marks = []
    for at, span in enumerate(doc.spans.get(KEY, ())):
        own = record(kept.get(span.id_, {}), name)
        start, end = span.start_char, span.end_char
        quote = doc.text[start:end]
        if own and (start, end) == _tokens(doc, number(own, "start", name), number(own, "end", name)):
            start, end = number(own, "start", name), number(own, "end", name)
            quote = quoted(doc.text, start, end, own.get("text"))
        links = record(own.get("links", {}), name)
        part_of, same_as = (str(links.get(column) or "") for column in POINTERS)
        key = span.id_ or f"new {at}"
        marks.append(Mark(key, start, end, quote, span.label_, cells_in(dict(own)), part_of, same_as))
    return Marked(name, doc.text, tuple(marks))


def _tokens(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The span of the whole tokens that a place lies in."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return (span.start_char, span.end_char) if span is not None else (start, end)
