"""Reading: bytes become a ``Document``, its text made once and its blocks told apart, one module for each format.

``formats`` tells what a file is and ``decoding`` makes it text. ``markdown``, ``plain`` and ``delimited`` lay out a
text as it is, by ``lines``, ``front_matter`` and ``unmarked`` marks; ``html``, ``docx``, ``xlsx`` and ``pdf`` make a
``page`` of bytes that are none, by ``nesting``, ``seen``, ``inline``, ``grid`` and ``zipped``. ``boilerplate`` sets
apart what is no publication, ``dates`` and ``listing`` say when it was published. ``apart`` reads what cannot be
trusted in a process of its own; ``problems`` say why a file cannot be read.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from belopp.composing import composed
from belopp.irregular import irregular
from belopp.model import Block, Document
from belopp.read import delimited, formats, markdown, plain
from belopp.read.dates import dated_in_text, published_in_path, published_in_text
from belopp.read.decoding import decode, oddities
from belopp.read.formats import ENDINGS
from belopp.read.front_matter import DATE, NONE, TITLE, URL, front_matter
from belopp.read.listing import Listing, day_of, index, is_index, listed_in, together
from belopp.read.page import Page
from belopp.read.problems import ANEW, Unreadable

__all__ = [
    "ENDINGS", "MADE", "Listing", "Unreadable", "day_of", "decode", "index", "is_index", "lay_out", "listed_in",
    "parse", "read", "read_bytes", "text_document", "together",
]  # fmt: skip

# The formats whose document text is the decoded file itself, so that blocks may be laid out later.
_LAYOUTS: dict[str, Callable[[str], tuple[Block, ...]]] = {
    formats.MARKDOWN: markdown.blocks_of,
    formats.TEXT: plain.blocks_of,
    formats.CSV: delimited.blocks_of,
}

MADE = frozenset({formats.HTML, formats.PDF, formats.DOCX, formats.XLSX})
"""The formats whose text is made here: a run keeps it, for offsets point into it."""


_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)


def read(
    path: str | os.PathLike[str],
    *,
    root: str | os.PathLike[str] | None = None,
    published: str = "",
    title: str = "",
    url: str = "",
    blocks: bool = True,
) -> Document:
    """Read a file; the document's id is its path relative to ``root``, or its name without one.

    ``published``, ``title`` and ``url`` are what an index says of it and go before what the file says.
    Raises :class:`Unreadable` at stage ``open`` when it cannot be opened, at stage ``read`` when it is a pipe or a
    device, and as :func:`parse` does; ``TypeError`` for what is no path.
    """
    if not isinstance(path, str | os.PathLike):
        kind = type(path).__name__
        raise TypeError(f"belopp.read takes a path (str or os.PathLike), not {kind}; of a bare text: belopp.find(text)")
    location = os.fspath(path)
    if odd := irregular(location):
        raise Unreadable("read", odd)
    try:
        data = read_bytes(location)
    except OSError as error:
        raise Unreadable("open", error.strerror or str(error)) from error
    name = _name_of(location, None if root is None else os.fspath(root))
    return parse(data, id=name, path_hint=location, published=published, title=title, url=url, blocks=blocks)


def parse(
    data: bytes,
    *,
    id: str,
    path_hint: str = "",
    published: str = "",
    title: str = "",
    url: str = "",
    format: str = "",
    blocks: bool = True,
) -> Document:
    """Make a document of a file's bytes: its format told from its content, its text and blocks laid out.

    Of Markdown, plain text and CSV the text is the decoded file; of HTML, PDF, DOCX and XLSX it is made here
    as a reader sees it.  ``flags`` say what was odd, a name that promises another format among it.
    With ``blocks=False`` what is the decoded file comes without blocks, for :func:`lay_out` to add where they
    are needed.  Blank bytes give a document with no blocks.  Raises :class:`Unreadable` at stage ``decode``,
    ``format`` or ``read``.

    >>> page = parse("Publicerad 7 mars 2022\\n\\nNytt avtal\\n\\nStaten ger 5 mnkr.".encode(), id="avtal.txt")
    >>> page.title, page.published, page.format
    ('Nytt avtal', '2022-03-07', 'text')
    """
    path_hint = path_hint or id
    told = Listing(published, title, url)
    form = format or formats.format_of_bytes(data)
    if form in (formats.PDF, formats.DOCX, formats.XLSX):
        return _paged(_page_of(data, form), form, path_hint, (), id=id, told=told)
    text, flags = decode(data)
    form = form or formats.format_of(text, path_hint=path_hint)
    if form == formats.HTML:
        from belopp.read import html

        return _paged(html.page_of(text), form, path_hint, flags, id=id, told=told)
    if form not in _LAYOUTS:
        raise Unreadable("format", f"{form} is not read")
    document = _as_decoded(text, form, path_hint, flags, id=id, told=told)
    return lay_out(document) if blocks else document


def _as_decoded(text: str, form: str, path_hint: str, flags: tuple[str, ...], *, id: str, told: Listing) -> Document:
    """The document that a decoded file is, what was ``told`` of it before what its front matter says."""
    front = front_matter(text) if form == formats.MARKDOWN else NONE
    return Document(
        id,
        text,
        told.published or day_of(front.says(DATE)) or _date_of(text[front.end :] if front.end else text, id, path_hint),
        told.title or front.says(TITLE) or _first_heading(text),
        told.url or front.says(URL),
        (),
        form,
        flags if not text or text.isspace() else (*flags, *formats.disagreement(path_hint, form)),
    )


def _page_of(data: bytes, form: str) -> Page:
    """The page of bytes that are no text; whatever a library says of broken ones is the document's fault."""
    try:
        if form == formats.PDF:
            from belopp.read import pdf

            return pdf.page_of(data)
        from belopp.read import docx, xlsx

        return docx.page_of(data) if form == formats.DOCX else xlsx.page_of(data)
    except (Unreadable, MemoryError):
        raise
    except ModuleNotFoundError as error:
        raise Unreadable("read", f"{form.upper()} needs {error.name}; pip install 'belopp[formats]'") from error
    except Exception as error:
        why = " ".join(str(error).split())[:200]
        raise Unreadable(
            "read", f"the {form.upper()} is broken: {type(error).__name__}{why and ': '}{why}; {ANEW}"
        ) from error


