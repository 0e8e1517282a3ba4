"""The NOT gate."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.sources import _gate as gate


class Not(gate.Gate):
    """Output 1 if A is 0."""

    info = Info(
        key="gate_not",
        label=QT_TRANSLATE_NOOP("annstudio", "NOT table"),
        summary=QT_TRANSLATE_NOOP("annstudio", "The opposite of its one input."),
        order=12,
        category=gate.CATEGORY,
        formula=QT_TRANSLATE_NOOP("annstudio", "y = ¬A"),
        reference=gate.REFERENCE,
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "The smallest network there is: one input, one neuron, a negative weight."
        ),
    )
    schema = gate.gate_schema("A")
    outputs = (1, 0)
