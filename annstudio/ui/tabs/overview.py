"""Cost, predictions and weights at a glance."""

from collections.abc import Sequence

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.tabs.base import Host, Tab
from annstudio.ui.tabs.cost import Cost
from annstudio.ui.tabs.predictions import Predictions
from annstudio.ui.tabs.weights import Weights
from annstudio.ui.views.view import View


class Overview(Tab):
    """What most look at most of the time."""

    info = Info(
        key="overview",
        label=QT_TRANSLATE_NOOP("annstudio", "Overview"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Watch the cost fall while the boundary takes shape and weights grow where they matter."
        ),
        order=10,
    )

    def views(self, host: Host) -> Sequence[tuple[View, int]]:
        """See Tab.views."""
        parts = ((Cost(), 4), (Predictions(), 4), (Weights(), 3))
        return [(tab.views(host)[0][0], share) for tab, share in parts]
