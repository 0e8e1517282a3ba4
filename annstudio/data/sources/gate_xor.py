"""The XOR gate."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.sources import _gate as gate


class Xor(gate.Gate):
    """Output 1 if A and B differ."""

    info = Info(
        key="gate_xor",
        label=QT_TRANSLATE_NOOP("annstudio", "XOR table"),
        summary=QT_TRANSLATE_NOOP("annstudio", "1 if exactly one input is 1."),
        order=13,
        category=gate.CATEGORY,
        formula=QT_TRANSLATE_NOOP("annstudio", "y = A ⊕ B"),
        reference=gate.REFERENCE,
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio",
            "No single neuron can do it: no straight line parts the two classes. It takes a hidden layer.",
        ),
    )
    schema = gate.gate_schema("A", "B")
    outputs = (0, 1, 1, 0)
