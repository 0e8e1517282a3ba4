"""The picture of a template: its data, which go into its network."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from annstudio.data.prepare import Prepared
from annstudio.project.model import Project
from annstudio.project.prepared import prepared
from annstudio.project.templates import templates
from annstudio.ui.gallery.data import paint_data
from annstudio.ui.gallery.network import paint_network
from annstudio.ui.theme import RADIUS, Theme

_MARGIN = 14.0
_ARROW = 26.0
"""Room between the data and the network."""


@dataclass(frozen=True, eq=False)
class Preview:
    """What a picture is painted from.

    Args:
        project: the template's.
        prepared: the project's data.
    """

    project: Project
    prepared: Prepared


def preview(key: str) -> Preview:
    """Return what the picture of a template is painted from; tens of milliseconds where a table has to be read."""
    project = templates[key]().build()
    return Preview(project, prepared(project.data))


def draw(shown: Preview, theme: Theme, size: QSize, scale: float, free: int = 0) -> QPixmap:
    """Return the picture.

    Args:
        shown: what is painted.
        theme: in these colors.
        size: in points.
        scale: pixels per point of the screen.
        free: height that is left free above the network, in points.
    """
    pixmap = QPixmap(size * scale)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    side = size.height() - 2 * _MARGIN
    data = QRectF(_MARGIN, _MARGIN, side, side)
    painter.setPen(QPen(theme.color("line"), 1))
    painter.setBrush(theme.color("card"))
    painter.drawRoundedRect(data, RADIUS, RADIUS)
    paint_data(painter, theme, data, shown.prepared)
    network = QRectF(data.right() + _ARROW, 0, size.width() - data.right() - _ARROW - _MARGIN / 2, size.height())
    network.adjust(0, max(_MARGIN, free), 0, -_MARGIN)
    _paint_arrow(painter, theme, QPointF(data.right() + _ARROW / 2, data.center().y()))
    paint_network(painter, theme, network, shown.project)
    painter.end()
    return pixmap


def _paint_arrow(painter: QPainter, theme: Theme, middle: QPointF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("muted", 0.6))
    corners = (QPointF(-3, -5), QPointF(4, 0), QPointF(-3, 5))
    painter.drawPolygon(QPolygonF([middle + corner for corner in corners]))
