"""ANN Studio: understand artificial neural networks by making them."""

__version__ = "0.1.0"
