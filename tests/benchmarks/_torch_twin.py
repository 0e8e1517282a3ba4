"""A network of the engine built anew in PyTorch: the same graph, the same weights, its own mathematics.

One function per kind of layer; each gets the engine's layer, the shapes that come in, and the layer's weights by name.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from annstudio.engine.activations.base import Activation
from annstudio.engine.layers.base import Layer, Shape
from annstudio.engine.losses.base import Loss
from annstudio.engine.network import INPUT, Network

Weights = Mapping[str, np.ndarray]
Function = Callable[[Tensor], Tensor]

torch.set_default_dtype(torch.float64)


class Calculation(nn.Module):
    """A function without weights."""

    def __init__(self, function: Callable[..., Tensor]) -> None:
        super().__init__()
        self.function = function

    def forward(self, *inputs: Tensor) -> Tensor:
        return self.function(*inputs)


class Twin(nn.Module):
    """The network in PyTorch; where the loss takes care of the output activation, it gives z.

    Args:
        network: what to build.
        weights: its flat vector.
    """

    def __init__(self, network: Network, weights: np.ndarray) -> None:
        super().__init__()
        self._shape, self._wires = network.input_shape, network.wires
        parts = network.parts(weights)
        self.nodes = nn.ModuleList(
            LAYERS[layer.info.key](layer, network.input_shapes(place), parts[place])
            for place, layer in enumerate(network.layers)
        )
        if network.objective.fused:
            self.nodes[-1] = self.nodes[-1][0]
        self.loss = LOSSES[network.objective.loss.info.key](network.objective.loss)

    def forward(self, x: Tensor) -> Tensor:
        values = {INPUT: x.reshape(-1, *self._shape)}
        for place, (node, sources) in enumerate(zip(self.nodes, self._wires, strict=True)):
            values[place] = node(*(values[source] for source in sources))
        return values[len(self.nodes) - 1]

    def cost(self, x: Tensor, t: Tensor) -> Tensor:
        """Return J of these samples."""
        return self.loss(self(x), t)

    def kernels(self) -> list[nn.Parameter]:
        """Return the weights that decay."""
        return [module.weight for module in self.modules() if isinstance(module, nn.Linear | nn.Conv2d)]

    def others(self) -> list[nn.Parameter]:
        """Return biases, scales and the like."""
        kernels = {id(kernel) for kernel in self.kernels()}
        return [parameter for parameter in self.parameters() if id(parameter) not in kernels]


def dense(layer: Any, shapes: Sequence[Shape], weights: Weights) -> nn.Module:
    linear = nn.Linear(*weights["kernel"].shape, bias=layer.bias)
    put(linear, weight=weights["kernel"].T, bias=weights.get("bias"))
    return nn.Sequential(linear, bend(layer.activation, weights))


def conv2d(layer: Any, shapes: Sequence[Shape], weights: Weights) -> nn.Module:
    channels, *size = shapes[0]
    window = layer.kernel_size
    convolution = nn.Conv2d(channels, layer.filters, window, layer.stride, bias=layer.bias)
    kernel = weights["kernel"].T.reshape(layer.filters, channels, window, window)
    put(convolution, weight=kernel, bias=weights.get("bias"))
    margins = [margin(length, window, layer.stride) for length in reversed(size)] if layer.padding == "same" else []
    padded = nn.Sequential(nn.ZeroPad2d(sum(margins, ())), convolution) if margins else convolution
    return nn.Sequential(padded, bend(layer.activation, weights))


def margin(length: int, window: int, stride: int) -> tuple[int, int]:
    """Return what “same” adds before and after; PyTorch itself has it for stride 1 only."""
    missing = max((-(-length // stride) - 1) * stride + window - length, 0)
    return missing // 2, missing - missing // 2


def batch_norm(layer: Any, shapes: Sequence[Shape], weights: Weights) -> nn.Module:
    kind = nn.BatchNorm1d if len(shapes[0]) == 1 else nn.BatchNorm2d
    norm = kind(shapes[0][0], layer.epsilon, layer.momentum)
    put(norm, weight=weights["gamma"], bias=weights["beta"])
    put(norm, running_mean=weights["running_mean"], running_var=weights["running_var"])
    return norm


def layer_norm(layer: Any, shapes: Sequence[Shape], weights: Weights) -> nn.Module:
    norm = nn.LayerNorm(shapes[0], layer.epsilon)
    put(norm, weight=weights["gamma"].reshape(shapes[0]), bias=weights["beta"].reshape(shapes[0]))
    return norm


def activation(layer: Any, shapes: Sequence[Shape], weights: Weights) -> nn.Module:
    return bend(layer.activation, weights)


def add(layer: Layer, shapes: Sequence[Shape], weights: Weights) -> nn.Module:
    return Calculation(lambda *inputs: torch.stack(inputs).sum(dim=0))


def concatenate(layer: Layer, shapes: Sequence[Shape], weights: Weights) -> nn.Module:
    return Calculation(lambda *inputs: torch.cat(inputs, dim=1))


def flatten(layer: Layer, shapes: Sequence[Shape], weights: Weights) -> nn.Module:
    return nn.Flatten()


def reshape(layer: Any, shapes: Sequence[Shape], weights: Weights) -> nn.Module:
    return nn.Unflatten(1, layer.shape)


def max_pool2d(layer: Any, shapes: Sequence[Shape], weights: Weights) -> nn.Module:
    return nn.MaxPool2d(layer.size, layer.stride)


def average_pool2d(layer: Any, shapes: Sequence[Shape], weights: Weights) -> nn.Module:
    return nn.AvgPool2d(layer.size, layer.stride)


LAYERS: Mapping[str, Callable[[Any, Sequence[Shape], Weights], nn.Module]] = {
    function.__name__: function
    for function in (
        dense,
        conv2d,
        batch_norm,
        layer_norm,
        activation,
        add,
        concatenate,
        flatten,
        reshape,
        max_pool2d,
        average_pool2d,
    )
}


def put(module: nn.Module, **tensors: np.ndarray | None) -> None:
    """Copy values into a module's tensors."""
    with torch.no_grad():
        for name, values in tensors.items():
            if values is not None:
                getattr(module, name).copy_(torch.from_numpy(values.copy()))


