"""Formulas that a person types: read without executing anything, differentiated exactly, calculated fast."""

from annstudio.core.formula.formula import Formula

__all__ = ["Formula"]
