"""The activation explorer."""

from functools import cached_property

from annstudio.ui.activation_lab.curves_page import CurvesPage
from annstudio.ui.activation_lab.depth_page import DepthPage
from annstudio.ui.activation_lab.extremes_page import ExtremesPage
from annstudio.ui.activation_lab.history_page import HistoryPage
from annstudio.ui.activation_lab.softmax_page import SoftmaxPage
from annstudio.ui.paged_room import PagedRoom


class ActivationRoom(PagedRoom):
    """What activations look like, and what they do."""

    def __init__(self) -> None:
        super().__init__()
        tr = self.tr
        extremes = tr("Formulas as they are written, and in a stable form")
        self.fill(
            (
                (tr("Curves"), tr("Every activation, with its derivative and its zones"), lambda: self.curves),
                (tr("Softmax"), tr("Logits on sliders, and the Jacobian"), lambda: self.softmax),
                (tr("Depth"), tr("How derivatives multiply along a chain"), lambda: self.deep),
                (tr("Extreme numbers"), extremes, lambda: self.extremes),
                (tr("History"), tr("When they were introduced, and what one library uses"), lambda: self.history),
            )
        )
        self.setFocusProxy(self.curves.picture)

    def look(self) -> None:
        """Show where the layers of the network at hand have their z."""
        self.curves.show_snapshot(self.snapshot)

    def shut_down(self) -> None:
        """Call off what is being computed."""
        self.curves.shut_down()

    @cached_property
    def curves(self) -> CurvesPage:
        """Every activation, with its derivative and its zones."""
        return CurvesPage()

    @cached_property
    def softmax(self) -> SoftmaxPage:
        """Logits on sliders, and the Jacobian."""
        return SoftmaxPage()

    @cached_property
    def deep(self) -> DepthPage:
        """How derivatives multiply along a chain."""
        return DepthPage()

    @cached_property
    def extremes(self) -> ExtremesPage:
        """Formulas as they are written, and in a stable form."""
        return ExtremesPage()

    @cached_property
    def history(self) -> HistoryPage:
        """When activations were introduced, and what one library uses."""
        return HistoryPage()
