"""The AND gate."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.sources import _gate as gate


class And(gate.Gate):
    """Output 1 if A and B are 1."""

    info = Info(
        key="gate_and",
        label=QT_TRANSLATE_NOOP("annstudio", "AND table"),
        summary=QT_TRANSLATE_NOOP("annstudio", "1 only if both inputs are 1."),
        order=10,
        category=gate.CATEGORY,
        formula=QT_TRANSLATE_NOOP("annstudio", "y = A ∧ B"),
        reference=gate.REFERENCE,
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "A single neuron with a step can do it: find weights and bias by hand first."
        ),
    )
    schema = gate.gate_schema("A", "B")
    outputs = (0, 0, 0, 1)
