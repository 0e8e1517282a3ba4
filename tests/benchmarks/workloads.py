"""The workloads that engines are compared on, as projects of the app."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from annstudio.project.build import chain
from annstudio.project.edits import set_value
from annstudio.project.model import Project
from tests.benchmarks import _pictures


@dataclass(frozen=True)
class Workload:
    """A network and a way to train it, in every peer's terms.

    Attributes:
        name: one letter.
        about: for the table.
        sizes: units from the inputs to the outputs.
        activation: of the hidden layers.
        classes: the output is softmax with cross-entropy; else one tanh unit with the squared error.
        optimizer: "sgd" or "adam".
        learning_rate: of the optimizer.
        batch: samples per step.
        source: data set of the app.
        goals: by peer, how many times its steps per second the engine must make.
        threads: numbers of threads that are worth trying.
    """

    name: str
    about: str
    sizes: tuple[int, ...]
    activation: str
    classes: bool
    optimizer: str
    learning_rate: float
    batch: int
    source: str
    goals: Mapping[str, float]
    threads: tuple[int, ...] = (1,)

    @property
    def shapes(self) -> list[tuple[int, int]]:
        """Inputs and units of each layer."""
        return list(pairwise(self.sizes))

    def project(self) -> Project:
        """Return the project that the app would train."""
        _pictures.admit()
        project = chain(
            self.name,
            self.source,
            [(units, self.activation) for units in self.sizes[1:-1]],
            training={
                "optimizer": self.optimizer,
                "optimizer.learning_rate": self.learning_rate,
                "batch_size": self.batch,
                **({} if self.classes else {"loss": "mse"}),
            },
        )
        return project if self.classes else set_value(project, "output", "activation", "tanh")


_TINY = {"naive": 5, "scikit_learn": 12}

_ALL = (
    Workload(
        "A",
        "2-4-2-1 tanh, batch 10, SGD, MSE",
        (2, 4, 2, 1),
        "tanh",
        False,
        "sgd",
        0.03,
        10,
        "circle",
        {**_TINY, "torch_eager": 30},
    ),
    Workload(
        "B",
        "2-8×6-1 tanh, batch 10, SGD, MSE",
        (2, 8, 8, 8, 8, 8, 8, 1),
        "tanh",
        False,
        "sgd",
        0.03,
        10,
        "circle",
        {**_TINY, "torch_eager": 20},
    ),
    Workload(
        "C",
        "64-64-32-10 ReLU, softmax, batch 32, Adam",
        (64, 64, 32, 10),
        "relu",
        True,
        "adam",
        0.001,
        32,
        "digits",
        {"scikit_learn": 6, "torch_best": 8},
    ),
    Workload(
        "D",
        "784-256-128-10 ReLU, softmax, batch 128, Adam",
        (784, 256, 128, 10),
        "relu",
        True,
        "adam",
        0.001,
        128,
        "pictures",
        dict.fromkeys(("torch_eager", "torch_best", "keras_jax"), 1.2),
        (1, 2),
    ),
    Workload(
        "E",
        "784-1024-1024-10 ReLU, softmax, batch 256, Adam",
        (784, 1024, 1024, 10),
        "relu",
        True,
        "adam",
        0.001,
        256,
        "pictures",
        dict.fromkeys(("torch_eager", "torch_best", "keras_jax"), 1.0),
        (1, 2),
    ),
)

WORKLOADS = {workload.name: workload for workload in _ALL}