def _paged(page: Page, form: str, path_hint: str, flags: tuple[str, ...], *, id: str, told: Listing) -> Document:
    """The document that was made of a page, what was ``told`` of it before what the page says."""
    return Document(
        id,
        page.text,
        told.published or page.published or _date_of(page.text, id, path_hint),
        told.title or page.title,
        told.url or page.url,
        page.blocks,
        form,
        (*dict.fromkeys((*flags, *page.flags, *oddities(page.text))), *formats.disagreement(path_hint, form)),
        page.pages,
    )


def lay_out(document: Document) -> Document:
    """The document with its blocks, and with the title that they show when it has none yet.

    >>> lay_out(Document("a", "# Stöd\\n\\n5 mnkr ges.", format="markdown")).blocks[1]
    Block(start=8, end=19, kind='paragraph', level=0, row=-1, column=-1)
    """
    if document.blocks or document.format not in _LAYOUTS:
        return document
    whole = composed(document.text)
    blocks = _LAYOUTS[document.format](whole.text if whole else document.text)
    if whole:
        blocks = tuple(whole.block(block, back=True) for block in blocks)
    title = document.title or next((document.text[b.start : b.end] for b in blocks if b.kind == "title"), "")
    return document._replace(blocks=blocks, title=title)


def text_document(text: str, *, id: str = "") -> Document:
    """A document of a bare string, Markdown or plain text by its content, as it stands.

    >>> [block.kind for block in text_document("Det kostar 3 miljoner kronor.").blocks]
    ['paragraph']
    """
    form = formats.MARKDOWN if formats.format_of(text) == formats.MARKDOWN else formats.TEXT
    return lay_out(Document(id, text, _date_of(text), _first_heading(text), format=form))


def _date_of(text: str, *paths: str) -> str:
    if found := published_in_text(text):
        return found
    for path in paths:  # the one below INPUT goes first: /home/2019/archive/2024/09/a.md is of 2024
        if found := published_in_path(path):
            return found
    return dated_in_text(text)


def _first_heading(text: str) -> str:
    if not text.startswith("# "):
        return ""
    line = text[2 : text.find("\n") if "\n" in text else len(text)].partition("\r")[0]
    return line.strip(" \t#*")


def _name_of(location: str, root: str | None) -> str:
    if root is None:
        return os.path.basename(location)
    prefix = root if root.endswith(os.sep) else root + os.sep
    if location.startswith(prefix) and "//" not in location and "/." not in location:
        return location[len(prefix) :].replace(os.sep, "/")
    return Path(os.path.relpath(location, root)).as_posix()


def read_bytes(path: str, *, size: int = -1) -> bytes:
    """A file's bytes, by plain system calls; ``size`` is how many there were when somebody looked (-1: nobody did)."""
    # os.read of a small file costs a third of what open() does; 33,200 of them are read in one run.
    handle = os.open(path, _READING)
    try:
        expected = os.fstat(handle).st_size if size < 0 else size
        first = os.read(handle, expected + 1)
        if len(first) == expected:
            return first
        parts = [first]
        while part := os.read(handle, 1 << 20):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(handle)
