"""Orthogonal initialization."""

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.params import Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.initializers._shared import LARGEST_WEIGHT
from annstudio.engine.initializers.base import Initializer


class Orthogonal(Initializer):
    """W = g·Q, where Q is a random rotation: QᵀQ = I, or QQᵀ = I if there are more units than inputs.

    Q is that of the decomposition Z = QR of a normal matrix Z. With the columns' signs turned so that R has a positive
    diagonal, the decomposition is unique and no rotation is likelier than another (Mezzadri 2007).
    """

    info = Info(
        key="orthogonal",
        label=QT_TRANSLATE_NOOP("annstudio", "Orthogonal"),
        order=120,
        more=True,
        summary=QT_TRANSLATE_NOOP("annstudio", "A random rotation: it turns the signal and keeps its length."),
        formula="W = g·Q, QᵀQ = I",
        reference="Saxe, McClelland & Ganguli 2013, Exact solutions to the nonlinear dynamics of learning",
        params=(
            Real(
                key="gain",
                label=QT_TRANSLATE_NOOP("annstudio", "Gain g"),
                default=1.0,
                help=QT_TRANSLATE_NOOP("annstudio", "How much signals grow: 1 keeps them; 1.41 makes up for ReLU."),
                minimum=0,
                above_minimum=True,
                maximum=LARGEST_WEIGHT,
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Very deep networks."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Signals neither fade nor explode through many linear layers."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Slow to draw for layers of thousands of units."),
    )

    def _draw(self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Array:
        wide = fan_out > fan_in
        q, r = np.linalg.qr(rng.standard_normal((fan_out, fan_in) if wide else (fan_in, fan_out)))
        q *= np.copysign(float(self.params["gain"]), np.diagonal(r))
        return (q.T if wide else q).reshape(shape)
