"""What is read about the things of a drawing, at one moment of a run."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from annstudio.core.calls import Array
from annstudio.training.snapshot import Snapshot
from annstudio.training.surface import lattice
from annstudio.training.unit_maps import unit_maps
from annstudio.ui.neurons.drawn import Drawn
from annstudio.ui.neurons.map_images import map_images
from annstudio.ui.neurons.popup import Bar, Plane, Reading
from annstudio.ui.neurons.things import Bias, Link, Neuron, Thing
from annstudio.ui.neurons.words import value_of
from annstudio.ui.theme import Theme
from annstudio.ui.views.colors import color_image, diverging, levels
from annstudio.ui.views.numerals import short_figure
from annstudio.ui.views.painting import Line

_SIDES = (56, 28, 14)
"""Points along each side of a large map, from fine to coarse."""
_MOST_BARS = 8


def reading_of(thing: Thing, drawn: Drawn, snapshot: Snapshot | None, theme: Theme) -> Reading:
    """Return what is read about a thing.

    Args:
        thing: that is drawn.
        drawn: names it.
        snapshot: the moment; None before there is a run.
        theme: colors of the map.
    """
    lines = drawn.words.lines(thing, snapshot.weights if snapshot is not None else {})
    if isinstance(thing, Link | Bias):
        how = QCoreApplication.translate("Neurons", "Click, or press Enter, to set it")
        known = snapshot is not None and value_of(thing, snapshot.weights) is not None
        return Reading([*lines, Line(how, "muted")] if known else lines)
    if not isinstance(thing, Neuron) or snapshot is None:
        return Reading(lines)
    plane = _plane(thing, snapshot, theme)
    if plane is not None:
        return Reading(lines, plane, note=_span(plane))
    picture = _picture(thing, drawn, snapshot, theme)
    if picture is not None:
        note = QCoreApplication.translate("Neurons", "its weights, pixel by pixel")
        return Reading(lines, picture=picture, note=note)
    bars, left_out = _bars(thing, drawn, snapshot)
    weaker = QCoreApplication.translate("Neurons", "and {count} weaker weights").format(count=f"{left_out:,}")
    return Reading(lines, bars=bars, note=weaker if left_out else "")


def _plane(neuron: Neuron, snapshot: Snapshot, theme: Theme) -> Plane | None:
    maps = next((maps for side in _SIDES if (maps := unit_maps(snapshot, side))), {})
    values = maps.get(neuron.node_id)
    if values is None or neuron.number >= len(values) or snapshot.prepared is None:
        return None
    own = values[neuron.number]
    (image,) = map_images(theme, snapshot, maps, neuron.node_id, [neuron.number])
    extent = lattice(snapshot.prepared, 2)[0]
    return Plane(image, extent, snapshot.prepared, (float(own.min()), float(own.max())))


def _span(plane: Plane) -> str:
    low, high = map(short_figure, plane.span)
    return QCoreApplication.translate("Neurons", "answers from {low} to {high}").format(low=low, high=high)


def _picture(neuron: Neuron, drawn: Drawn, snapshot: Snapshot, theme: Theme) -> QImage | None:
    """Return the weights of a neuron that weighs the pixels of a picture, as that picture."""
    shape = snapshot.prepared.data.schema.image_shape if snapshot.prepared is not None else None
    kernel = _kernel(neuron, drawn, snapshot)
    if shape is None or kernel is None or not drawn.words.is_data(drawn.walker.sources[neuron.node_id]):
        return None
    column = kernel[:, neuron.number].reshape(shape)
    return color_image(diverging(theme)[levels(column, float(abs(column).max()) or 1.0)])


def _bars(neuron: Neuron, drawn: Drawn, snapshot: Snapshot) -> tuple[list[Bar], int]:
    """Return the strongest weights into a neuron, in the order of what they weigh, and how many others there are."""
    kernel = _kernel(neuron, drawn, snapshot)
    if kernel is None:
        return [], 0
    source, column = drawn.walker.sources[neuron.node_id], kernel[:, neuron.number]
    strongest = sorted(abs(column).argsort()[::-1][:_MOST_BARS].tolist())
    bars = [Bar(drawn.words.symbol(Neuron(source, row)), float(column[row])) for row in strongest]
    return bars, len(column) - len(bars)


def _kernel(neuron: Neuron, drawn: Drawn, snapshot: Snapshot) -> Array | None:
    """Return the weights into a neuron's layer; None where there are none, or they are not known."""
    weights = snapshot.weights.get(neuron.node_id)
    kernel = weights.parts.get("kernel") if weights is not None else None
    known = kernel is not None and neuron.node_id in drawn.walker.sources and neuron.number < kernel.shape[1]
    return kernel if known else None
