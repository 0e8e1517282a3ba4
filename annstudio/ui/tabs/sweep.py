"""Other settings and seeds, compared in one click."""

from collections.abc import Sequence

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.tabs.base import Host, Tab
from annstudio.ui.views.view import View


class Sweep(Tab):
    """Optimizers, activations, learning rates … side by side."""

    info = Info(
        key="sweep",
        label=QT_TRANSLATE_NOOP("annstudio", "Sweep"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "Where bands overlap, chance decides as much as the setting does; a gap is a difference.",
        ),
        order=85,
    )

    def views(self, host: Host) -> Sequence[tuple[View, int]]:
        """See Tab.views."""
        from annstudio.ui.views.sweep_view import SweepView

        view = SweepView()
        host.closing.connect(view.retire)
        return [(view, 1)]
