"""What goes on inside the optimizer."""

from collections.abc import Sequence

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.tabs.base import Host, Tab
from annstudio.ui.views.view import View


class Optimizer(Tab):
    """Its memory and its steps, by layer."""

    info = Info(
        key="optimizer",
        label=QT_TRANSLATE_NOOP("annstudio", "Optimizer"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "What makes up a step: momentum adds up what stays the same, squared averages even out what is large.",
        ),
        order=52,
    )

    def views(self, host: Host) -> Sequence[tuple[View, int]]:
        """See Tab.views."""
        from annstudio.ui.views.memory_view import MemoryView

        view = MemoryView()
        view.node_clicked.connect(host.node_clicked)
        return [(view, 1)]
