"""What a network computes and how it learns, in NumPy alone; usable without the window.

A network is layers and a loss, a trainer fits it to samples, a trace shows every number of a step. Activations, losses,
optimizers, initializers and schedules are entries of registries: `optimizers["adam"](learning_rate=0.01)`; where
the defaults will do, the key stands for the entry: `Dense(8, "relu")`. docs/engine.md shows it at work.
"""

from annstudio.core.errors import UserError
from annstudio.engine import metrics
from annstudio.engine.activations import activations
from annstudio.engine.fit import StepReport, fit, gradient_norm
from annstudio.engine.gradient_check import GradientCheck, gradient_check
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
from annstudio.engine.stopping import Convergence, EarlyStopping, EpochReport, MaximumEpochs
from annstudio.engine.trace import LayerTrace, Trace, trace
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
