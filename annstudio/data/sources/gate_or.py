"""The OR gate."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.sources import _gate as gate


class Or(gate.Gate):
    """Output 1 if A or B or both are 1."""

    info = Info(
        key="gate_or",
        label=QT_TRANSLATE_NOOP("annstudio", "OR table"),
        summary=QT_TRANSLATE_NOOP("annstudio", "1 if at least one input is 1."),
        order=11,
        category=gate.CATEGORY,
        formula=QT_TRANSLATE_NOOP("annstudio", "y = A ∨ B"),
        reference=gate.REFERENCE,
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "A single neuron can do it: compare its bias with the one for AND."),
    )
    schema = gate.gate_schema("A", "B")
    outputs = (0, 1, 1, 1)
