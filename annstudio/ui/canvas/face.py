"""What a card says, as a value: the canvas repaints a card when its face has changed, and only then."""

from dataclasses import dataclass

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.sources import sources
from annstudio.engine.activations import activations
from annstudio.engine.layers import layers
from annstudio.engine.losses import losses
from annstudio.project.model import Node, Project
from annstudio.project.names import title
from annstudio.project.settings import own_values
from annstudio.project.shapes import Flow
from annstudio.ui.canvas.thumbnails import Params
from annstudio.ui.translate import translate

_MOST_LINES = 3
_GAP = "   "


@dataclass(frozen=True)
class Face:
    """The texts and pictures of a card, translated.

    Args:
        title: the layer's name.
        subtitles: its most telling settings, in full and then shorter, for where there is no room.
        feet: the loss or the shape, and the parameters; in full and then shorter.
        spoken: the same for a screen reader.
        lines: what stands in the middle of a card without an activation.
        activation: key of the activation whose curve is shown, or empty.
        params: the activation's own parameters.
        units: number of unit dots.
    """

    title: str
    subtitles: tuple[str, ...] = ()
    feet: tuple[str, ...] = ()
    spoken: str = ""
    lines: tuple[str, ...] = ()
    activation: str = ""
    params: Params = ()
    units: int = 0


def face_of(project: Project, node: Node, flow: Flow) -> Face:
    """Return what the card of this node shows."""
    name = translate(title(node))
    if not layers[node.kind].takes_input:
        return _data_face(project, name)
    if "activation" not in node.settings.values:
        return Face(title=name, feet=_feet("", flow), spoken=name)
    return _units_face(project, node, name, flow)


def kind_face(kind: str) -> Face:
    """Return the face of a layer that is not in the design yet: what the palette's drag shows."""
    info = layers[kind].info
    defaults = {param.key: param.default for param in info.params}
    if "activation" not in defaults:
        return Face(title=translate(info.label))
    key, units = str(defaults["activation"]), int(defaults["units"])
    return Face(
        title=translate(info.label),
        subtitles=_settings(units, short(activations[key].info.label)),
        feet=(f"→ {units}",),
        activation=key,
        params=_defaults(activations[key].info),
        units=units,
    )


def short(label: str) -> str:
    """Return a marked label, translated, without what it adds in parentheses."""
    return translate(label).partition(" (")[0]


def _units_face(project: Project, node: Node, name: str, flow: Flow) -> Face:
    key, units = str(node["activation"]), int(node["units"])
    activation = short(activations[key].info.label)
    loss = "" if layers[node.kind].gives_output else short(_loss(project).label)
    return Face(
        title=name,
        subtitles=_settings(units, activation),
        feet=_feet(loss, flow),
        spoken=", ".join(part for part in (name, _units(units), activation, loss) if part),
        activation=key,
        params=tuple(sorted(own_values(node.settings.values, "activation").items())),
        units=units,
    )


def _data_face(project: Project, name: str) -> Face:
    source = sources[str(project.data["source"])]
    schema = source.schema
    label = translate(source.info.label)
    return Face(
        title=name,
        subtitles=(_features(schema.inputs),),
        feet=(label,),
        spoken=f"{name}, {_features(schema.inputs)}, {label}",
        lines=_picture_line(schema.image_shape) or _few([translate(column.name) for column in schema.features]),
    )


def _settings(units: int, activation: str) -> tuple[str, ...]:
    # The foot and the dots tell the units as well, so they give way first.
    return f"{units:,} · {activation}", activation


def _feet(loss: str, flow: Flow) -> tuple[str, ...]:
    """Return the loss, if any, or the shape with the parameters, and these shorter, where that makes a difference."""
    shape = "→ ?" if flow.outputs is None else f"→ {flow.outputs:,}"
    starts = (loss, shape) if loss else (shape,)
    counts = dict.fromkeys((f"{flow.parameters:,}", _compact(flow.parameters)))
    return tuple(f"{start}{_GAP}{_params(count)}" for start in starts for count in counts)


def _params(count: str) -> str:
    return translate(text(QT_TRANSLATE_NOOP("annstudio", "{count} params"), count=count))


def _compact(count: int) -> str:
    """Return a number in at most five signs from ten thousand on: 12.3k, 1.2M."""
    if count < 10_000:
        return f"{count:,}"
    return f"{count / 1e3:.3g}k" if count < 999_500 else f"{count / 1e6:.3g}M"


def _units(count: int) -> str:
    if count == 1:
        return translate(QT_TRANSLATE_NOOP("annstudio", "1 unit"))
    return translate(text(QT_TRANSLATE_NOOP("annstudio", "{count} units"), count=f"{count:,}"))


def _features(count: int) -> str:
    if count == 1:
        return translate(QT_TRANSLATE_NOOP("annstudio", "1 feature"))
    return translate(text(QT_TRANSLATE_NOOP("annstudio", "{count} features"), count=count))


def _picture_line(shape: tuple[int, int] | None) -> tuple[str, ...]:
    if shape is None:
        return ()
    line = text(QT_TRANSLATE_NOOP("annstudio", "picture of {rows} × {columns}"), rows=shape[0], columns=shape[1])
    return (translate(line),)


def _few(names: list[str]) -> tuple[str, ...]:
    if len(names) <= _MOST_LINES:
        return tuple(names)
    rest: Text = text(QT_TRANSLATE_NOOP("annstudio", "and {count} more"), count=len(names) - _MOST_LINES + 1)
    return (*names[: _MOST_LINES - 1], translate(rest))


def _loss(project: Project) -> Info:
    return losses[str(project.training["loss"])].info


def _defaults(info: Info) -> Params:
    return tuple(sorted((param.key, param.default) for param in info.params))
