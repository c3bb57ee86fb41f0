"""From what level a sum rises or falls and to what, as both the finding of sums and their years ask."""

from __future__ import annotations

import re
from typing import Final

FROM_LEVEL: Final = re.compile(r"\bfrån\s+(?:\w+\s+){0,2}$")  # what stands before the old level: "från drygt"
TO_LEVEL: Final = re.compile(r"\s+till\s+(?:\w+\s+){0,2}")  # what stands between the two: "900 kronor till cirka 950"
