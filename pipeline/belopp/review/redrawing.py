"""What a decision changes on the page: the cards that are others than before, and the blocks of their sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from belopp.model import Document
from belopp.review.cards import Card, cards_of
from belopp.review.layout import blocks_at, touched
from belopp.review.marking import marked
from belopp.review.standing import Standing


class Redrawn(NamedTuple):
    """The changed cards, last first, each with the id of the one that it stands before; the ids of those that are gone.

    ``blocks`` are the changed blocks as HTML, by their place; ``reshaped`` whether the tree may be another.
    """

    cards: list[dict[str, Any]]
    gone: list[str]
    blocks: dict[str, str]
    reshaped: bool


def redrawn(
    document: Document | None, old: Sequence[Standing], new: Sequence[Standing], words: Mapping[str, str]
) -> Redrawn:
    """What of a document's page is to be drawn anew once its standings are ``new``."""
    was, now = {card.id: card for card in cards_of(old)}, cards_of(new)
    followers = [card.id for card in now[1:]] + [""]
    changed = [(card, after) for card, after in zip(now, followers, strict=True) if was.get(card.id) != card]
    gone = sorted(was.keys() - {card.id for card in now})
    spans = [span for card, _ in changed for span in _spans(card, was.get(card.id))]
    spans += [span for lost in gone for span in _spans(was[lost], None)]
    blocks: dict[str, str] = {}
    if document is not None and spans:
        for shown in blocks_at(document, new, list(touched(document, spans))):
            blocks[str(shown.place)] = marked(shown, words)
    cards = [{"id": card.id, "before": after, "card": card.json} for card, after in reversed(changed)]
    reshaped = bool(gone) or any(_shape(was.get(card.id)) != _shape(card) for card, _ in changed)
    return Redrawn(cards, gone, blocks, reshaped)


def _spans(card: Card, was: Card | None) -> list[tuple[int, int]]:
    return [(each.standing.row.start, each.standing.row.end) for each in (card, was) if each is not None]


def _shape(card: Card | None) -> object:
    """What of a card the tree shows."""
    if card is None:
        return None
    row = card.standing.row
    return row.start, row.end, row.low, row.high, row.part_of, card.look, card.standing.verdict
