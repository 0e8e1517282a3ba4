"""Two moments beside each other."""

from collections.abc import Sequence

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.tabs.base import Host, Tab
from annstudio.ui.views.view import View


class SideBySideTab(Tab):
    """The pinned moment and the one that is shown."""

    info = Info(
        key="side_by_side",
        label=QT_TRANSLATE_NOOP("annstudio", "Side by side"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Same colors, same scale: what has changed between the two moments, and what has not?"
        ),
        order=90,
    )

    def views(self, host: Host) -> Sequence[tuple[View, int]]:
        """See Tab.views."""
        from annstudio.ui.views.side_by_side import SideBySide

        view = SideBySide()
        view.set_predictor(host.predict)
        view.node_clicked.connect(host.node_clicked)
        view.pin_wanted.connect(host.pin_wanted)
        view.unpin_wanted.connect(host.unpin_wanted)
        for prediction in view.predictions:
            host.follow_dot(prediction, beside=True)
        return [(view, 1)]
