"""Each publication as it reads, its sums marked where they stand, and its rows beneath."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from belopp.model import BOILERPLATE, CELL, HEADING, ITEM, QUOTE, TITLE, VOCABULARIES, Block, Document
from belopp.read.formats import MARKDOWN
from belopp.read.unmarked import BULLET, Seen, as_it_reads, bullet, cut
from belopp.report.loading import Line, Places, money, names, worth
from belopp.report.markup import Html, element, join, link, listing, number, sum_cell, text
from belopp.report.trees import badge
from belopp.report.words import Say


@dataclass(frozen=True, slots=True)
class Highlight:
    """A stretch of the text: where, of which kind, and what it says when its row is not among the run's."""

    start: int
    end: int
    kind: str
    said: str = ""


class Page:
    """A publication's text being written out: what is marked, and which marks have their place already."""

    def __init__(self, document: Document, highlights: Sequence[Highlight], places: Places) -> None:
        self.document = document
        self.markdown = document.format == MARKDOWN
        self.places = places
        self.placed: set[int] = set()
        self.marks: list[Highlight] = []
        for each in sorted(highlights, key=lambda each: (each.start, each.end)):
            if not self.marks or each.start >= self.marks[-1].end:  # marks do not overlap
                self.marks.append(each)

    def body(self) -> Html:
        """The text block by block, tables as tables."""
        blocks = self.document.blocks or tuple(_paragraphs(self.document.text))
        pieces = []
        for table, group in groupby(blocks, key=lambda block: block.level if block.kind == CELL else 0):
            those = list(group)
            pieces.append(self._table(those) if table else join(map(self._block, those)))
        return join(pieces)

    def _block(self, block: Block) -> Html | None:
        inner = self._stretch(block.start, block.end)
        if not inner:
            return None
        if block.kind in (TITLE, HEADING):
            return element("p", inner, class_=f"head h{min(block.level or 1, 4)}")
        if block.kind == ITEM:
            lead = bullet(self.document.text, block.start) if self.markdown else BULLET
            return element("p", element("span", lead, class_="lead"), inner, class_=f"item i{min(block.level or 1, 4)}")
        return element("p", inner, class_={QUOTE: "quote", BOILERPLATE: "faint"}.get(block.kind))

    def _table(self, cells: Sequence[Block]) -> Html:
        rows = [
            element("tr", *(element("td", self._stretch(cell.start, cell.end)) for cell in group))
            for _, group in groupby(cells, key=lambda cell: cell.row)
        ]
        return element("div", element("table", element("tbody", *rows), class_="grid"), class_="wide", tabindex=0)

    def _stretch(self, start: int, end: int) -> Html:
        """A stretch of the text with what is marked in it."""
        seen = as_it_reads(self.document.text, start, end, markdown=self.markdown)
        pieces: list[Html] = []
        at = start
        for mark in self.marks:
            if mark.start < end and start < mark.end:
                begin, stop = max(mark.start, start), min(mark.end, end)
                within = join(map(_styled, cut(seen, begin, stop))) or text(self.document.text[begin:stop])
                pieces += [*map(_styled, cut(seen, at, begin)), self._mark(mark, within)]
                at = stop
        return join([*pieces, *map(_styled, cut(seen, at, end))])

    def _mark(self, mark: Highlight, within: Html) -> Html:
        anchor = None if mark.start in self.placed else self.places.sum(self.document.id, mark.start)
        self.placed.add(mark.start)
        return element("mark", within, class_=mark.kind, title=mark.said or None, id=anchor)


def _styled(seen: Seen) -> Html:
    """A stretch in the styles that it is seen in."""
    made = text(seen.text)
    for style in reversed(seen.styles):
        made = element(style, made) if style in ("strong", "em", "code") else element("span", made, class_=style)
    return made


def _paragraphs(whole: str) -> Iterator[Block]:
    """The lines of a text without a layout."""
    at = 0
    for line in whole.splitlines(keepends=True):
        if line.strip():
            yield Block(at, at + len(line.rstrip("\r\n")), "paragraph")
        at += len(line)


def publication(
    line: Line, rows: Sequence[Line], extra: Sequence[Highlight], document: Document | None, why: str,
    places: Places, say: Say, *, whole: bool = True,
) -> Html:  # fmt: skip
    """A publication's section, without ``document`` its sentences and ``why``; when ``whole`` with its rows."""
    doc = line["doc"]
    head = element("h3", line["title"] or doc)
    about = " · ".join(filter(None, (line["published"], doc, line["url"])))
    own_starts = {int(row["start"]) for row in rows}
    extra = list({each.start: each for each in reversed(extra) if each.start not in own_starts}.values())[::-1]
    page = None
    if document is not None:
        told = [row for row in rows if row["kind"] in VOCABULARIES["kind"]]
        own = [Highlight(int(row["start"]), int(row["end"]), row["kind"]) for row in told]
        page = Page(document, [*own, *extra], places)
    body = page.body() if page else element("p", why, class_="note") if why else None
    placed = page.placed if page else set()
    sentences = [_sentence(row, places) for row in rows if int(row["start"]) not in placed]
    sentences += [_missed(each, doc, places) for each in extra if each.start not in placed]
    return element(
        "article",
        head,
        element("p", about, class_="about"),
        element("div", body, class_="text") if page else body,
        element("ul", *sentences, class_="sentences") if sentences else None,
        _rows(rows, places, say) if rows and whole else None,
        id=places.publication(doc),
        class_="publication",
    )


def _sentence(row: Line, places: Places) -> Html:
    """A sentence with its sum marked, the first place that has its words."""
    said, quote = row["sentence"], " ".join(row["text"].split())
    at = said.find(quote)
    anchor = places.sum(row["doc"], row["start"])
    if at < 0:
        return element("li", element("mark", quote, id=anchor, class_=row["kind"]), " ", said)
    mark = element("mark", quote, id=anchor, class_=row["kind"])
    return element("li", text(said[:at]), mark, text(said[at + len(quote) :]))


def _missed(each: Highlight, doc: str, places: Places) -> Html:
    return element("li", element("mark", each.said, id=places.sum(doc, each.start), class_=each.kind))


def _rows(rows: Sequence[Line], places: Places, say: Say) -> Html:
    heads = [say(head) for head in ("Sum", "Value", "Kind", "Payer", "Recipient", "Area", "Period", "Part of", "Check")]
    texts = {row["start"]: row["text"] for row in rows}
    lines = [
        [
            sum_cell(link(places.sum(row["doc"], row["start"]), row["text"])),
            number(worth(row, say)),
            " ".join(say(each) for each in (row["kind"], row["change"], row["status"]) if each),
            names(row["payer"]),
            names(row["recipient"]),
            row["area"],
            names(row["period"]),
            _target(row, texts, places),
            badge(row["check"], say) if row["check"] else "",
        ]
        for row in rows
    ]
    return element("details", element("summary", f"{money(len(rows), say)} {say('rows')}"), listing(heads, lines))


def _target(row: Line, texts: dict[str, str], places: Places) -> Html | None:
    if row["part_of"] in texts:
        return link(places.sum(row["doc"], row["part_of"]), texts[row["part_of"]])
    if row["same_as"] in texts:
        return join(["= ", link(places.sum(row["doc"], row["same_as"]), texts[row["same_as"]])])
    return None
