"""The inspector's page about training."""

from PySide6.QtWidgets import QWidget

from annstudio.core.registry import Info
from annstudio.engine.losses import losses
from annstudio.engine.optimizers import optimizers
from annstudio.project.model import Project
from annstudio.ui.document import Document
from annstudio.ui.inspector.form import Form
from annstudio.ui.inspector.notes import Notes, formula_label, label
from annstudio.ui.inspector.page import Page
from annstudio.ui.translate import translate


class TrainingPage(Page):
    """Loss, optimizer and what else steers training."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._form = Form(document, "training")
        self.column.addWidget(self._form)
        self.add_rule()
        self._optimizer, self._loss = _Portrait(self), _Portrait(self)
        document.changed.connect(self._on_document_changed)
        self._show()

    def commit(self) -> None:
        """Take what was typed but not confirmed yet."""
        self._form.commit()

    def _on_document_changed(self, before: Project, after: Project) -> None:
        if before.training != after.training:
            self._show()

    def _show(self) -> None:
        training = self._document.project.training
        self._optimizer.show_entry(optimizers[str(training["optimizer"])].info)
        self._loss.show_entry(losses[str(training["loss"])].info)


class _Portrait:
    """An entry's name, formula and advice, as a part of a page."""

    def __init__(self, page: Page) -> None:
        self._name, self._formula, self._notes = label("heading"), formula_label(), Notes()
        self._tr = page.tr
        for widget in (self._name, self._formula, self._notes):
            page.column.addWidget(widget)

    def show_entry(self, info: Info) -> None:
        self._name.setText(translate(info.label))
        self._formula.setText(translate(info.formula))
        self._notes.show_notes(
            [
                (self._tr("When to use."), info.when_to_use),
                (self._tr("Good."), info.pros),
                (self._tr("Mind."), info.cons),
            ]
        )
