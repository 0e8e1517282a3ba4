"""What a card says, as a value: the canvas repaints a card when its face has changed, and only then."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from annstudio.core.params import Choice, Flag, Param, Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.sources import sources
from annstudio.engine.activations import activations
from annstudio.engine.layers import layers
from annstudio.engine.layers.base import Shape, features, shown_shape
from annstudio.engine.losses import losses
from annstudio.project.model import Node, Project
from annstudio.project.names import title
from annstudio.project.settings import own_values
from annstudio.project.shapes import Flow
from annstudio.ui.canvas.facts import layer_facts
from annstudio.ui.canvas.thumbnails import Params, default_params
from annstudio.ui.canvas.words import compact, short
from annstudio.ui.inspector.numbers import shown_number
from annstudio.ui.translate import translate

_MOST_LINES = 3
GAP = "   "
"""Between the shape and the parameters."""
_COUNTS = ("units", "filters")


@dataclass(frozen=True)
class Face:
    """The texts and pictures of a card, translated.

    Args:
        title: the layer's name.
        subtitles: its most telling settings, in full and then shorter, for where there is no room.
        feet: the loss or the shape, and the parameters; in full and then shorter.
        spoken: the same for a screen reader.
        lines: what stands in the middle of a card without an activation.
        icon: the layer's own.
        chip: it stands large in the middle, before the lines; else small before the title.
        activation: key of the activation whose curve is shown, or empty.
        params: the activation's own parameters.
        units: number of unit dots.
        count: key of the setting that says how many units there are, or empty.
        keys: of the settings that are edited at the card, in order.
        facts: what the layer does to shapes and what it costs, a sentence each, for its tool tip.
    """

    title: str
    subtitles: tuple[str, ...] = ()
    feet: tuple[str, ...] = ()
    spoken: str = ""
    lines: tuple[str, ...] = ()
    icon: str = ""
    chip: bool = False
    activation: str = ""
    params: Params = ()
    units: int = 0
    count: str = ""
    keys: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


def face_of(project: Project, node: Node, flow: Flow) -> Face:
    """Return what the card of this node shows."""
    name = translate(title(node))
    if not layers[node.kind].takes_input:
        return _data_face(project, name)
    if "activation" in node.settings.values:
        return _units_face(project, node, name, flow)
    layer, lines = layers[node.kind], _lines(node.kind, node.settings.values) or _incoming(flow)
    texts = feet("", flow)
    return Face(
        title=name,
        feet=texts,
        spoken=", ".join((name, *lines, texts[-1])),
        lines=lines,
        icon=layer.icon,
        chip=True,
        keys=_keys(node),
        facts=layer_facts(flow),
    )


def kind_face(kind: str, activation: str = "") -> Face:
    """Return the face of a layer that is not in the design yet: what the palette's drag shows.

    Args:
        kind: of the layer.
        activation: that it will have, if not its own first one.
    """
    layer, info = layers[kind], layers[kind].info
    defaults = {param.key: param.default for param in info.params}
    if activation:
        defaults["activation"] = activation
    if "activation" not in defaults:
        return Face(title=translate(info.label), lines=_lines(kind, defaults), icon=layer.icon, chip=True)
    key, units = str(defaults["activation"]), _count(defaults)
    return Face(
        title=translate(info.label),
        subtitles=_settings(units, short(activations[key].info.label)),
        feet=(f"→ {defaults['units']}",) if "units" in defaults else (),
        activation=key,
        params=default_params(key),
        icon=layer.icon,
        units=units or 1,
    )


def with_activation(face: Face, key: str) -> Face:
    """Return what a card would show if its layer had another activation."""
    old, new = (short(activations[each].info.label) for each in (face.activation, key))
    subtitles = tuple(subtitle.replace(old, new) for subtitle in face.subtitles)
    return replace(face, activation=key, params=default_params(key), subtitles=subtitles)


def _units_face(project: Project, node: Node, name: str, flow: Flow) -> Face:
    key, units = str(node["activation"]), _count(node.settings.values)
    count = next((key for key in _COUNTS if key in node.settings.values), "")
    activation = short(activations[key].info.label)
    loss = "" if layers[node.kind].gives_output else short(_loss(project).label)
    return Face(
        title=name,
        subtitles=_settings(units, activation),
        feet=feet(loss, flow),
        spoken=", ".join(part for part in (name, _units(units) if units else "", activation, loss) if part),
        icon=layers[node.kind].icon,
        activation=key,
        params=tuple(sorted(own_values(node.settings.values, "activation").items())),
        units=units or (features(flow.output) if flow.output is not None else 1),
        count=count,
        keys=(count, "activation") if count else ("activation",),
        facts=layer_facts(flow),
    )


def _data_face(project: Project, name: str) -> Face:
    source = sources[str(project.data["source"])]
    schema = source.schema
    label = translate(source.info.label)
    return Face(
        title=name,
        subtitles=(_features(schema.inputs),),
        feet=(label,),
        icon=layers["input"].icon,
        spoken=f"{name}, {_features(schema.inputs)}, {label}",
        lines=_picture_line(schema.image_shape) or few([translate(column.name) for column in schema.features]),
    )


def _settings(units: int, activation: str) -> tuple[str, ...]:
    # The foot and the dots tell the units as well, so they give way first.
    return (f"{units:,} · {activation}", activation) if units else (activation,)


def _count(values: Mapping[str, Value]) -> int:
    """Return how many units or filters these settings of a layer ask for; 0 where they do not."""
    return next((int(values[key]) for key in _COUNTS if key in values), 0)


def _keys(node: Node) -> tuple[str, ...]:
    """Return the keys of those settings of a layer that do not stand behind “More”."""
    values = node.settings.values
    plain = (param for param in layers[node.kind].info.params if not param.more)
    return tuple(param.key for param in plain if not param.needs or values[param.needs])


def _lines(kind: str, values: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the first settings of a layer; those that few change where there are no others."""
    params = layers[kind].info.params
    plain = [param for param in params if not param.more]
    telling = plain or [param for param in params if not isinstance(param, Flag)]
    # What needs a flag to be on speaks for that flag.
    flags = {param.needs for param in telling}
    telling = [param for param in telling if param.key not in flags and (not param.needs or values[param.needs])]
    lines = [line for param in telling if (line := _line(param, values[param.key]))]
    return tuple(lines[:_MOST_LINES])


