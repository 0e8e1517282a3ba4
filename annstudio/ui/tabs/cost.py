"""The cost, large."""

from collections.abc import Sequence

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.tabs.base import Host, Tab
from annstudio.ui.views.view import View


class Cost(Tab):
    """Cost and accuracy against the epoch."""

    info = Info(
        key="cost",
        label=QT_TRANSLATE_NOOP("annstudio", "Cost"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Both curves should fall. Where validation rises again, it learns by heart from there on."
        ),
        order=20,
    )

    def views(self, host: Host) -> Sequence[tuple[View, int]]:
        """See Tab.views."""
        from annstudio.ui.views.loss_view import LossView
        from annstudio.ui.views.pace_view import PaceView

        return [(LossView(), 3), (PaceView(), 2)]
