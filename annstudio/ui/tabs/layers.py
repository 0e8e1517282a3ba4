"""Inside the network: gradients, distributions and units at work."""

from collections.abc import Sequence

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.tabs.base import Host, Tab
from annstudio.ui.views.view import View


class Layers(Tab):
    """How each layer is doing."""

    info = Info(
        key="layers",
        label=QT_TRANSLATE_NOOP("annstudio", "Layers"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "Gradients should be of a size in all layers, z should not drift, and few units be dead or saturated.",
        ),
        order=50,
    )

    def views(self, host: Host) -> Sequence[tuple[View, int]]:
        """See Tab.views."""
        from annstudio.ui.views.gradient_view import GradientView
        from annstudio.ui.views.health_view import HealthView
        from annstudio.ui.views.spread_view import SpreadView

        views = (GradientView(), SpreadView(), HealthView())
        for view in views:
            view.node_clicked.connect(host.node_clicked)
        return [(view, 1) for view in views]
