"""The loss lab."""

from functools import cached_property

from annstudio.ui.loss_lab.convex_page import ConvexPage
from annstudio.ui.loss_lab.curves_page import CurvesPage
from annstudio.ui.loss_lab.growing_page import GrowingPage
from annstudio.ui.loss_lab.outliers_page import OutliersPage
from annstudio.ui.paged_room import PagedRoom


class LossRoom(PagedRoom):
    """What losses look like, and what they do."""

    def __init__(self) -> None:
        super().__init__()
        tr = self.tr
        self.fill(
            (
                (tr("Curves"), tr("Every loss, with its derivative"), lambda: self.curves),
                (tr("Outliers"), tr("What a far point does to three fits"), lambda: self.outliers),
                (tr("Convex or not"), tr("The cost of a logistic neuron by two losses"), lambda: self.convex),
                (tr("Sum or mean"), tr("What a growing batch does to the gradient"), lambda: self.growing),
            )
        )
        self.setFocusProxy(self.curves.picture)

    @cached_property
    def curves(self) -> CurvesPage:
        """Every loss, with its derivative."""
        return CurvesPage()

    @cached_property
    def outliers(self) -> OutliersPage:
        """What a far point does to three fits."""
        return OutliersPage()

    @cached_property
    def convex(self) -> ConvexPage:
        """The cost of a logistic neuron by two losses."""
        return ConvexPage()

    @cached_property
    def growing(self) -> GrowingPage:
        """What a growing batch does to the gradient."""
        return GrowingPage()
