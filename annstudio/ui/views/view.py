"""What every live view is: a picture that follows the run, mostly under a title row."""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annstudio.data.dataset import Schema
from annstudio.data.prepare import Prepared
from annstudio.data.sources import sources
from annstudio.project.model import Project
from annstudio.training.snapshot import Snapshot
from annstudio.ui.theme import Theme, theme_of
from annstudio.ui.views.header import Header
from annstudio.ui.views.painting import paint_sentence, picture_painter

if TYPE_CHECKING:
    from annstudio.ui.views.exporting import Table


class View(QWidget):
    """Something that follows the project and its run.

    What arrives is stored; `_refresh` is called once afterwards if the view is visible, or when it is shown next.
    So a view in a tab at the back costs nothing.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMinimumSize(200, 80)
        self.project: Project | None = None
        self.prepared: Prepared | None = None
        self.snapshot: Snapshot | None = None
        self.blocked = False
        self._stale = True

    @property
    def theme(self) -> Theme:
        """The tokens that fit the view's palette."""
        return theme_of(self.palette())

    @property
    def schema(self) -> Schema | None:
        """What the project's data mean; None before there is a project."""
        return sources[str(self.project.data["source"])].schema if self.project is not None else None

    def show_project(self, project: Project, prepared: Prepared | None = None) -> None:
        """Follow an edit.

        Args:
            project: the current design and settings.
            prepared: its data; None while they are being made ready, the next snapshot then brings them.
        """
        before, self.project = self.project, project
        shown = self.prepared, self.snapshot
        self.prepared = prepared if prepared is not None and prepared.data.schema == self.schema else None
        if self.snapshot is not None and not self._fits(self.snapshot):
            self.snapshot = None
        if shown != (self.prepared, self.snapshot) or before is None or self._concerned(before, project):
            self._invalidate()

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Follow the run; None when there is none. A snapshot of other data than the project's is left out."""
        self.snapshot = snapshot if snapshot is not None and self._fits(snapshot) else None
        if self.snapshot is not None and self.snapshot.prepared is not None:
            self.prepared = self.snapshot.prepared
        self._invalidate()

    def show_blocked(self, blocked: bool) -> None:
        """Follow whether something forbids the project to run."""
        if blocked != self.blocked:
            self.blocked = blocked
            self._invalidate()

    def numbers(self) -> "Table | None":
        """Return the numbers that the view shows, for spreadsheets; None where there are none."""
        return None

    def resting(self, ready: str) -> str:
        """Return what to say where there is nothing to show.

        Args:
            ready: what to say while nothing forbids running.
        """
        return self.tr("The network cannot run yet: the message on the canvas says why.") if self.blocked else ready

    def retire(self) -> None:
        """Let go of what works for the view: it will not be seen again."""

    def select_node(self, node_id: str | None) -> None:
        """Follow the selection on the canvas; views that show no single layer need not care."""

    def show_pinned(self, snapshot: Snapshot | None) -> None:
        """Follow what is pinned, a moment that stays in view; most views need not care."""

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what arrived while the view was hidden."""
        super().showEvent(event)
        if self._stale:
            self._refresh_now()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._invalidate()

    def _concerned(self, before: Project, after: Project) -> bool:
        """Return whether an edit changes what the view shows, before a run brings news of it."""
        return before.data != after.data

    def _fits(self, snapshot: Snapshot) -> bool:
        return self.project is None or snapshot.prepared is None or snapshot.prepared.data.schema == self.schema

    def _invalidate(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh_now()

    def _refresh_now(self) -> None:
        self._stale = False
        for picture in self.findChildren(Picture):
            picture.try_again()
        self._refresh()

    def _refresh(self) -> None:
        """Bring title row and picture up to date; called only while visible."""
        raise NotImplementedError


class TitledView(View):
    """A picture under a title row."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.header = Header(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.header)

    def set_body(self, body: QWidget) -> None:
        """Put the picture below the title row."""
        self._column.addWidget(body, 1)


class Picture(QWidget):
    """A widget that paints numbers: x grows to the right in every language, and the mouse is followed.

    Should painting fail, the error is told once, and a sentence stands there until the view has something new to show:
    painting comes again with every move of the mouse, and its errors must not.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._failed = False
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        # Axes and matrices are read from the left also where text is not.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    @property
    def theme(self) -> Theme:
        """The tokens that fit the widget's palette."""
        return theme_of(self.palette())

    def paint_picture(self) -> None:
        """Paint, with a painter of one's own; called in paintEvent."""
        raise NotImplementedError

    def try_again(self) -> None:
        """Paint again, although that had failed: there is something new to show."""
        if self._failed:
            self._failed = False
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, or say that it failed."""
        if not self._failed:
            try:
                self.paint_picture()
                return
            except Exception as error:  # noqa: BLE001 (whatever it is, it is shown)
                self._failed = True
                sys.excepthook(type(error), error, error.__traceback__)
        with picture_painter(self) as painter:
            sentence = self.tr("This picture cannot be drawn because of an error in the program.")
            paint_sentence(painter, self.theme, QRectF(self.rect()), sentence)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme: a picture learns of it only after the view that it is in."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.renew_look()

    def renew_look(self) -> None:
        """Make anew whatever was made in the colors of before."""
        self.update()
