"""How a processor treats numbers that are too large or too small while a network is trained.

Numbers below about 1.2e-38 in single precision (2.2e-308 in double) are *subnormal*, and arithmetic with them takes a
processor up to a hundred times as long. Training is full of them: the averages that Adam keeps of a gradient that has
become exactly zero, as behind a pixel that is always white or a unit that is dead, shrink by a constant factor at every
step, for ever. To a network they are zero; so they are taken for zero here, as the compilers of other libraries do.

The mode belongs to a thread (MXCSR on x86, FPCR on ARM) and is reached through the C library: see fesetenv in C11,
section 7.6, and _controlfp in Microsoft's C runtime.
"""

import ctypes
import platform
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from typing import NamedTuple

import numpy as np


class _Layout(NamedTuple):
    """Where a C library keeps the mode in its fenv_t: 32-bit words in all, number of the word, the bits."""

    words: int
    word: int
    bits: int


_X86 = 0x8040
"""Flush to zero (results) and denormals are zero (operands); Intel's Software Developer's Manual, volume 1, 10.2.3."""
_ARM = 1 << 24
"""Flush to zero; Arm Architecture Reference Manual, FPCR.FZ."""
_LAYOUTS = {
    ("linux", "x86_64"): _Layout(8, 7, _X86),
    ("linux", "aarch64"): _Layout(2, 0, _ARM),
    ("darwin", "x86_64"): _Layout(4, 1, _X86),
    ("darwin", "arm64"): _Layout(4, 2, _ARM),
}
_WINDOWS_MASK, _WINDOWS_FLUSH = 0x03000000, 0x01000000


def fast_arithmetic() -> AbstractContextManager[None]:
    """Take subnormal numbers for zero and let overflows pass without a word, in this thread and in the block.

    On a system where the mode cannot be reached only the overflows are silent. A block inside another costs next to
    nothing.
    """
    return _NOTHING if _own.fast else _fast()


class _Own(threading.local):
    fast = False


_own = _Own()
"""Whether the thread is in such a block."""
_NOTHING = nullcontext()


@contextmanager
def _fast() -> Iterator[None]:
    flush = _flusher()
    with np.errstate(all="ignore"):
        restore = flush()
        _own.fast = True
        try:
            yield
        finally:
            _own.fast = False
            restore()


@cache
def _flusher() -> Callable[[], Callable[[], object]]:
    """Return what sets the mode and returns what sets it back."""
    try:
        if sys.platform == "win32":
            return _of_windows(ctypes.CDLL("ucrtbase"))
        layout = _LAYOUTS[sys.platform, platform.machine()]
        return _of_c(ctypes.CDLL("libm.so.6" if sys.platform == "linux" else None), layout)
    except (KeyError, OSError, AttributeError):
        return lambda: lambda: None


def _of_c(library: ctypes.CDLL, layout: _Layout) -> Callable[[], Callable[[], object]]:
    read, write, environment = library.fegetenv, library.fesetenv, ctypes.c_uint32 * layout.words

    def flush() -> Callable[[], object]:
        before = environment()
        read(before)
        after = environment(*before)
        after[layout.word] |= layout.bits
        write(after)
        return lambda: write(before)

    return flush


def _of_windows(library: ctypes.CDLL) -> Callable[[], Callable[[], object]]:
    control = library._controlfp

    def flush() -> Callable[[], object]:
        before = control(0, 0) & _WINDOWS_MASK
        control(_WINDOWS_FLUSH, _WINDOWS_MASK)
        return lambda: control(before, _WINDOWS_MASK)

    return flush
