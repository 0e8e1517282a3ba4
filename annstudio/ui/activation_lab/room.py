"""The activation explorer."""

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
        self.curves, self.softmax, self.deep = CurvesPage(), SoftmaxPage(), DepthPage()
        self.extremes, self.history = ExtremesPage(), HistoryPage()
        self.setFocusProxy(self.curves.picture)
        tr = self.tr
        self.fill(
            (
                (tr("Curves"), tr("Every activation, with its derivative and its zones"), self.curves),
                (tr("Softmax"), tr("Logits on sliders, and the Jacobian"), self.softmax),
                (tr("Depth"), tr("How derivatives multiply along a chain"), self.deep),
                (tr("Extreme numbers"), tr("Formulas as they are written, and in a stable form"), self.extremes),
                (tr("History"), tr("When they were introduced, and what one library uses"), self.history),
            )
        )

    def look(self) -> None:
        """Show where the layers of the network at hand have their z."""
        self.curves.show_snapshot(self.snapshot)

    def shut_down(self) -> None:
        """Call off what is being computed."""
        self.curves.shut_down()
