"""What a tab of the live views is."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from numpy.typing import NDArray
from PySide6.QtCore import SignalInstance

from annstudio.core.calls import Array
from annstudio.core.registry import Info

if TYPE_CHECKING:
    from annstudio.ui.kept_runs import KeptRuns
    from annstudio.ui.views.prediction_view import PredictionView
    from annstudio.ui.views.view import View

Predict = Callable[[NDArray[Any]], Array | None]
"""Answers of the network to inputs in the data's own units; None while there is none."""


class Host(Protocol):
    """Where a tab's views live.

    Attributes:
        predict: what the network answers.
        node_clicked: to be told of clicks on layers.
        pin_wanted, unpin_wanted: to be told when the student wants to pin the moment that is shown, or no longer.
        kept: the runs that are kept.
        closing: tells that the window closes.
        keep_wanted, restore_wanted: to be told when the student wants to keep the run, or the project of one back.
    """

    @property
    def predict(self) -> Predict: ...  # noqa: D102
    @property
    def node_clicked(self) -> SignalInstance: ...  # noqa: D102
    @property
    def pin_wanted(self) -> SignalInstance: ...  # noqa: D102
    @property
    def unpin_wanted(self) -> SignalInstance: ...  # noqa: D102

    @property
    def kept(self) -> "KeptRuns": ...  # noqa: D102
    @property
    def closing(self) -> SignalInstance: ...  # noqa: D102
    @property
    def keep_wanted(self) -> SignalInstance: ...  # noqa: D102
    @property
    def restore_wanted(self) -> SignalInstance: ...  # noqa: D102

    def follow_dot(self, view: "PredictionView", beside: bool = False) -> None:
        """Keep the student's dot the same in all tabs.

        Args:
            view: has the dot.
            beside: others with the dot are in view at the same time.
        """


class Tab:
    """Some views that are looked at together. Whoever makes them loads their modules: the window appears before.

    Attributes:
        info: key, label and, as the summary, one line that says what to look for.
    """

    info: ClassVar[Info]

    def views(self, host: Host) -> "Sequence[tuple[View, int]]":
        """Return the views from left to right, with their shares of the room; the first stays in a narrow window."""
        raise NotImplementedError
