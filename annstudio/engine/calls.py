"""Prepared calls, as the engine knows them; see annstudio.core.calls."""

from annstudio.core.calls import Array, Call, Calls, New, constant, maximum, minimum, run, scalar

__all__ = ["Array", "Call", "Calls", "New", "constant", "maximum", "minimum", "run", "scalar"]
