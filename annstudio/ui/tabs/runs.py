"""Kept runs and the present one, compared."""

from collections.abc import Sequence

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.ui.tabs.base import Host, Tab
from annstudio.ui.views.view import View


class Runs(Tab):
    """Curves over one another, settings beside each other."""

    info = Info(
        key="runs",
        label=QT_TRANSLATE_NOOP("annstudio", "Compare"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Change one thing at a time, and try several seeds: small differences may be chance."
        ),
        order=80,
    )

    def views(self, host: Host) -> Sequence[tuple[View, int]]:
        """See Tab.views."""
        from annstudio.ui.views.runs_view import RunsView

        view = RunsView()
        view.set_kept(host.kept)
        view.keep_wanted.connect(host.keep_wanted)
        view.restore_wanted.connect(host.restore_wanted)
        return [(view, 1)]
