"""What the cost adds for large weights: L1 and L2 on the kernels of the layers that ask for it."""

from collections.abc import Iterator, Sequence

import numpy as np

from annstudio.core.calls import Array, Calls, New, minimum, scalar
from annstudio.engine.network import Network


class Penalty:
    """λ₁·Σ|w| + λ₂/2·Σw² over the kernels of a network, each layer with factors of its own.

    A frozen layer's penalty is a constant; it counts in the cost like any other.

    Source: Tibshirani 1996 (L1, the lasso); Hoerl & Kennard 1970 (L2, ridge regression).
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._places = [place for place, layer in enumerate(network.layers) if layer.l1 or layer.l2]

    def cost(self, weights: Array) -> float:
        """Return what the penalty adds to the cost at these weights."""
        total = 0.0
        for place, kernel in self._kernels(weights, self._places):
            layer, exact = self._network.layers[place], kernel.astype(np.float64)
            total += layer.l1 * float(np.abs(exact).sum()) + layer.l2 / 2 * float(np.square(exact).sum())
        return total

    def calls(self, weights: Array, gradient: Array, new: New) -> Calls:
        """Return the calls that add λ₁·sign w + λ₂·w to the gradient; sign 0 is 0."""
        calls: Calls = []
        places = [place for place in self._places if self._network.layers[place].trainable]
        pairs = zip(self._kernels(weights, places), self._kernels(gradient, places), strict=True)
        for (place, kernel), (_, slope) in pairs:
            layer, scratch = self._network.layers[place], new(kernel)
            if layer.l1:
                calls += [
                    (np.sign, (kernel, scratch)),
                    (np.multiply, (scratch, scalar(layer.l1, scratch), scratch)),
                    (np.add, (slope, scratch, slope)),
                ]
            if layer.l2:
                calls += [
                    (np.multiply, (kernel, scalar(layer.l2, scratch), scratch)),
                    (np.add, (slope, scratch, slope)),
                ]
        return calls

    def _kernels(self, flat: Array, places: Sequence[int]) -> Iterator[tuple[int, Array]]:
        """Yield the kernels of the layers at these places, with the place."""
        views = self._network.views(flat)
        for place in places:
            for block, view in zip(self._network.blocks[place], views[place], strict=True):
                if block.kernel_rows:
                    yield place, view[: block.kernel_rows]


def max_norm_calls(network: Network, weights: Array, new: New) -> Calls:
    """Return the calls that shrink the weights into each unit to their layer's max-norm; none where there is none.

    Source: Srebro & Shraibman 2005; Srivastava et al. 2014, Dropout, section 5.1.
    """
    calls: Calls = []
    for layer, blocks, views in zip(network.layers, network.blocks, network.views(weights), strict=True):
        if not (layer.max_norm and layer.trainable):
            continue
        for block, view in zip(blocks, views, strict=True):
            if block.kernel_rows:
                calls += _shrink(view[: block.kernel_rows], layer.max_norm, new)
    return calls


def _shrink(kernel: Array, limit: float, new: New) -> Calls:
    """Multiply each column by min(1, limit / its length); a column of zeros stays."""
    squares, factor = new(kernel), new(kernel[0])
    tiny = float(np.finfo(kernel.dtype).tiny)
    return [
        (np.square, (kernel, squares)),
        (np.add.reduce, (squares, 0, None, factor)),
        (np.sqrt, (factor, factor)),
        (np.add, (factor, scalar(tiny, factor), factor)),
        (np.divide, (scalar(limit, factor), factor, factor)),
        minimum(factor, np.ones_like(factor), factor),
        (np.multiply, (kernel, factor, kernel)),
    ]
