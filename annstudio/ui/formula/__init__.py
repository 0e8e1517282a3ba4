"""Formulas, set and painted; what they speak of lights up under the pointer."""
