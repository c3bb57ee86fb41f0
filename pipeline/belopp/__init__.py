"""belopp reads Swedish publications and writes down every sum of money in them, with its reasons.

>>> import belopp
>>> [mention.text for mention in belopp.find("Regeringen avsätter drygt 30 miljoner kronor.")]
['30 miljoner kronor']

``find`` takes a bare text, ``read`` a file, ``extract`` what ``read`` returned; ``rows_of`` and ``examined`` take
Arrow record batches of documents.  Each of the first three bears the name of the module that does the work, so inside
the package a module's other names are imported from it (``from belopp.find import mentions``).
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from belopp.batch.arrow import examined as examined
    from belopp.batch.arrow import rows_of as rows_of
    from belopp.extract import extract as extract
    from belopp.find import find as find
    from belopp.model import Block, Check, Document, Mention, Reason, Row
    from belopp.read import read as read

__version__ = "0.1.0"
__all__ = [
    "Block", "Check", "Document", "Mention", "Reason", "Row", "__version__", "examined", "extract", "find", "read",
    "rows_of",
]  # fmt: skip
_MODULES = {"examined": "belopp.batch.arrow", "rows_of": "belopp.batch.arrow"}


class _Public:
    """A public function, looked up on first use, that the import of its namesake module does not displace."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, package: ModuleType | None, owner: type | None = None) -> Callable[..., object]:
        module = import_module(f"belopp.{self.name}")
        function: Callable[..., object] = getattr(module, self.name)
        return function

    def __set__(self, package: ModuleType, module: object) -> None:
        """Python binds a submodule to its package's attribute; here the function keeps the name."""


class _Package(ModuleType):
    find = _Public("find")
    extract = _Public("extract")
    read = _Public("read")

    def __getattr__(self, name: str) -> object:
        if name in __all__:
            return getattr(import_module(_MODULES.get(name, "belopp.model")), name)
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})

    def __reduce__(self) -> tuple[Callable[[str], ModuleType], tuple[str]]:
        """Engines that send functions to other machines send the package by its name."""
        return import_module, (self.__name__,)


sys.modules[__name__].__class__ = _Package
