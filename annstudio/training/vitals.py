"""How a network in training is doing inside: what its layers give, how steep they are, and how gradients reach them."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.core.calls import Array
from annstudio.core.random import stream
from annstudio.engine.activations.base import Activation
from annstudio.engine.tracing import LayerTrace, Trace
from annstudio.engine.trainer import Trainer
from annstudio.project.compile import Compiled

QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
FLAT = 0.01
"""A slope below this share of the steepest counts as none."""

_MOST_SAMPLES = 1000
_FEWEST_SAMPLES = 32
_MOST_WORK = 5e7
"""Multiply-adds of one look, some milliseconds; larger networks are looked at with fewer samples."""
_MOST_SORTED = 20_000
_MOST_VALUES = 2e6
"""Values that all layers together may hold for one look."""
_MOST_KEPT = 400
_REMEMBERED = 64
"""Activations whose shape is known; their parameters do not change, but for those that are learned."""


@dataclass(frozen=True, eq=False)
class Spread:
    """How numbers are distributed.

    Attributes:
        quantiles: at QUANTILES; of very many numbers, from some of them.
        rms: root of the mean square.
    """

    quantiles: tuple[float, ...]
    rms: float

    @classmethod
    def of(cls, values: Array) -> "Spread":
        """Return the spread of all these numbers, of which there is one at least."""
        flat = values.ravel()
        ordered = np.sort(flat[:: 1 + flat.size // _MOST_SORTED])
        # np.quantile with its linear method, at a tenth of its time.
        inner = np.interp(np.multiply(QUANTILES[1:-1], len(ordered) - 1), np.arange(len(ordered)), ordered)
        return cls((float(flat.min()), *map(float, inner), float(flat.max())), _rms(flat))


@dataclass(frozen=True, eq=False)
class LayerVitals:
    """One layer at one moment, over some training samples.

    Attributes:
        z, a: pre-activations and outputs.
        weights: of its kernel; None where it has none.
        gradients: dJ/d(kernel); None likewise, and where nothing is trained.
        update_ratio: RMS of the next step of the kernel over RMS of the kernel; NaN where there is none.
        silent: share of the units whose slope is 0 at every sample; NaN unless the activation has a side where it is
            flat and another where it is not.
        saturated: share of the values where the slope is below FLAT of its most; NaN unless the activation levels off
            on both sides.
        zeros: share of the outputs that are exactly 0.
        alike: largest difference between the kernels of two units over the largest weight; NaN for a single unit.
        step: of the next step of the kernel; None where there is none.
        memory: what the optimizer remembers of each weight of the kernel, by the key of its slot.
    """

    z: Spread
    a: Spread
    weights: Spread | None
    gradients: Spread | None
    update_ratio: float
    silent: float
    saturated: float
    zeros: float
    alike: float
    step: Spread | None = None
    memory: Mapping[str, Spread] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def rate(self) -> float:
        """RMS of the next step over RMS of the gradient: the learning rate that counts; NaN where there is none."""
        if self.step is None or self.gradients is None or not self.gradients.rms:
            return math.nan
        return self.step.rms / self.gradients.rms


@dataclass(frozen=True, eq=False)
class Vitals:
    """All layers at one moment.

    Attributes:
        at: on the axis of the curves, in epochs.
        epochs: done since the run began.
        gradient_norm: length of dJ/dw over these samples.
        learning_rate: in use, as the schedule has it.
        layers: by node id, in the order of the network.
        samples: how many were looked at.
    """

    at: float
    epochs: int
    gradient_norm: float
    layers: Mapping[str, LayerVitals]
    samples: int
    learning_rate: float = math.nan


class Examination:
    """Looks at a network in training, between two batches, and changes nothing.

    Args:
        compiled: the network.
        trainer: that trains it.
        seed: chooses the samples.
    """

    def __init__(self, compiled: Compiled, trainer: Trainer, seed: int) -> None:
        self._compiled, self._trainer = compiled, trainer
        self._chosen = _chosen(compiled, trainer, seed)

    @property
    def possible(self) -> bool:
        """The network is not too large to be looked at now and then."""
        return self._chosen is not None

    def look(self, at: float) -> Vitals | None:
        """Return how it is doing; None for a network that is too large, or whose numbers are no longer finite.

        Args:
            at: where the run stands on the axis of the curves.
        """
        if self._chosen is None:
            return None
        trainer = self._trainer
        inputs, targets = trainer.samples
        found = trainer.trace(inputs[self._chosen], targets[self._chosen])
        if not all(np.isfinite(layer.z).all() and np.isfinite(layer.a).all() for layer in found.layers):
            return None
        network = self._compiled.network
        moved = _moved(self._compiled, found)
        kernels = self._compiled.parts(trainer.weights)
        memory = _memory(self._compiled, trainer)
        layers = {
            node_id: replace(
                _vitals(layer, traced, kernels.get(node_id, {}).get("kernel"), moved.get(node_id), shape),
                memory=memory.get(node_id, {}),
            )
            for node_id, layer, traced, shape in zip(
                self._compiled.node_ids, network.layers, found.layers, network.shapes, strict=True
            )
        }
        norm = math.sqrt(sum(float(np.vdot(part, part)) for each in found.layers for part in each.gradients.values()))
        rate = float(trainer.live["learning_rate"])
        return Vitals(at, trainer.epoch, norm, layers, len(self._chosen), rate)


class VitalsLog:
    """Looks from time to time, and keeps what was seen, thinned evenly."""

    def __init__(self, share: float = 0.02) -> None:
        self._share = share
        self._kept: tuple[Vitals, ...] = ()
        self._stride, self._count = 1, 0
        self._due = 0.0
        self.latest: Vitals | None = None

    @property
    def kept(self) -> tuple[Vitals, ...]:
        """What was seen, in order; the last one is the latest."""
        if self.latest is None or (self._kept and self._kept[-1] is self.latest):
            return self._kept
        return (*self._kept, self.latest)

    @property
    def due(self) -> bool:
        """Looking again takes no more than its share of the time."""
        return time.perf_counter() >= self._due

    def look(self, examination: Examination, at: float) -> None:
        """Look, and keep what is seen."""
        begin = time.perf_counter()
        seen = examination.look(at)
        now = time.perf_counter()
        self._due = now + (now - begin) / self._share
        if seen is None:
            return
        self.latest = seen
        if self._count % self._stride == 0:
            self._kept = (*self._kept, seen)
        self._count += 1
        if len(self._kept) > _MOST_KEPT:
            self._kept, self._stride = self._kept[::2], 2 * self._stride

    def hurry(self) -> None:
        """Look again as soon as can be."""
        self._due = 0.0

    def truncate(self, at: float) -> None:
        """Forget what was seen behind a place on the axis of the curves."""
        kept = tuple(seen for seen in self.kept if seen.at <= at)
        self._kept, self.latest = kept, kept[-1] if kept else None


@lru_cache(_REMEMBERED)
def levels_off(activation: Activation) -> bool:
    """Return whether an activation is flat far out on both sides."""
    if not activation.elementwise or len(activation.learned()):
        return False
    far = np.abs(_slopes(activation, np.array([-40.0, -30.0, 30.0, 40.0])))
    return bool((far < FLAT * _steepest(activation)).all())


@lru_cache(_REMEMBERED)
def has_flat_side(activation: Activation) -> bool:
    """Return whether an activation is exactly flat on its left, but not on its right, as ReLU is."""
    if not activation.elementwise or len(activation.learned()):
        return False
    left, right = _slopes(activation, np.array([-3.0, 3.0]))
    return bool(left == 0 and right != 0)


@lru_cache(_REMEMBERED)
def _steepest(activation: Activation) -> float:
    return float(np.abs(_slopes(activation, np.linspace(-12, 12, 2401))).max())


def _slopes(activation: Activation, z: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(all="ignore"):
        slopes: NDArray[np.float64] = np.nan_to_num(activation.derivative(z[:, None])[:, 0])
        return slopes


def _chosen(compiled: Compiled, trainer: Trainer, seed: int) -> NDArray[np.intp] | None:
    """Return the numbers of the samples to look at: all of them if there are few."""
    network, count = compiled.network, len(trainer.samples[0])
    held = sum(math.prod(shape) for shape in network.shapes)
    most = int(min(_MOST_SAMPLES, _MOST_WORK / max(1, network.parameter_count), _MOST_VALUES / max(1, held)))
    if most < min(_FEWEST_SAMPLES, count):
        return None
    if count <= most:
        return np.arange(count)
    return np.sort(stream(seed, "vitals").choice(count, most, replace=False))


def _moved(compiled: Compiled, found: Trace) -> dict[str, Array]:
    """Return by node id how the next step changes each kernel that it changes."""
    if found.update is None:
        return {}
    return _kernels(compiled, found.update.after - found.update.before)


def _memory(compiled: Compiled, trainer: Trainer) -> dict[str, dict[str, Spread]]:
    """Return by node id, and by the key of its slot, what the optimizer remembers of the weights of each kernel."""
    memory: dict[str, dict[str, Spread]] = {}
    for key, values in trainer.state.items():
        if values.shape == (compiled.network.trainable_count,) and np.isfinite(values).all():
            for node_id, kernel in _kernels(compiled, values).items():
                memory.setdefault(node_id, {})[key] = Spread.of(kernel)
    return memory


def _kernels(compiled: Compiled, trained: Array) -> dict[str, Array]:
    """Return by node id what a vector over the trained parameters has of each kernel."""
    pairs = zip(compiled.node_ids, compiled.network.parts(trained), strict=True)
    return {node_id: parts["kernel"] for node_id, parts in pairs if parts.get("kernel") is not None}


def _vitals(
    layer: Any, traced: LayerTrace, kernel: Array | None, moved: Array | None, shape: tuple[int, ...]
) -> LayerVitals:
    gradient = traced.gradients.get("kernel")
    size = _rms(kernel) if kernel is not None else 0.0
    return LayerVitals(
        z=Spread.of(traced.z),
        a=Spread.of(traced.a),
        weights=Spread.of(kernel) if kernel is not None and kernel.size else None,
        gradients=Spread.of(gradient) if gradient is not None and gradient.size else None,
        update_ratio=_rms(moved) / size if moved is not None and size else math.nan,
        silent=_silent(layer.activation, traced, shape),
        saturated=_saturated(layer.activation, traced),
        zeros=float((traced.a == 0).mean()),
        alike=_alike(kernel),
        step=Spread.of(moved) if moved is not None and moved.size else None,
    )


def _silent(activation: Activation | None, traced: LayerTrace, shape: tuple[int, ...]) -> float:
    if activation is None or traced.slope is None or not has_flat_side(activation):
        return math.nan
    # The unit of a convolution is a channel: it answers at many places.
    channels = shape[0]
    active = (traced.slope != 0).reshape(len(traced.slope), channels, -1).any(axis=(0, 2))
    return float(1 - active.mean())


def _saturated(activation: Activation | None, traced: LayerTrace) -> float:
    if activation is None or traced.slope is None or not levels_off(activation):
        return math.nan
    return float((np.abs(traced.slope) < FLAT * _steepest(activation)).mean())


def _alike(kernel: Array | None) -> float:
    if kernel is None or kernel.ndim != 2 or kernel.shape[1] < 2:
        return math.nan
    most = float(np.abs(kernel).max())
    if most == 0:
        return 0.0
    return float((kernel.max(axis=1) - kernel.min(axis=1)).max()) / most


def _rms(values: Array) -> float:
    flat = np.asarray(values, np.float64).ravel()
    return math.sqrt(float(np.vdot(flat, flat)) / flat.size) if flat.size else 0.0
