"""A tile of the gallery: picture, name and reason of one template."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from annstudio.project.templates.base import Template
from annstudio.ui.fonts import text_font
from annstudio.ui.gallery.picture import Preview, draw
from annstudio.ui.icons import paint_icon
from annstudio.ui.theme import CARD_RADIUS, FONT_PIXELS, Theme, theme_of
from annstudio.ui.translate import translate

PICTURE = 112
"""Height of the picture on top of a tile."""

_PAD = 12
_NAME = 20
_GAP = 4
_BADGE = 20
_BADGE_ICON = 12
_WRAP = Qt.TextFlag.TextWordWrap
"""How the reason is broken into lines."""


class Tile(QAbstractButton):
    """Shows a template; it is chosen by a click, and by getting the focus.

    The keys that move the choice are left to the shelves that the tile stands on.
    """

    opened = Signal()
    """It was double-clicked."""

    def __init__(self, template: type[Template], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = template.info.key
        self.flawed = bool(template.flaw)
        self.name, self.reason = translate(template.info.label), translate(template.info.summary)
        self._badge = self.tr("Flawed on purpose") if self.flawed else ""
        title = (self.key, self.name)
        others = (self.reason, self._badge, translate(template.flaw), translate(template.info.category))
        self._title, self._words = (" ".join(texts).casefold() for texts in (title, (*title, *others)))
        self._preview: Preview | None = None
        self._picture: QPixmap | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.name)
        self.setAccessibleDescription(". ".join(part for part in (self._badge, self.reason) if part))

    def matches(self, words: list[str]) -> bool:
        """Return whether the template speaks of all of these words, given in lower case."""
        return all(word in self._words for word in words)

    def in_title(self, words: list[str]) -> int:
        """Return how many of these words, given in lower case, its name speaks of."""
        return sum(word in self._title for word in words)

    def show_preview(self, preview: Preview) -> None:
        """Take what the picture is painted from."""
        self._preview, self._picture = preview, None
        self.update()

    @property
    def has_preview(self) -> bool:
        """Whether there is something to paint the picture from."""
        return self._preview is not None

    def hasHeightForWidth(self) -> bool:
        """See QWidget."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that the whole reason needs."""
        room = QRect(0, 0, width - 2 * _PAD, 10_000)
        reason = QFontMetrics(_reason_font()).boundingRect(room, _WRAP, self.reason)
        return PICTURE + _PAD + _NAME + _GAP + reason.height() + _PAD

    def sizeHint(self) -> QSize:
        """See QWidget."""
        return QSize(240, self.heightForWidth(240))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Space; everything else is for the shelves."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the template."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Be chosen."""
        self.setChecked(True)
        super().focusInEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be clicked."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show no more that it can be clicked."""
        super().leaveEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._picture = None
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tile."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        outline = QPainterPath()
        outline.addRoundedRect(area, CARD_RADIUS, CARD_RADIUS)
        painter.fillPath(outline, theme.color("card"))
        painter.save()
        painter.setClipPath(outline)
        self._paint_picture(painter, theme)
        painter.restore()
        self._paint_texts(painter, theme)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._edge(theme))
        painter.drawPath(outline)

    def _edge(self, theme: Theme) -> QPen:
        if self.isChecked():
            return QPen(theme.color("accent"), 2)
        return QPen(theme.color("accent", 0.6) if self.underMouse() else theme.color("line"), 1)

    def _paint_picture(self, painter: QPainter, theme: Theme) -> None:
        ground = QRect(0, 0, self.width(), PICTURE)
        painter.fillRect(ground, theme.color("background"))
        painter.fillRect(QRect(0, PICTURE - 1, self.width(), 1), theme.color("line"))
        if self._preview is not None:
            painter.drawPixmap(0, 0, self._drawn(self._preview, theme, ground.size()))
        if self._badge:
            self._paint_badge(painter, theme)

    def _drawn(self, preview: Preview, theme: Theme, size: QSize) -> QPixmap:
        """Return the picture in this size, drawn anew only where something has changed."""
        scale = self.devicePixelRatioF()
        if self._picture is None or self._picture.size() != size * scale:
            self._picture = draw(preview, theme, size, scale, _BADGE + 12 if self._badge else 0)
        return self._picture

    def _paint_badge(self, painter: QPainter, theme: Theme) -> None:
        font = text_font(FONT_PIXELS - 2, QFont.Weight.DemiBold)
        width = QFontMetrics(font).horizontalAdvance(self._badge) + _BADGE_ICON + 20
        box = self._mirrored(QRect(self.width() - width - 8, 8, width, _BADGE))
        painter.setPen(QPen(theme.color("warning"), 1))
        painter.setBrush(theme.color("card"))
        painter.drawRoundedRect(QRectF(box), _BADGE / 2, _BADGE / 2)
        sign = QRect(box.left() + 7, box.top() + (_BADGE - _BADGE_ICON) // 2, _BADGE_ICON, _BADGE_ICON)
        paint_icon(painter, sign, "triangle-alert", theme.warning)
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        painter.drawText(box.adjusted(_BADGE_ICON + 12, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._badge)

    def _paint_texts(self, painter: QPainter, theme: Theme) -> None:
        name = QRect(_PAD, PICTURE + _PAD, self.width() - 2 * _PAD, _NAME)
        font = text_font(FONT_PIXELS, QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        label = QFontMetrics(font).elidedText(self.name, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, label)
        painter.setFont(_reason_font())
        painter.setPen(theme.color("muted"))
        reason = QRect(_PAD, name.bottom() + 1 + _GAP, name.width(), self.height() - name.bottom() - _GAP)
        painter.drawText(reason, int(_WRAP | Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop), self.reason)

    def _mirrored(self, box: QRect) -> QRect:
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            return box
        return box.translated(self.width() - box.left() - box.right() - 1, 0)


def _reason_font() -> QFont:
    return text_font(FONT_PIXELS - 1)
