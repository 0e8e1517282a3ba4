"""A few samples with the network's answers, one below the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter

from annstudio.ui.views.painting import paint_sentence, picture_painter, small_font
from annstudio.ui.views.view import Picture

_ROW, _PICTURE_ROW = 34.0, 44.0
_GAP = 8.0


@dataclass(frozen=True, eq=False)
class Row:
    """One sample.

    Args:
        answer: what the network says, and what would be right.
        features: its values in words; empty where there is a picture.
        image: its picture.
        right: the answer is right.
    """

    answer: str
    features: str
    image: QImage | None = None
    right: bool = False


class SampleList(Picture):
    """As many as there is room for."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._rows: Sequence[Row] = ()
        self._sentence = ""

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Paint these from now on."""
        self._rows = rows
        self.setAccessibleDescription("; ".join(" ".join(filter(None, (row.answer, row.features))) for row in rows))
        self.update()

    def show_sentence(self, sentence: str) -> None:
        """Paint this sentence instead."""
        self._rows, self._sentence = (), sentence
        self.setAccessibleDescription(sentence)
        self.update()

    def paint_picture(self) -> None:
        """Paint row by row."""
        with picture_painter(self) as painter:
            if not self._rows:
                paint_sentence(painter, self.theme, QRectF(self.rect()), self._sentence)
                return
            height = _PICTURE_ROW if self._rows[0].image is not None else _ROW
            for number, row in enumerate(self._rows[: max(1, int(self.height() // height))]):
                self._paint_row(painter, QRectF(0, number * height, self.width(), height - 4), row)

    def _paint_row(self, painter: QPainter, place: QRectF, row: Row) -> None:
        text = place
        if row.image is not None:
            painter.drawImage(QRectF(place.left(), place.top(), place.height(), place.height()), row.image)
            text = place.adjusted(place.height() + _GAP, 0, 0, 0)
        lines = [(row.answer, "ink" if row.right else "error", QFont.Weight.DemiBold)]
        if row.features:
            lines.append((row.features, "muted", QFont.Weight.Normal))
        height = text.height() / len(lines)
        for number, (said, token, weight) in enumerate(lines):
            painter.setFont(small_font(weight))
            painter.setPen(self.theme.color(token))
            shown = QFontMetricsF(painter.font()).elidedText(said, Qt.TextElideMode.ElideRight, text.width())
            line = QRectF(text.left(), text.top() + number * height, text.width(), height)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
