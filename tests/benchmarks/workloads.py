"""The workloads that engines are compared on, as projects of the app."""

from dataclasses import dataclass

from annstudio.project.build import chain
from annstudio.project.model import Project


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
        eager_goal: how many times PyTorch eager's steps per second the engine must make.
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
    eager_goal: float

    def project(self) -> Project:
        """Return the project that the app would train."""
        output = {} if self.classes else {"loss": "mse"}
        return chain(
            self.name,
            self.source,
            [(units, self.activation) for units in self.sizes[1:-1]],
            training={
                "optimizer": self.optimizer,
                "optimizer.learning_rate": self.learning_rate,
                "batch_size": self.batch,
                **output,
            },
        )


WORKLOADS = (
    Workload("A", "2-4-2-1 tanh, batch 10, SGD, MSE", (2, 4, 2, 1), "tanh", False, "sgd", 0.03, 10, "circle", 15),
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
        15,
    ),
    Workload(
        "C",
        "64-64-32-10 ReLU, softmax, cross-entropy, batch 32, Adam",
        (64, 64, 32, 10),
        "relu",
        True,
        "adam",
        0.001,
        32,
        "digits",
        5,
    ),
)
