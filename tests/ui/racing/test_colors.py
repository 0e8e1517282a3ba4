"""Who is who."""

from itertools import combinations

from annstudio.ui.racing.colors import racer_color

USUAL = 4
"""As many race at first."""


def test_those_who_race_at_first_are_far_apart_in_hue() -> None:
    for one, other in combinations(range(USUAL), 2):
        apart = abs(racer_color(one).hue() - racer_color(other).hue())
        assert min(apart, 360 - apart) >= 40, (one, other)
