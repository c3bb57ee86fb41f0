"""A long list by pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

PAGE: Final = 50

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """One page of a list: its items, the number of the page and of its first item, how many there are of each."""

    items: Sequence[T]
    page: int
    pages: int
    total: int

    @property
    def first(self) -> int:
        """The number of the page's first item in the list, from 1."""
        return (self.page - 1) * PAGE + 1


def paged(items: Sequence[T], asked: str) -> Paged[T]:
    """The page that an address asks for; the nearest there is, and the first for what is no number.

    >>> paged(range(120), "3").items, paged(range(120), "9").page, paged([], "x").pages
    (range(100, 120), 3, 1)
    """
    pages = -(-len(items) // PAGE) or 1
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
    page = max(1, min(number, pages))
    return Paged(items[(page - 1) * PAGE : page * PAGE], page, pages, len(items))
