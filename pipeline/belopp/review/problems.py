"""What stops work at the desk: each message says what cannot be and why, in the reviewer's language."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from belopp.review.words import words


class ReviewError(RuntimeError):
    """The desk cannot open, or cannot do what was asked; nothing was changed.

    ``said`` is one of the desk's words, with ``about`` for its braces, or else the message itself.

    >>> ReviewError("no.value", value="många").told("sv")
    '”många” är inget entydigt belopp'
    """

    def __init__(self, said: str, **about: object) -> None:
        self.said = said
        self.about = about
        super().__init__(self.told("en"))

    def told(self, language: str) -> str:
        """The message in a language."""
        known = words(language)
        about = {name: _named(value, known) for name, value in self.about.items()}
        return known[self.said].format(**about) if self.said in known else self.said


def _named(value: object, known: Mapping[str, str]) -> object:
    """The names of columns as the page has them; other values as they are."""
    return ", ".join(known.get(column, column).lower() for column in value) if isinstance(value, tuple) else value


def page_of(error: ReviewError, language: str) -> str:
    """A whole page, as HTML, that tells of an error in the reader's language and leads back to the queue."""
    said, queue = error.told(language), words(language)["queue"]
    said = escape(said[:1].upper() + said[1:])
    main = f"<main><h1>belopp</h1><p>{said}</p><p><a href='/'>{queue}</a></p></main>"
    return f"<!doctype html><html lang='{language}'><meta charset='utf-8'><title>belopp</title>{main}</html>"


class Stale(ReviewError):
    """The row is no longer as the reviewer saw it: someone else decided it meanwhile."""
