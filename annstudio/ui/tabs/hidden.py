"""What the hidden layers make of the samples."""

from collections.abc import Sequence

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.tabs.base import Host, Tab
from annstudio.ui.views.view import View


class Hidden(Tab):
    """The samples before and behind the hidden layers."""

    info = Info(
        key="hidden",
        label=QT_TRANSLATE_NOOP("annstudio", "Hidden space"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "The output layer can only cut straight: watch the layers before it pull the classes apart."
        ),
        order=55,
    )

    def views(self, host: Host) -> Sequence[tuple[View, int]]:
        """See Tab.views."""
        from annstudio.ui.views.hidden_view import HiddenView
        from annstudio.ui.views.prediction_view import PredictionView

        hidden, before = HiddenView(), PredictionView()
        before.set_predictor(host.predict)
        host.follow_dot(before)
        before.sample_moved.connect(hidden.follow_on)
        hidden.follow(lambda: before.sample)
        return [(hidden, 1), (before, 1)]
