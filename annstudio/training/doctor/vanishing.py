"""Gradients that do not reach the first layers."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.critic.base import Finding
from annstudio.project.names import title
from annstudio.training.doctor._remedies import bend_by
from annstudio.training.doctor.base import Case, Sign

LIMIT = 1e-3
"""A gradient below this share of the largest hardly moves its layer."""
_MESSAGE = QT_TRANSLATE_NOOP(
    "annstudio",
    "The gradient vanishes: when training began it was {times} times smaller at {first} than at {last} (1,000 times is "
    "too much).",
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Back propagation: from layer to layer the gradient is multiplied by weights and slopes. Where these are below 1, "
    "as the logistic's slope of at most ¼ is, little is left for the first layers, and they stay as they were drawn.",
)


class Vanishing(Sign):
    """At the start, the RMS of the first layer's gradient is less than a thousandth of the last layer's."""

    info = Info(
        key="vanishing",
        label=QT_TRANSLATE_NOOP("annstudio", "Vanishing gradient"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Hardly any gradient reaches the first layers."),
        order=60,
        reference="Bengio, Simard & Frasconi 1994, Learning long-term dependencies with gradient descent is difficult",
    )

    def examine(self, case: Case) -> Iterator[Finding]:
        """See Sign.examine."""
        if case.first is None:
            return
        sizes = {key: each.gradients.rms for key, each in case.first.layers.items() if each.gradients is not None}
        if len(sizes) < 2:
            return
        first, last = next(iter(sizes)), next(reversed(sizes))
        if sizes[first] < LIMIT * sizes[last]:
            times = f"{sizes[last] / sizes[first]:,.0f}" if sizes[first] else "∞"
            message = text(_MESSAGE, times=times, first=title(case.node(first)), last=title(case.node(last)))
            bent = [node for node, _, _ in case.hidden() if "activation" in node.settings.values]
            yield self.finding(message, _WHY, bend_by("relu", "he_normal", bent), node=case.node(first).id)
