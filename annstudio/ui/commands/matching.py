"""Which letters of a name a few typed letters mean, and how well they fit."""

from collections.abc import Iterable, Set
from dataclasses import dataclass

_START, _RUN, _SKIP = 2.0, 3.0, 0.2
"""What a letter is worth that begins a word, that follows the one before, that comes later in the same word."""
_ELSEWHERE = 1.0
"""What a word is worth that is not in the name but among the other words."""
_EDGE = 0.5
"""What it is worth to begin where the name begins, and to end where a word ends."""

_WHOLE = 1.0
"""What it is worth to be the whole name: more than any other name, also one used lately, gets for the same letters."""

Path = tuple[float, tuple[int, ...]]


@dataclass(frozen=True)
class Match:
    """How typed letters fit a name.

    Args:
        score: the higher, the better.
        places: indices of the letters of the name that were meant.
    """

    score: float
    places: tuple[int, ...] = ()


def match(typed: str, name: str, words: str = "") -> Match | None:
    """Return how what was typed fits a name, or None if it does not.

    Every typed word must be found: in the name, where letters may be left out inside a word and words may be cut short
    ("opad" is "Optimizer: Adam"), or else as it stands among the other words. No letter is meant twice.

    Args:
        typed: in any case.
        name: what is shown.
        words: other words that find it.
    """
    lowered, others = _lowered(name), words.casefold()
    score, places = _WHOLE if _lowered(typed).strip() == lowered else 0.0, set[int]()
    for word in _lowered(typed).split():
        found = _aligned(word, lowered, places)
        if found is not None:
            score += found[0] + _EDGE * _edges(lowered, found[1])
            places |= set(found[1])
        elif word.strip(":") and word in others:
            score += _ELSEWHERE
        else:
            return None
    return Match(score, tuple(sorted(places)))


def _lowered(text: str) -> str:
    """Return the text in lower case, as long as it was."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)


def _edges(name: str, places: tuple[int, ...]) -> int:
    """Return whether places begin where a name begins, and end where a word ends: 0 to 2."""
    return int(places[0] == 0) + int(not name[places[-1] + 1 : places[-1] + 2].isalnum())


def _aligned(word: str, name: str, taken: Set[int]) -> Path | None:
    """Return the score and the places of the best way to find the letters of a word, in order, where none is taken."""
    numbers = _word_numbers(name)
    free = [(place, sign) for place, sign in enumerate(name) if place not in taken]
    paths: dict[int, Path] = {-1: (0.0, ())}
    for letter in word:
        paths = {
            place: best for place, sign in free if sign == letter and (best := _best(paths, place, numbers)) is not None
        }
    return max(paths.values(), default=None)


def _best(paths: dict[int, Path], place: int, numbers: list[int]) -> Path | None:
    """Return the best of the paths, each known by its last place, that can go on at this place."""
    longer = ((_gain(last, place, numbers), score, places) for last, (score, places) in paths.items() if last < place)
    return max(((score + gain, (*places, place)) for gain, score, places in longer if gain is not None), default=None)


def _gain(last: int, place: int, numbers: list[int]) -> float | None:
    """Return what going on at a place is worth; None where a letter in the midst of another word would be meant."""
    if place == 0 or numbers[place] != numbers[place - 1]:
        return _START
    if last == place - 1:
        return _RUN
    return _SKIP if last < 0 or numbers[last] == numbers[place] else None


def _word_numbers(name: Iterable[str]) -> list[int]:
    """Return, for every sign, the number of the word that it is in; what is no letter or digit is in none, as −1."""
    numbers, number, inside = [], 0, False
    for sign in name:
        number += int(sign.isalnum() and not inside)
        inside = sign.isalnum()
        numbers.append(number if inside else -1)
    return numbers
