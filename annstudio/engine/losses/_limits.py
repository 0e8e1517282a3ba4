"""Where losses of probabilities stop: a sure and wrong prediction costs much, but not infinitely much."""

LOWEST_LOG = -100
"""Logarithms of probabilities stop here, as in PyTorch."""
SMALLEST_DIVISOR = 1e-12
"""What a gradient divides by stops here, as in PyTorch."""
