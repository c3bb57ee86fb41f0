"""Where a mention stands: its sentence, the headings over it, its place in a table.

The describers (purpose, actors, area, period) and the links all ask their questions of a :class:`Place`.
"""

from __future__ import annotations

from belopp.sentences.grid import Grid
from belopp.sentences.outline import Outline
from belopp.sentences.place import Place, place_mentions
from belopp.sentences.splitting import WORD, Span, Words, split_sentences, words

__all__ = ["WORD", "Grid", "Outline", "Place", "Span", "Words", "place_mentions", "split_sentences", "words"]
