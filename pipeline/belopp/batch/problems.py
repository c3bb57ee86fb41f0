"""What stops a whole run, as opposed to what quarantines one document; each message names cause and remedy."""

from __future__ import annotations


class WrongInput(ValueError):
    """An INPUT or option that no run can be made of."""


class Busy(RuntimeError):
    """Another run is writing to the same folder."""
