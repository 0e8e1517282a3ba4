"""Independent, named streams of random numbers from one seed.

Each purpose draws from a stream of its own, so that drawing more of one (a larger data set, another layer) leaves
the others as they were, and looking never changes what comes next.
"""

import zlib

import numpy as np


def stream(seed: int, *name: str | int) -> np.random.Generator:
    """Return the generator of this purpose.

    Args:
        seed: the student's seed, 0 or more.
        name: the purpose, e.g. ("initialization", 2); the same name gives the same numbers on every machine.
    """
    words = [zlib.crc32(part.encode()) if isinstance(part, str) else part for part in name]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))
