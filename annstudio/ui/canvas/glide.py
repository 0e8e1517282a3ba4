"""Cards that glide to their new places, so that the eye can follow which one went where."""

from collections.abc import Mapping

from PySide6.QtCore import QEasingCurve, QPointF, QVariantAnimation
from PySide6.QtWidgets import QApplication, QStyle

from annstudio.ui.canvas.scene import CanvasScene

DURATION = 250
"""Milliseconds."""


class Glide(QVariantAnimation):
    """Moves the picture alone: the project has its new value from the start.

    Where the desktop wants no motion, the cards are at their places at once.
    """

    def __init__(self, canvas: CanvasScene) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._ways: dict[str, tuple[QPointF, QPointF]] = {}
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self.valueChanged.connect(self._on_value_changed)

    def begin(self, corners: Mapping[str, QPointF]) -> None:
        """Let the cards glide from these corners, by node id, to where they stand now."""
        self.finish()
        cards = self._canvas.cards
        self._ways = {
            node_id: (corner, cards[node_id].pos())
            for node_id, corner in corners.items()
            if node_id in cards and cards[node_id].pos() != corner
        }
        if self._ways and QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration):
            self._on_value_changed(0.0)
            self.setDuration(DURATION)
            self.start()

    def finish(self) -> None:
        """Put the cards to their places at once: a hand or an edit wants them there."""
        if self.state() is QVariantAnimation.State.Running:
            self.stop()
            self._on_value_changed(1.0)

    def _on_value_changed(self, share: float) -> None:
        there = self._canvas.cards.keys()
        ways = {node_id: way for node_id, way in self._ways.items() if node_id in there}
        self._canvas.place({node_id: start + (end - start) * share for node_id, (start, end) in ways.items()})
