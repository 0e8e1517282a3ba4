"""Labels and counts, short enough for a card."""

from annstudio.ui.translate import translate


def short(label: str) -> str:
    """Return a marked label, translated, without what it adds in parentheses."""
    return translate(label).partition(" (")[0]


def compact(count: int) -> str:
    """Return a count in at most five signs from ten thousand on: 12.3k, 1.2M."""
    if count < 10_000:
        return f"{count:,}"
    return f"{count / 1e3:.3g}k" if count < 999_500 else f"{count / 1e6:.3g}M"
