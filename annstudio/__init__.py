"""ANN Studio: understand artificial neural networks by making them."""

import os

__version__ = "0.1.0"

# Where matrix products use two threads, OpenBLAS keeps the second one spinning for tenths of a second after each, on
# a processor that the calls in between could use; 2^20 ticks are about .4 ms. It is read when NumPy is loaded.
os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "20")
