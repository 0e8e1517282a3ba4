"""The truth table that one neuron cannot learn."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates.base import Template


class XorGate(Template):
    """2-2-1, tanh. About half of all seeds get stuck; this one does not."""

    info = Info(
        key="xor_gate",
        label=QT_TRANSLATE_NOOP("annstudio", "XOR in 2-2-1"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "The table that one neuron cannot learn and three can. Try other seeds: some get stuck."
        ),
        order=20,
    )
    icon = "binary"

    def build(self) -> Project:
        """See Template.build."""
        return chain(
            "XOR in 2-2-1",
            "gate_xor",
            [(2, "tanh")],
            training={"optimizer": "adam", "optimizer.learning_rate": 0.05, "batch_size": 4, "seed": 2},
        )
