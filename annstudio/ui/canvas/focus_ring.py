"""A quiet line around the canvas: the keyboard is here, and no card shows it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QGraphicsView, QWidget

from annstudio.ui.theme import theme_of

_WIDTH = 2
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class FocusRing(QWidget):
    """Comes with the keyboard and goes with the mouse, or as soon as something is selected.

    Args:
        view: what it surrounds; it has a scene.
    """

    def __init__(self, view: QGraphicsView) -> None:
        super().__init__(view)
        self._view = view
        self._by_key = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See what brings the focus, and whether keys or the mouse are used."""
        match event.type():
            case QEvent.Type.FocusIn if isinstance(event, QFocusEvent):
                self._by_key = self._by_key or event.reason() in _BY_KEY
            case QEvent.Type.KeyPress:
                self._by_key = True
            case QEvent.Type.MouseButtonPress:
                self._by_key = False
            case QEvent.Type.Resize:
                self._surround()
            case QEvent.Type.FocusOut:
                pass
            case _:
                return False
        self.renew(leaving=event.type() is QEvent.Type.FocusOut)
        return False

    def renew(self, *, leaving: bool = False) -> None:
        """Come or go: the selection has changed, or the focus is about to leave."""
        alone = not self._view.scene().selectedItems()
        self.setVisible(self._by_key and alone and not leaving and self._view.hasFocus())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        with QPainter(self) as painter:
            painter.setPen(QPen(theme_of(self._view.palette()).color("accent", 0.7), 2 * _WIDTH))
            painter.drawRect(self.rect())

    def _surround(self) -> None:
        """Be nothing but a line, so that what changes within is not painted twice."""
        area = self._view.rect()
        self.setGeometry(area)
        self.setMask(QRegion(area) - QRegion(area.adjusted(_WIDTH, _WIDTH, -_WIDTH, -_WIDTH)))
        self.raise_()
