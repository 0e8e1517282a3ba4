"""What a network computes and how it learns, in NumPy alone; usable without the window.

A network is layers and a loss, a trainer fits it to samples, a trace shows every number of a step. Activations, losses,
optimizers, initializers and schedules are entries of registries: `optimizers["adam"](learning_rate=0.01)`; where
the defaults will do, the key stands for the entry: `Dense(8, "relu")`. docs/engine.md shows it at work.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from annstudio.core.errors import UserError
from annstudio.engine.activations import activations
from annstudio.engine.initializers import initializers
from annstudio.engine.layers import layers
from annstudio.engine.layers.activation import ActivationLayer
from annstudio.engine.layers.add import Add
from annstudio.engine.layers.average_pool2d import AveragePool2D
from annstudio.engine.layers.batch_norm import BatchNorm
from annstudio.engine.layers.concatenate import Concatenate
from annstudio.engine.layers.conv2d import Conv2D
from annstudio.engine.layers.dense import Dense
from annstudio.engine.layers.dropout import Dropout
from annstudio.engine.layers.feature import Feature
from annstudio.engine.layers.flatten import Flatten
from annstudio.engine.layers.layer_norm import LayerNorm
from annstudio.engine.layers.max_pool2d import MaxPool2D
from annstudio.engine.layers.reshape import Reshape
from annstudio.engine.losses import losses
from annstudio.engine.network import INPUT, Network
from annstudio.engine.optimizers import optimizers
from annstudio.engine.schedules import schedules

if TYPE_CHECKING:
    from annstudio.engine import metrics
    from annstudio.engine.differences import GradientCheck, gradient_check
    from annstudio.engine.fitting import StepReport, fit, gradient_norm
    from annstudio.engine.stopping import Convergence, EarlyStopping, EpochReport, MaximumEpochs
    from annstudio.engine.tracing import LayerTrace, Trace, trace
    from annstudio.engine.trainer import Checkpoint, Failure, Trainer
    from annstudio.engine.update import Clipping

__all__ = [
    "INPUT",
    "ActivationLayer",
    "Add",
    "AveragePool2D",
    "BatchNorm",
    "Checkpoint",
    "Clipping",
    "Concatenate",
    "Conv2D",
    "Convergence",
    "Dense",
    "Dropout",
    "EarlyStopping",
    "EpochReport",
    "Failure",
    "Feature",
    "Flatten",
    "GradientCheck",
    "LayerNorm",
    "LayerTrace",
    "MaxPool2D",
    "MaximumEpochs",
    "Network",
    "Reshape",
    "StepReport",
    "Trace",
    "Trainer",
    "UserError",
    "activations",
    "fit",
    "gradient_check",
    "gradient_norm",
    "initializers",
    "layers",
    "losses",
    "metrics",
    "optimizers",
    "schedules",
    "trace",
]

_LATER = {
    "differences": ("GradientCheck", "gradient_check"),
    "fitting": ("StepReport", "fit", "gradient_norm"),
    "stopping": ("Convergence", "EarlyStopping", "EpochReport", "MaximumEpochs"),
    "tracing": ("LayerTrace", "Trace", "trace"),
    "trainer": ("Checkpoint", "Failure", "Trainer"),
    "update": ("Clipping",),
}
"""Names by module that are loaded when they are asked for: the window appears before it trains."""


def __getattr__(name: str) -> object:
    """Return a public name that is loaded later, or a module of this package."""
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    if name == "metrics":
        return import_module(f"{__name__}.metrics")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
