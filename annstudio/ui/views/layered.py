"""The body of a view that is made of layers."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from annstudio.ui.views.painting import paint_sentence, picture_painter
from annstudio.ui.views.view import Picture


class Layered(Picture):
    """Layers on top of each other, or a sentence where they have nothing to show."""

    resized = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._sentence = ""
        self._layers: list[QWidget] = []

    def add_layer(self, layer: QWidget) -> None:
        """Put a layer on top of the others."""
        layer.setParent(self)
        layer.setGeometry(self.rect())
        layer.show()
        self._layers.append(layer)

    def show_sentence(self, sentence: str) -> None:
        """Show this sentence instead of the layers; the layers again where it is empty."""
        self._sentence = sentence
        self.setAccessibleDescription(sentence)
        for layer in self._layers:
            layer.setVisible(not sentence)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep all layers as large as this."""
        for layer in self._layers:
            layer.setGeometry(self.rect())
        self.resized.emit()

    def paint_picture(self) -> None:
        """Paint the sentence."""
        if self._sentence:
            with picture_painter(self) as painter:
                paint_sentence(painter, self.theme, QRectF(self.rect()), self._sentence)
