"""belopp as a step of a spaCy pipeline: ``nlp.add_pipe("belopp")`` marks every sum of money in a text.

>>> import spacy
>>> nlp = spacy.blank("sv")
>>> _ = nlp.add_pipe("belopp")
>>> doc = nlp("Regeringen avsätter drygt 30 miljoner kronor.")
>>> [(span.text, span._.belopp["low"], span._.belopp["modifier"]) for span in doc.spans["belopp"]]
[('30 miljoner kronor', '30000000', 'over')]
"""

from __future__ import annotations

from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from belopp.extract import extract
from belopp.model import COLUMNS, Document, Row
from belopp.read import text_document
from belopp.tables import guide_cells

KEY: Final = "belopp"
CONTEXT: Final = ("id", "published", "title", "url")

Sum = dict[str, str | int | None]


@Language.factory(KEY, assigns=["doc.spans", "span._.belopp"])
def make_belopp(nlp: Language, name: str) -> Belopp:
    """The component, for ``nlp.add_pipe("belopp")``."""
    return Belopp()


class Belopp:
    """Fills ``doc.spans["belopp"]`` with a span for each sum, and ``span._.belopp`` with its row.

    The row is a plain dict of the annotation guide's columns, as the CSV has them: ``low`` and ``high``
    plain decimal text, ``part_of`` and ``same_as`` numbers or ``None``; ``start`` and ``end`` are the exact
    offsets in ``doc.text``, while the span covers whole tokens (``kronor2``).  The rows are those that
    ``extract`` gives of the same text.  What is known of the publication goes in ``doc.user_data`` under
    ``id``, ``published``, ``title`` and ``url``.

    The rows live in ``doc.user_data``: they survive ``nlp.pipe(n_process=2)``, ``Doc.to_bytes`` and
    ``DocBin(store_user_data=True)``, given that ``belopp.component`` is imported where they are read.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Mark the sums of a document."""
        rows = extract(document_of(doc))
        sums = {str(row.start): as_dict(row) for row in rows}
        doc.user_data[KEY] = sums
        doc.spans[KEY] = [span_of(doc, row) for row in rows]
        return doc


def document_of(doc: Doc) -> Document:
    """The text as belopp reads it, with what is known of the publication."""
    document = text_document(doc.text)
    name, published, title, url = (str(doc.user_data.get(key, getattr(document, key))) for key in CONTEXT)
    return document._replace(id=name, published=published, title=title, url=url)


def as_dict(row: Row) -> Sum:
    """A row as a plain dict of the guide's columns."""
    return dict(zip(COLUMNS, guide_cells(row), strict=True))


def span_of(doc: Doc, row: Row) -> Span:
    """The whole tokens that hold a sum: labelled with its kind, its id telling which row is its own."""
    span = doc.char_span(row.start, row.end, label=row.kind, span_id=str(row.start), alignment_mode="expand")
    assert span is not None  # offsets into doc.text always lie in some token
    return span


def sum_of(span: Span) -> Sum | None:
    """The row of a span that :class:`Belopp` made; ``None`` of any other.

    Looked up by the span's id, for two sums may stand in one token and then have equal spans.
    """
    sums: dict[str, Any] = span.doc.user_data.get(KEY, {})
    return sums.get(span.id_)


if not Span.has_extension(KEY):
    Span.set_extension(KEY, getter=sum_of)
