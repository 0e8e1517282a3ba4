"""The truth table that one neuron cannot learn."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates._groups import CLASSICS
from annstudio.project.templates.base import Template


class XorGate(Template):
    """2-2-1, tanh: as small as it gets, so that a few seeds get stuck; this one does not.

    Inputs as −1 and 1, a large learning rate and batches of two rows learn all four rows from 78 of 100 seeds;
    inputs as 0 and 1 with Adam, from 15 of 40.
    """

    info = Info(
        key="xor_gate",
        label=QT_TRANSLATE_NOOP("annstudio", "XOR in 2-2-1"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "The table that one neuron cannot learn and three can. Try other seeds: some get stuck."
        ),
        order=20,
        category=CLASSICS,
    )
    icon = "binary"

    def build(self) -> Project:
        """See Template.build."""
        return chain(
            "XOR in 2-2-1",
            "gate_xor",
            [(2, "tanh")],
            data={"standardize": True},
            training={"optimizer": "sgd", "optimizer.learning_rate": 1.0, "batch_size": 2, "seed": 0},
        )
