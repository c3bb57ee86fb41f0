"""The reviewer's desk: a local web application on a run and its gold, where each key is a decision that is kept.

``serve`` opens it on loopback; ``Desk`` is what it knows and ``make_app`` the pages, for those who embed or test it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from belopp.review.problems import ReviewError, Stale

if TYPE_CHECKING:
    from belopp.review.app import make_app
    from belopp.review.desk import Desk
    from belopp.review.serving import serve

__all__ = ["Desk", "ReviewError", "Stale", "make_app", "serve"]

_PLACES = {"Desk": "desk", "make_app": "app", "serve": "serving"}


def __getattr__(name: str) -> Any:
    # Only what is used is imported: the web's packages come with the extra "review".
    if name not in _PLACES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"belopp.review.{_PLACES[name]}"), name)
