"""How much room a text takes, told without any font at hand.

The widths are those of Inter, in which figures are set, rounded up, in shares of the letters' size; see
resources/fonts. Where a reader's program lacks Inter, it takes a face that is about as wide.
"""

FAMILIES = ("Inter", "Helvetica Neue", "Helvetica", "Arial", "DejaVu Sans", "sans-serif")
"""The faces to set figures in, the first that is there."""

ASCENT, DESCENT = 0.76, 0.22
"""How far letters reach above and below their base line, in shares of their size."""

_GROUPS = {
    0.28: " Iijl",
    0.33: "!',.:;·",
    0.4: "()/[\\]`frt|",
    0.5: "-1^_{}²³₀₁₂₃₄₅₆₇₈₉",
    0.58: '"*7?JLaksxz',
    0.62: "5EFcehnouvy",
    0.66: "#$023689BPRSZbdgpq",
    0.7: "&+4<=>T~×−",
    0.76: "ACDGHKNUVXY",
    0.85: "OQw",
    1.0: "@Mm→…",
    1.03: "%W",
}
_WIDTHS = {sign: width for width, signs in _GROUPS.items() for sign in signs}
_WIDEST = 1.05
"""What is not in the table counts as wide: a little too much room is better than too little."""
_REGULAR = 0.98
"""The table is that of the heavier face."""
_SLACK = 1.05
"""For faces that take Inter's place and are a little wider."""


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line of text is at most, with letters of this size."""
    return sum(_WIDTHS.get(sign, _WIDEST) for sign in text) * size * _SLACK * (1.0 if bold else _REGULAR)


def shortened(text: str, most: int) -> str:
    """Return the text, cut off behind so many signs."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
