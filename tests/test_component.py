"""belopp as a spaCy component: the same rows as the plain path, through every way that spaCy moves documents."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from belopp.component import Belopp, as_dict, make_belopp
from belopp.extract import extract
from belopp.read import text_document

TEXTS = [
    "Regeringen avsätter drygt 30 miljoner kronor, varav 10 miljoner kronor till Skolverket.",
    "Ingenting kostar något här.",
    "Avgiften är 350 kronor2 per person. Sedan 2020 ges 1,5 miljarder kronor årligen.",
    "I 100 respektive 150 miljoner kronor ingår allt.",
    "",
]


@pytest.fixture
def nlp() -> Language:
    pipeline = spacy.blank("sv")
    pipeline.add_pipe("belopp")
    return pipeline


def sums(doc: Doc) -> list[object]:
    return [span._.belopp for span in doc.spans["belopp"]]


@pytest.mark.parametrize("text", TEXTS)
def test_rows_are_those_of_the_plain_path(nlp: Language, text: str) -> None:
    assert sums(nlp(text)) == [as_dict(row) for row in extract(text_document(text))]


@pytest.mark.parametrize("text", TEXTS)
def test_a_span_covers_the_tokens_of_its_exact_offsets(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert len(doc.spans["belopp"]) == len(extract(text_document(text)))
    for span in doc.spans["belopp"]:
        row = span._.belopp
        assert text[row["start"] : row["end"]] == row["text"]
        assert row["text"] in span.text
        assert span.label_ == row["kind"]


def test_a_span_expands_to_whole_tokens(nlp: Language) -> None:
    doc = nlp(TEXTS[2])
    span = doc.spans["belopp"][0]
    assert (span.text, span._.belopp["text"]) == ("350 kronor2", "350 kronor")


def test_docbin_and_bytes_keep_the_rows(nlp: Language) -> None:
    docs = list(nlp.pipe(TEXTS))
    kept = DocBin(docs=docs, store_user_data=True).to_bytes()
    back = DocBin(store_user_data=True).from_bytes(kept).get_docs(spacy.blank("sv").vocab)
    assert [sums(doc) for doc in back] == [sums(doc) for doc in docs]
    again = Doc(nlp.vocab).from_bytes(docs[0].to_bytes())
    assert sums(again) == sums(docs[0])


def test_several_processes_give_the_same_rows(nlp: Language) -> None:
    assert [sums(doc) for doc in nlp.pipe(TEXTS, n_process=2)] == [sums(doc) for doc in nlp.pipe(TEXTS)]


def test_what_is_known_of_the_publication_is_used(nlp: Language) -> None:
    doc = nlp.make_doc("Regeringen avsätter 5 miljoner kronor nästa år.")
    doc.user_data.update(id="a.md", published="2024-09-17")
    (row,) = (span._.belopp for span in nlp(doc).spans["belopp"])
    assert (row["doc"], row["period"]) == ("a.md", "2025")


def test_other_spans_have_no_row(nlp: Language) -> None:
    assert nlp(TEXTS[0])[0:2]._.belopp is None


def test_the_pipeline_can_be_saved_and_loaded(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipe")
    assert sums(spacy.load(tmp_path / "pipe")(TEXTS[0])) == sums(nlp(TEXTS[0]))


def test_it_is_registered_by_entry_point() -> None:
    try:
        version("belopp")
    except PackageNotFoundError:
        pytest.skip("belopp is not installed, only importable")
    (point,) = entry_points(group="spacy_factories", name="belopp")
    assert point.load() is make_belopp
    assert isinstance(spacy.blank("sv").add_pipe("belopp"), Belopp)
