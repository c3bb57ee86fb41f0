"""One publication gives the same rows in whatever form it is written: marks, type, wrapped lines, front matter."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Final

import pytest

from belopp.extract import examine
from belopp.model import HEADING, TITLE
from belopp.read import parse

if TYPE_CHECKING:
    from tests.making import platypus, saved
else:
    from making import platypus, saved

TITLE_WORDS: Final = "Trygga simhallar, öppna bibliotek och en levande idrott i hela landet under de kommande tre åren"
LEAD: Final = "Regeringen avsätter 90 miljoner kronor 2026 för simhallar, bibliotek och idrott. Det fördelas så här."
MORE: Final = (
    "Behovet är stort, och många har länge hört av sig om det från alla delar av landet, i brev, på möten och genom de "
    "föreningar som finns där. Det har också visat sig i de undersökningar som gjorts."
)
SECTIONS: Final = (
    ("Öppna bibliotek", f"För detta ändamål avsätts 30 miljoner kronor 2026. Medlen går till kommunerna. {MORE}"),
    (
        "Renovering av äldre simhallar som är stängda eller hotas av stängning i små kommuner",
        f"För detta ändamål avsätts 40 miljoner kronor 2026. Medlen betalas ut av Boverket. {MORE}",
    ),
    ("Åldersblandad idrott", f"För detta ändamål avsätts 20 miljoner kronor 2026. Ansökan öppnar snart. {MORE}"),
)
NAME: Final = "simhallar"


def markdown() -> bytes:
    return "\n\n".join([f"# {TITLE_WORDS}", LEAD, *(f"## {head}\n\n{words}" for head, words in SECTIONS)]).encode()


def fronted() -> bytes:
    body = markdown().partition(b"\n")[2]
    return f'---\ndate: 2025-09-01\ntitle: "{TITLE_WORDS}"\n---\n'.encode() + body


def html(head: str = "<h2>{}</h2><p>{}</p>") -> bytes:
    sections = "".join(head.format(*section) for section in SECTIONS)
    return f"<body><h1>{TITLE_WORDS}</h1><p>{LEAD}</p>{sections}</body>".encode()


def word() -> bytes:
    """As many write in Word: headings told from the prose by bold type alone."""
    import docx

    document = docx.Document()
    document.add_heading(TITLE_WORDS, 0)
    document.add_paragraph(LEAD)
    for head, words in SECTIONS:
        document.add_paragraph().add_run(head).bold = True
        document.add_paragraph(words)
    return saved(document.save)


def pdf() -> bytes:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    styles = [ParagraphStyle(f"{n}", fontSize=n, leading=1.35 * n, spaceBefore=n, spaceAfter=n) for n in (22, 15, 10)]
    parts = [(TITLE_WORDS, 0), (LEAD, 2), *((words, n) for section in SECTIONS for n, words in enumerate(section, 1))]
    return platypus([Paragraph(escape(words), styles[n]) for words, n in parts])


def plain(parting: str = "\n\n", width: int = 0) -> bytes:
    parts = [TITLE_WORDS, LEAD, *(words for section in SECTIONS for words in section)]
    return parting.join("\n".join(textwrap.wrap(words, width)) if width else words for words in parts).encode()


FORMS: Final[dict[str, Callable[[], bytes]]] = {
    "front matter.md": fronted,
    "page.html": html,
    "bold.html": lambda: html("<p><strong>{}</strong></p><p>{}</p>"),
    "bold lines.html": lambda: html("<p><b>{}</b><br>{}</p>"),
    "bold.docx": word,
    "headings over two lines.pdf": pdf,
    "plain.txt": plain,
    "wrapped as mail is.txt": lambda: plain(width=64),
    "a line a paragraph.txt": lambda: plain("\n"),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_gives_the_rows_of_the_others(name: str) -> None:
    def told(data: bytes, kind: str) -> list[tuple[object, ...]]:
        rows = examine(parse(data, id=f"{NAME}.{kind}")).rows
        place = {row.start: number for number, row in enumerate(rows)}
        return [
            (
                r.low,
                r.kind,
                r.status,
                r.payer,
                r.recipient,
                r.area.replace("\n", " "),
                r.period,
                place.get(r.part_of or -1),
            )
            for r in rows
        ]

    expected = told(markdown(), "md")
    assert [row[0] for row in expected] == [90_000_000, 30_000_000, 40_000_000, 20_000_000]
    assert told(FORMS[name](), name.rpartition(".")[2]) == expected


@pytest.mark.parametrize("name", FORMS)
def test_a_form_shows_its_title_and_headings(name: str) -> None:
    found = parse(FORMS[name](), id=f"{NAME}.{name.rpartition('.')[2]}")
    told = [(b.kind, " ".join(found.text[b.start : b.end].split())) for b in found.blocks if b.kind in (TITLE, HEADING)]
    assert told == [(TITLE, TITLE_WORDS), *((HEADING, head) for head, _ in SECTIONS)]


@pytest.mark.parametrize(
    "source",
    [
        "<p><strong>Regeringen avsätter 5 miljoner kronor.</strong></p>",
        "<p>Regeringen avsätter <b>5 miljoner kronor</b></p>",
        "<ul><li><b>5 miljoner kronor till bibliotek</b></ul>",
    ],
)
def test_bold_words_are_no_heading(source: str) -> None:
    found = parse(f"<body>{source}</body>".encode(), id="sida.html")
    assert not [block for block in found.blocks if block.kind == HEADING]


def test_the_title_of_the_front_matter_is_read_where_the_text_has_none() -> None:
    front = "---\ntitel: 'Skolan får 5 miljoner kronor'\ntyp: nyhet\n---\n"
    alone, headed = (parse(f"{front}{rest}".encode(), id="a.md") for rest in ("Mer text.", "# Mer till skolan\n\nHej."))
    assert [row.text for row in examine(alone).rows] == ["5 miljoner kronor"]
    assert not examine(headed).rows
    assert alone.title == "Skolan får 5 miljoner kronor"
