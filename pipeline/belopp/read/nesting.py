"""How deep a page may nest: beyond that, the elements that open are passed over before the parser sees them."""

from __future__ import annotations

import re
from typing import Final

# The parser looks through all the open elements at each tag.  A browser keeps 512 levels, no page has a hundred.
DEEPEST: Final = 2_000
_TAG: Final = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*'|[\"'])*+>?|<!--.*?(?:-->|\Z)", re.DOTALL
)
# Elements that hold nothing, or that the next of their kind closes: many of them in a row are not nested.
_FLAT: Final = frozenset(
    """area base br col embed hr img input link meta param source track wbr html head body li p dt dd option optgroup
    tr td th thead tbody tfoot colgroup rt rp""".split()
)


def shallow(source: str) -> tuple[str, tuple[str, ...]]:
    """The source without the elements that open deeper than 2,000 levels, and a flag that says so.

    What the elements hold stays.

    >>> shallow("<div>" * 3 + "5 mnkr")[1], len(shallow("<div>" * 100_000 + "5 mnkr")[0]), shallow("<b>" * 2_001)[1]
    ((), 10006, ('nested too deep',))
    """
    if source.count("<") <= DEEPEST:
        return source, ()
    kept: list[str] = []
    depth = done = 0
    dropped = 0  # elements open that were passed over
    cut = False
    for tag in _TAG.finditer(source):
        name = (tag["name"] or "").lower()
        if not name or name in _FLAT or tag[0].endswith("/>"):
            continue
        drop = False
        if tag["end"]:
            if dropped:
                dropped, drop = dropped - 1, True
            elif depth:
                depth -= 1
        elif depth >= DEEPEST:
            dropped, drop = dropped + 1, True
        else:
            depth += 1
        if drop:
            cut = True
            kept.append(source[done : tag.start()])
            done = tag.end()
    if not cut:
        return source, ()
    return "".join(kept) + source[done:], ("nested too deep",)
