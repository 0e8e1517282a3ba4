"""What the middle of the canvas says when no card is to be seen there."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from annstudio.ui.canvas.chip import Chip

_MOST_WIDTH = 320


class Hint(QWidget):
    """A muted sentence in the middle of its parent, with a button where one helps."""

    fit_clicked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._sentence = QLabel()
        self._sentence.setProperty("role", "muted")
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._fit = Chip(self.tr("Fit"), self.tr("Fit"), self.tr("Show the whole network"), self)
        self._fit.clicked.connect(self.fit_clicked)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self._sentence)
        column.addWidget(self._fit, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.hide()

    def show_empty(self) -> None:
        """Say how a first layer gets here; what is dragged goes through to the canvas."""
        self._show(self.tr("Drag a layer here, or press its letter:\nI for Input, D for Dense"), False)

    def show_lost(self) -> None:
        """Offer the way back to a network that was scrolled away."""
        self._show(self.tr("The network is out of sight"), True)

    def center(self) -> None:
        """Take the middle of the parent."""
        room = self._over.size()
        width = min(_MOST_WIDTH, room.width())
        self.resize(width, self.heightForWidth(width))
        self.move(QPoint((room.width() - self.width()) // 2, (room.height() - self.height()) // 2))

    def _show(self, sentence: str, fit: bool) -> None:
        self._sentence.setText(sentence)
        self._fit.setVisible(fit)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not fit)
        self.center()
        self.show()
