"""The weights, large."""

from collections.abc import Sequence

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.tabs.base import Host, Tab
from annstudio.ui.views.view import View


class Weights(Tab):
    """Heatmaps of every layer."""

    info = Info(
        key="weights",
        label=QT_TRANSLATE_NOOP("annstudio", "Weights"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "A pale column is a unit that does little; a pale row is an input that hardly counts."
        ),
        order=40,
    )

    def views(self, host: Host) -> Sequence[tuple[View, int]]:
        """See Tab.views."""
        from annstudio.ui.views.weights_view import WeightsView

        view = WeightsView()
        view.node_clicked.connect(host.node_clicked)
        return [(view, 1)]
