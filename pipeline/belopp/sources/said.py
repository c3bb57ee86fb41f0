"""What an index or a feed says of a page, whatever stands where a text should."""

from __future__ import annotations

import re
from typing import Final

DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def text_of(said: object) -> str:
    r"""A text as UTF-8 can hold it; ``""`` for what is none.

    >>> text_of("bidrag\udcff"), text_of(None)
    ('bidrag?', '')
    """
    return said.encode("utf-8", "replace").decode("utf-8") if isinstance(said, str) else ""
