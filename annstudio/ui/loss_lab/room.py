"""The loss lab: one of its pages, under a row of their names."""

from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annstudio.ui.loss_lab.convex_page import ConvexPage
from annstudio.ui.loss_lab.curves_page import CurvesPage
from annstudio.ui.loss_lab.growing_page import GrowingPage
from annstudio.ui.loss_lab.outliers_page import OutliersPage
from annstudio.ui.room import Room


class LossRoom(Room):
    """What losses look like, and what they do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.curves, self.outliers = CurvesPage(), OutliersPage()
        self.convex, self.growing = ConvexPage(), GrowingPage()
        self._pages = QStackedWidget(self)
        names = QFrame(self)
        names.setProperty("role", "segments")
        row = QHBoxLayout(names)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        group = QButtonGroup(self)
        self.buttons: list[QPushButton] = []
        pages: tuple[tuple[str, str, QWidget], ...] = (
            (self.tr("Curves"), self.tr("Every loss, with its derivative"), self.curves),
            (self.tr("Outliers"), self.tr("What a far point does to three fits"), self.outliers),
            (self.tr("Convex or not"), self.tr("The cost of a logistic neuron by two losses"), self.convex),
            (self.tr("Sum or mean"), self.tr("What a growing batch does to the gradient"), self.growing),
        )
        for number, (name, tip, page) in enumerate(pages):
            button = QPushButton(name, names)
            button.setProperty("role", "segment")
            button.setCheckable(True)
            button.setChecked(number == 0)
            button.setToolTip(tip)
            button.clicked.connect(lambda _=False, number=number: self._pages.setCurrentIndex(number))
            group.addButton(button)
            row.addWidget(button)
            self.buttons.append(button)
            self._pages.addWidget(page)
        bar = QFrame(self)
        bar.setProperty("role", "bar")
        upper = QHBoxLayout(bar)
        upper.setContentsMargins(14, 7, 14, 7)
        upper.addWidget(names)
        upper.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addWidget(self._pages, 1)
