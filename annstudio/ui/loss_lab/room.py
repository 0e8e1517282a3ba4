"""The loss lab."""

from annstudio.ui.loss_lab.convex_page import ConvexPage
from annstudio.ui.loss_lab.curves_page import CurvesPage
from annstudio.ui.loss_lab.growing_page import GrowingPage
from annstudio.ui.loss_lab.outliers_page import OutliersPage
from annstudio.ui.paged_room import PagedRoom


class LossRoom(PagedRoom):
    """What losses look like, and what they do."""

    def __init__(self) -> None:
        super().__init__()
        self.curves, self.outliers = CurvesPage(), OutliersPage()
        self.convex, self.growing = ConvexPage(), GrowingPage()
        self.setFocusProxy(self.curves.picture)
        tr = self.tr
        self.fill(
            (
                (tr("Curves"), tr("Every loss, with its derivative"), self.curves),
                (tr("Outliers"), tr("What a far point does to three fits"), self.outliers),
                (tr("Convex or not"), tr("The cost of a logistic neuron by two losses"), self.convex),
                (tr("Sum or mean"), tr("What a growing batch does to the gradient"), self.growing),
            )
        )
