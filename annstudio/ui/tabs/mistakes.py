"""Where the network is wrong."""

from collections.abc import Sequence

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.tabs.base import Host, Tab
from annstudio.ui.views.view import View


class Mistakes(Tab):
    """Confusion matrix, ROC, residuals and the worst samples."""

    info = Info(
        key="mistakes",
        label=QT_TRANSLATE_NOOP("annstudio", "Mistakes"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "Which classes are mixed up? Are the worst samples odd ones that a person would get wrong as well?",
        ),
        order=45,
    )

    def views(self, host: Host) -> Sequence[tuple[View, int]]:
        """See Tab.views."""
        from annstudio.ui.views.mistakes_view import MistakesView

        view = MistakesView()
        view.set_predictor(host.predict)
        return [(view, 1)]
