"""The canvas of the window: shows the document's design and edits it."""

import time

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGraphicsView, QWidget

from annstudio.core.texts import Text
from annstudio.project.critic import Finding, Severity, can_run, criticize
from annstudio.project.footprint import footprint
from annstudio.project.model import Project
from annstudio.project.shapes import flow
from annstudio.training.snapshot import Snapshot, snapshot_for
from annstudio.ui.canvas.block_card import BlockCard
from annstudio.ui.canvas.block_view import BlockView
from annstudio.ui.canvas.edit_actions import EditActions
from annstudio.ui.canvas.editor import Editor
from annstudio.ui.canvas.facts import cost_facts
from annstudio.ui.canvas.focus_ring import FocusRing
from annstudio.ui.canvas.look import Look
from annstudio.ui.canvas.maps import decision_of
from annstudio.ui.canvas.minimap import Minimap
from annstudio.ui.canvas.overlay import Overlay
from annstudio.ui.canvas.peek import Peek
from annstudio.ui.canvas.report import problems_of, status_of, summary_of
from annstudio.ui.canvas.scene import CanvasScene
from annstudio.ui.canvas.spoken import spoken_block, spoken_group, spoken_layer, spoken_wire
from annstudio.ui.canvas.zoom_tools import ZoomTools
from annstudio.ui.document import Document
from annstudio.ui.theme import theme_of

_STEPS = {Qt.KeyboardModifier.NoModifier: 1, Qt.KeyboardModifier.ShiftModifier: -1}
_NEAR = 0.4
"""The scale from which on a unit's map can be made out."""
_READABLE = 1.0
"""Seconds for which a number in a sentence stands at least."""
_LOOKS = (QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange)


