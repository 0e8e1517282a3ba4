"""The network's answers, large."""

from collections.abc import Sequence

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.tabs.base import Host, Tab
from annstudio.ui.views.view import View


class Predictions(Tab):
    """Boundary, curve or figures, whatever suits the data."""

    info = Info(
        key="predictions",
        label=QT_TRANSLATE_NOOP("annstudio", "Predictions"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "Samples on the wrong side are mistakes (not in slices); borders that wind around single ones learn noise.",
        ),
        order=30,
    )

    def views(self, host: Host) -> Sequence[tuple[View, int]]:
        """See Tab.views."""
        from annstudio.ui.views.prediction_view import PredictionView

        view = PredictionView()
        view.set_predictor(host.predict)
        host.follow_dot(view)
        return [(view, 1)]