def bend(ours: Activation, weights: Weights) -> nn.Module:
    """Return an activation, with what it has learned."""
    bent = ACTIVATIONS[ours.info.key](ours.params)
    if isinstance(bent, nn.PReLU):
        put(bent, weight=weights["activation"])
    return bent if isinstance(bent, nn.Module) else Calculation(bent)


def over_all(function: Callable[..., Tensor]) -> Function:
    """Return a function of all values of a sample, also of a picture's."""
    return lambda z: function(z.flatten(1), dim=1).reshape(z.shape)


ACTIVATIONS: Mapping[str, Callable[[Mapping[str, Any]], Function]] = {
    "arctan": lambda p: torch.atan,
    "celu": lambda p: nn.CELU(p["alpha"]),
    "elu": lambda p: nn.ELU(p["alpha"]),
    "gaussian": lambda p: lambda z: torch.exp(-(z**2)),
    "gelu": lambda p: nn.GELU(),
    "gelu_tanh": lambda p: nn.GELU(approximate="tanh"),
    # nn.Hardsigmoid rounds its slope of 1/6 to single precision.
    "hard_logistic": lambda p: lambda z: torch.clamp(z + 3, 0, 6) / 6,
    "hard_swish": lambda p: nn.Hardswish(),
    "hard_tanh": lambda p: nn.Hardtanh(),
    "identity": lambda p: nn.Identity(),
    "leaky_relu": lambda p: nn.LeakyReLU(p["slope"]),
    "log_softmax": lambda p: over_all(torch.log_softmax),
    "logistic": lambda p: nn.Sigmoid(),
    "mish": lambda p: nn.Mish(),
    "prelu": lambda p: nn.PReLU(),
    "relu": lambda p: nn.ReLU(),
    "relu6": lambda p: nn.ReLU6(),
    "selu": lambda p: nn.SELU(),
    "silu": lambda p: nn.SiLU(),
    "sine": lambda p: torch.sin,
    "softmax": lambda p: over_all(torch.softmax),
    # Beyond its threshold of 20, PyTorch's softplus leaves out 2e-9.
    "softplus": lambda p: nn.Softplus(threshold=500),
    "softsign": lambda p: nn.Softsign(),
    "tanh": lambda p: nn.Tanh(),
}
"""All but the step, which has no slope, and formulas of one's own."""


def cross_entropy(loss: Loss) -> Callable[[Tensor, Tensor], Tensor]:
    weights = [float(weight) for weight in str(loss.params["class_weights"]).split(",") if weight]
    mean = nn.CrossEntropyLoss(
        torch.tensor(weights) if weights else None, label_smoothing=float(loss.params["label_smoothing"])
    )
    return lambda z, t: mean(z, t.argmax(dim=1))


def margins(y: Tensor, t: Tensor) -> Tensor:
    """Return by how much each score misses the margin of 1."""
    return torch.relu(1 - (2 * t - 1) * y)


LOSSES: Mapping[str, Callable[[Loss], Callable[[Tensor, Tensor], Tensor]]] = {
    "cross_entropy": cross_entropy,
    "hinge": lambda loss: lambda y, t: margins(y, t).mean(),
    "huber": lambda loss: nn.HuberLoss(delta=float(loss.params["delta"])),
    "log_cosh": lambda loss: lambda y, t: torch.log(torch.cosh(y - t)).mean(),
    "log_loss": lambda loss: nn.BCEWithLogitsLoss(),
    "mae": lambda loss: nn.L1Loss(),
    "mse": lambda loss: nn.MSELoss(),
    "rss": lambda loss: nn.MSELoss(reduction="sum"),
    "squared_hinge": lambda loss: lambda y, t: (margins(y, t) ** 2).mean(),
}
"""Those that PyTorch does not have are written out in its tensors. Log loss is that of a logistic output."""