class CanvasView(BlockView):
    """Layers as cards on a dotted ground, wired from left to right, with what the critic says of them.

    Args:
        document: what it shows and edits.
        parent: the widget that it is in.
        commands: the editing commands that it carries out; its own where none are given.
    """

    notice = Signal(str)
    """(sentence), why something could not be done, or what else it has brought about."""
    found = Signal(object)
    """(findings: tuple[Finding, ...]), what is wrong with the network, after every edit and every failed run."""
    problems_wanted = Signal()
    """The user wants to see all that is wrong."""

    def __init__(self, document: Document, parent: QWidget | None = None, commands: EditActions | None = None) -> None:
        look = Look(theme_of(QGuiApplication.palette()), QGuiApplication.font())
        scene, editor = CanvasScene(look), Editor(document)
        super().__init__(scene, editor, document, commands, parent)
        scene.setParent(self)
        # The dotted ground stays while the cards on it change.
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        editor.setParent(self)
        self._flow = flow(document.project)
        self._criticism = criticize(document.project)
        self._run_error: tuple[Finding, ...] = ()
        self._run_findings: tuple[Finding, ...] = ()
        self._told_at = 0.0
        self._shown = document.project
        self._snapshot: Snapshot | None = None
        self._peek = Peek(self)
        self._peek.told.connect(self.notice)
        self._focus_ring = FocusRing(self)
        self._overlay = Overlay(self)
        self._overlay.status_clicked.connect(self.select)
        self._overlay.problems_clicked.connect(self.problems_wanted)
        self._overlay.tidy_clicked.connect(self.tidy)
        editor.refused.connect(self.notice)
        editor.told.connect(self.notice)
        document.changed.connect(self._on_document_changed)
        document.replaced.connect(self._on_document_replaced)
        scene.selectionChanged.connect(self._describe)
        scene.selectionChanged.connect(self._show_focus)
        self.selection_changed.connect(self._on_own_selection_changed)
        self.zoomed.connect(self._show_detail)
        self.setAccessibleName(self.tr("Network"))
        self._renew_look()
        self._show()

    @property
    def tools(self) -> ZoomTools:
        """The row of buttons."""
        return self._overlay.tools

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the network, the gravest first."""
        return self._run_error + self._run_findings + self._criticism

    def set_run_error(self, node_id: str | None, text: str | Text) -> None:
        """Show why a run has failed, until the next edit.

        Args:
            node_id: the layer that it is about; None for the whole.
            text: a sentence; an empty one takes the last away.
        """
        message = text if isinstance(text, Text) else Text(text)
        error = (Finding("run", Severity.ERROR, node_id, message),) if text else ()
        changed, self._run_error = error != self._run_error, error
        if changed:
            self._show_findings()

    def _show_run_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show what goes wrong in a run; while it is the same, its numbers follow slowly enough to be read."""
        same = [_about(finding) for finding in findings] == [_about(finding) for finding in self._run_findings]
        now = time.monotonic()
        if findings == self._run_findings or (same and now - self._told_at < _READABLE):
            return
        self._run_findings, self._told_at = findings, now
        self._show_findings()

    def _show_findings(self) -> None:
        # An edit that is still on its way here shows it with everything else.
        if self._shown is self._document.project:
            self.canvas.show_problems(problems_of(self.findings))
            self._overlay.show_status(status_of(self.findings))
            self._tell()

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show on the cards what their layers answer at this moment of a run; None when there is none."""
        self._snapshot = snapshot_for(snapshot, self._document.project)
        current = snapshot is not None and snapshot.project is self._document.project
        self._show_run_findings(snapshot.findings if snapshot is not None and current else ())
        self._show_answers()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look at the units of the selected card, one after the other, by M and Shift+M; Escape ends it."""
        selected, by = self.selected(), _STEPS.get(event.modifiers())
        if event.key() == Qt.Key.Key_M and selected is not None and by is not None:
            self._peek.step(selected, by)
        elif event.key() != Qt.Key.Key_Escape or not self._peek.close():
            super().keyPressEvent(event)

    @property
    def minimap(self) -> Minimap:
        """The small map in the corner."""
        return self._overlay.minimap

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the font."""
        if event.type() in _LOOKS:
            self._renew_look()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the whole network at first."""
        super().showEvent(event)
        self.refit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget a space bar that is released elsewhere."""
        self.release_space()
        super().focusOutEvent(event)

    def _show(self) -> None:
        """Bring cards, wires and overlay in step with the document."""
        project = self._document.project
        self.canvas.show_project(project, self._flow, problems_of(self.findings))
        cost = footprint(project, self._flow)
        self._overlay.show(summary_of(project, cost), cost_facts(project, cost), status_of(self.findings))
        self._tell()

    def _tell(self) -> None:
        """Tell everyone else what is wrong."""
        self._describe()
        self.found.emit(self.findings)

    def _show_detail(self) -> None:
        """Show as much as can be made out at the present scale."""
        near = self.zoom >= _NEAR
        for card in self.canvas.seen():
            card.show_detail(near)

    def _show_answers(self) -> None:
        """Show what is known of the project's own layers: nothing while it cannot run."""
        snapshot = self._snapshot
        answers = snapshot.answers if snapshot is not None and can_run(self._criticism) else {}
        for node_id, card in self.canvas.cards.items():
            decision = decision_of(snapshot) if snapshot is not None and card.kind == "output" else None
            card.show_answers(answers.get(node_id), decision)
        for fold in self.canvas.folds.values():
            fold.show_answers(answers.get(fold.answering))
        self._show_detail()
        self._peek.show_snapshot(snapshot)

    def _renew_look(self) -> None:
        self.canvas.look.theme = theme_of(self.palette())
        self.canvas.look.font = self.font()
        self.canvas.renew_look()
        self.resetCachedContent()

    def _show_focus(self) -> None:
        self._focus_ring.renew()

    def _describe(self) -> None:
        """Tell a screen reader what is selected and what is wrong with it."""
        self.setAccessibleDescription(self._description())

    def _description(self) -> str:
        project, cards, wires = self._document.project, self.canvas.selected_cards(), self.canvas.selected_wires()
        if len(cards) == 1 and isinstance(cards[0], BlockCard):
            return spoken_block(cards[0].face.spoken, cards[0].problems)
        if len(cards) == 1:
            return spoken_layer(project, cards[0].node_id, cards[0].face.spoken, cards[0].problems)
        if cards:
            return spoken_group([card.face.title for card in cards])
        return spoken_wire(project, wires[0]) if wires else self._overlay.pill.status.sentence

    def _on_document_changed(self, before: Project, after: Project) -> None:
        self.cancel_gesture()
        self._shown = after
        if after.computes_as(before) and after.design == before.design:
            self.canvas.place({node_id: QPointF(*point) for node_id, point in after.positions.items()})
            self._overlay.arrange()
            return
        self._flow = flow(after)
        self._criticism, self._run_error, self._run_findings = criticize(after), (), ()
        self._snapshot = snapshot_for(self._snapshot, after)
        self._show()
        self._show_answers()

    def _on_document_replaced(self) -> None:
        """Begin at the start of another network, with nothing selected: what was chosen was in the one before."""
        self.select(None)
        self.begin()

    def _on_own_selection_changed(self, node_id: str | None) -> None:
        self._peek.close()


def _about(finding: Finding) -> tuple[str, str | None]:
    return finding.rule, finding.node
