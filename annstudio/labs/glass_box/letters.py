"""What the numbers of a network are called in formulas."""

from annstudio.engine.network import INPUT, Network
from annstudio.labs.glass_box.marks import Delta, Error, Gradient, Parameter, Slope, Sum, Target, Value
from annstudio.labs.notation import Mark, Row, Sign, Words

_LETTERS = {"kernel": "w", "bias": "b", "gamma": "γ", "beta": "β", "activation": "s"}
_PAIR = 2


class Letters:
    """Signs for one network: wᵢⱼ⁽ˡ⁾ leads from value i of the layer before to unit j of layer l.

    Args:
        network: whose layers are counted from 1.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._last = len(network.layers) - 1

    def value(self, place: int, unit: int) -> Sign:
        """Return x₁, a₁⁽¹⁾ or ŷ₁."""
        return self._value(place, unit, Value(place, unit))

    def sum(self, place: int, unit: int) -> Sign:
        """Return z₁⁽¹⁾."""
        return Sign("z", self._number(unit, place), self._layer(place), mark=Sum(place, unit))

    def target(self, unit: int) -> Sign:
        """Return y₁."""
        return Sign("y", self._number(unit, self._last), mark=Target(unit))

    def parameter(self, place: int, part: str, index: tuple[int, ...]) -> Sign:
        """Return w₁₂⁽¹⁾, b₁⁽¹⁾, γ₁⁽¹⁾ …"""
        return self._parameter(place, part, index, Parameter(place, part, index))

    def error(self, place: int, unit: int) -> Row:
        """Return ∂J/∂a₁⁽¹⁾."""
        return self._by(self._value(place, unit, Error(place, unit)), Error(place, unit))

    def delta(self, place: int, unit: int) -> Row:
        """Return ∂J/∂z₁⁽¹⁾."""
        return self._by(self._sum(place, unit, Delta(place, unit)), Delta(place, unit))

    def gradient(self, place: int, part: str, index: tuple[int, ...]) -> Row:
        """Return ∂J/∂w₁₂⁽¹⁾."""
        mark = Gradient(place, part, index)
        return self._by(self._parameter(place, part, index, mark), mark)

    def slope(self, place: int, unit: int, by: int | None = None) -> Row:
        """Return ∂a₁⁽¹⁾/∂z₁⁽¹⁾, or that by another unit's z."""
        mark = Slope(place, unit)
        top, bottom = self._value(place, unit, mark), self._sum(place, unit if by is None else by, mark)
        return (Words("∂"), top, Words(" / ∂"), bottom)

    def _by(self, sign: Sign, mark: Mark) -> Row:
        return (Sign("∂J / ∂", mark=mark), sign)

    def _value(self, place: int, unit: int, mark: Mark) -> Sign:
        if place == INPUT:
            return Sign("x", str(unit + 1), mark=mark)
        if place == self._last:
            return Sign("ŷ", self._number(unit, place), mark=mark)
        return Sign("a", str(unit + 1), self._layer(place), mark=mark)

    def _sum(self, place: int, unit: int, mark: Mark) -> Sign:
        return Sign("z", self._number(unit, place), self._layer(place), mark=mark)

    def _parameter(self, place: int, part: str, index: tuple[int, ...], mark: Mark) -> Sign:
        numbers = [str(number + 1) for number in index]
        below = (",".join if any(len(number) > 1 for number in numbers) or len(index) > _PAIR else "".join)(numbers)
        return Sign(_LETTERS.get(part, part), below, self._layer(place), mark=mark)

    def _number(self, unit: int, place: int) -> str:
        """Return the number below, none where there is only one output."""
        return "" if place == self._last and self._network.outputs == 1 else str(unit + 1)

    def _layer(self, place: int) -> str:
        """Return the number above, none where there is only one layer."""
        return "" if self._last == 0 else str(place + 1)