def _incoming(flow: Flow) -> tuple[str, ...]:
    """Return the shapes that come in."""
    return tuple(few([f"{_shape(shape)} →" for shape in flow.inputs or ()]))


def _line(param: Param, value: Value) -> str:
    """Return a setting with its value; of what can be switched on and off, only what is on."""
    label = translate(param.label)
    if isinstance(param, Flag):
        return label if value else ""
    if isinstance(param, Choice):
        return f"{label} {translate(dict(param.options)[str(value)])}"
    return f"{label} {value if isinstance(value, str) else shown_number(value)}"


def feet(loss: str, flow: Flow) -> tuple[str, ...]:
    """Return the loss, if any, or the shape with the parameters, and these shorter, where that makes a difference."""
    shape = "→ ?" if flow.output is None else f"→ {_shape(flow.output)}"
    if not flow.parameters:
        return (loss, shape) if loss else (shape,)
    starts = (loss, shape) if loss else (shape,)
    counts = dict.fromkeys((f"{flow.parameters:,}", compact(flow.parameters)))
    full = tuple(f"{start}{GAP}{_params(count)}" for start in starts for count in counts)
    return (*full, shape) if flow.output is not None and len(flow.output) > 1 else full


def _shape(output: Shape) -> str:
    return f"{output[0]:,}" if len(output) == 1 else shown_shape(output)


def _params(count: str) -> str:
    return translate(text(QT_TRANSLATE_NOOP("annstudio", "{count} params"), count=count))


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


def few(names: list[str]) -> tuple[str, ...]:
    """Return the names that there is room for on a card, and how many more there are."""
    if len(names) <= _MOST_LINES:
        return tuple(names)
    rest: Text = text(QT_TRANSLATE_NOOP("annstudio", "and {count} more"), count=len(names) - _MOST_LINES + 1)
    return (*names[: _MOST_LINES - 1], translate(rest))


def _loss(project: Project) -> Info:
    return losses[str(project.training["loss"])].info
