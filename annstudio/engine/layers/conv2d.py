"""Convolution over pictures."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from annstudio.core.calls import Array, Calls
from annstudio.core.params import Choice, Integer
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.layers._weighted import ACTIVATION, INITIALIZER, WEIGHTED, Weighted
from annstudio.engine.layers._windows import STRIDE, Windows, gathered, readers, taken
from annstudio.engine.layers.base import Block, Shape, features, picture
from annstudio.engine.stage import Stage


class Conv2D(Weighted):
    """z[f, i, j] = b[f] + Σ w[f, c, u, v] · x[c, i·s + u, j·s + v]; a = g(z).

    The sum runs over channels c and the pixels u, v of a window; every filter f is a unit that weighs the windows of
    the whole picture with the same weights. As everywhere in the field, the kernel is not turned around.

    Written as one matrix product, [W; b]ᵀ·[columns; 1], where a column holds what one window of one sample sees. The
    kernel is (channels · size · size, filters).

    Args:
        filters: number of filters.
        kernel_size: height and width of a window.
        stride: s.
        padding: "same" with a margin of zeros, "valid" without.
        options: see Weighted.
    """

    info = Info(
        key="conv2d",
        label=QT_TRANSLATE_NOOP("annstudio", "Convolution"),
        order=320,
        category=QT_TRANSLATE_NOOP("annstudio", "Pictures"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Slides small windows of weights over a picture: each finds one pattern, wherever it is."
        ),
        formula="z[f, i, j] = b[f] + Σ w[f, c, u, v] · x[c, i·s + u, j·s + v], a = g(z)",
        reference="Fukushima 1980, Neocognitron; LeCun et al. 1989, Backpropagation applied to handwritten zip code "
        "recognition",
        params=(
            Integer(
                "filters",
                QT_TRANSLATE_NOOP("annstudio", "Filters"),
                default=8,
                minimum=1,
                maximum=512,
                help=QT_TRANSLATE_NOOP("annstudio", "How many patterns are looked for; each gives one channel."),
            ),
            Integer(
                "kernel_size",
                QT_TRANSLATE_NOOP("annstudio", "Kernel size"),
                default=3,
                minimum=1,
                maximum=15,
                unit="px",
                help=QT_TRANSLATE_NOOP("annstudio", "Height and width of the window that a filter looks through."),
            ),
            STRIDE,
            Choice(
                "padding",
                QT_TRANSLATE_NOOP("annstudio", "Padding"),
                default="same",
                options=(
                    ("same", QT_TRANSLATE_NOOP("annstudio", "same: a margin of zeros keeps the size")),
                    ("valid", QT_TRANSLATE_NOOP("annstudio", "valid: the picture shrinks")),
                ),
                help=QT_TRANSLATE_NOOP("annstudio", "Whether windows may reach over the picture's edge."),
            ),
            replace(ACTIVATION, default="relu"),
            replace(INITIALIZER, default="he_normal"),
            *WEIGHTED,
        ),
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "Pictures: first a few small convolutions, each followed by pooling."
        ),
        pros=QT_TRANSLATE_NOOP("annstudio", "Few weights, and a pattern learned in one place is known everywhere."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Many more products per weight than Dense: it computes long."),
    )
    icon = "grid-3x3"
    letter = "K"

    def __init__(
        self, filters: int, kernel_size: int = 3, stride: int = 1, padding: str = "same", **options: Any
    ) -> None:
        super().__init__(**options)
        self.filters, self.kernel_size, self.stride, self.padding = filters, kernel_size, stride, padding

    def output(self, inputs: Sequence[Shape]) -> Shape:
        """Return (filters, rows, columns); see Layer.output."""
        return (self.filters, *self._windows(picture(inputs)).places)

    def blocks(self, inputs: Sequence[Shape]) -> tuple[Block, ...]:
        """Return the block [W; b], (channels · size · size + 1, filters); see Layer.blocks."""
        return self._blocks(inputs[0][0] * self.kernel_size**2, self.filters)

    def multiply_adds(self, inputs: Sequence[Shape]) -> int:
        """Return one product for every weight of a filter at every place, margins included; see Layer.multiply_adds."""
        return features(self.output(inputs)) * inputs[0][0] * self.kernel_size**2

    def room(self, inputs: Sequence[Shape]) -> int:
        """Return the values of all windows of a sample; see Layer.room."""
        places = int(np.prod(self._windows(inputs[0]).places))
        return places * max(self.filters, inputs[0][0] * self.kernel_size**2 + 1)

    def terms(self, stage: Stage, sample: int) -> dict[str, Array]:
        """Return the "products" of every filter with every window, with the biases as last row; see Layer.terms.

        Their shape is (channels · size · size + 1, filters, places), and their sum over the first axis is z.
        """
        seen = self._windows(stage.input_shapes[0]).seen()
        pixels = np.append(stage.inputs[0].a[:, sample], 0)
        windows = pixels[seen.reshape(-1, seen.shape[-2] * seen.shape[-1])]
        rows = np.vstack([windows, np.ones((int(self.bias), windows.shape[1]), windows.dtype)])
        return {"products": stage.weights[0][:, :, np.newaxis] * rows[:, np.newaxis]}

    def calls(self, stage: Stage) -> tuple[Calls, Calls]:
        """Return z = [W; b]ᵀ·[columns; 1], a = g(z); dJ/d[W; b] = [columns; 1]·(dJ/dz)ᵀ; see Layer.calls.

        dJ/dx of a pixel is the sum, over all windows that see it, of W·dJ/dz. It overwrites the columns.
        """
        (x,) = stage.inputs
        pixels, batch = x.a.shape
        seen = self._windows(stage.input_shapes[0]).seen()
        weights = stage.weights[0]
        kernel = weights[: len(weights) - self.bias]
        places = seen.shape[-2] * seen.shape[-1]

        # Below the columns: the ones that the bias weighs, and a row of zeros for pixels that fewer windows see.
        rows = stage.scratch(len(weights) * places + 1, batch)
        columns = rows[: seen.size]
        rows[seen.size : -1], rows[-1] = 1, 0
        h = rows[:-1].reshape(len(weights), places * batch)
        z = stage.z.reshape(self.filters, places * batch)

        forward, source = self._padded(x.a, stage)
        forward += [taken(source, seen.ravel(), columns), (weights.T.dot, (h, z)), *stage.bend()]
        if stage.error is None:
            return forward, []
        backward = stage.unbend()
        error = stage.error.reshape(self.filters, places * batch)
        if stage.gradients is not None:
            backward.append((h.dot, (error.T, stage.gradients[0])))
        if x.error is not None:
            backward.append((kernel.dot, (error, h[: len(kernel)])))
            backward += gathered(rows, readers(seen.ravel(), pixels, len(rows) - 1), x.error, stage.new)
        return forward, backward

    def _padded(self, x: Array, stage: Stage) -> tuple[Calls, Array]:
        """Return the pixels with one row of zeros behind them, for the margin, and the calls that copy them there."""
        if self.padding == "valid":
            return [], x
        padded = stage.scratch(len(x) + 1, x.shape[1])
        padded[-1] = 0
        return [(np.copyto, (padded[:-1], x))], padded

    def _windows(self, shape: Shape) -> Windows:
        return Windows(shape, self.kernel_size, self.stride, same=self.padding == "same")
