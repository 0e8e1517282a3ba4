"""The inspector's page about training."""

from annstudio.core.registry import Info
from annstudio.engine.losses import losses
from annstudio.engine.optimizers import optimizers
from annstudio.engine.schedules import schedules
from annstudio.project.model import Project
from annstudio.ui.inspector.form import Form
from annstudio.ui.inspector.notes import Notes, formula_label, label
from annstudio.ui.inspector.page import Page
from annstudio.ui.translate import translate


class TrainingPage(Page):
    """Loss, optimizer and what else steers training."""

    def _build(self) -> None:
        self._document.changed.connect(self._on_document_changed)
        self.form = Form(self._document, "training")
        self.column.addWidget(self.form)
        self.add_rule()
        self._optimizer, self._schedule, self._loss = (_Portrait(self) for _ in range(3))
        self._show()

    def _on_document_changed(self, before: Project, after: Project) -> None:
        if before.training != after.training:
            self._show()

    def _show(self) -> None:
        training = self._document.project.training
        self._optimizer.show_entry(optimizers[str(training["optimizer"])].info)
        self._schedule.show_entry(schedules[str(training["schedule"])].info)
        self._loss.show_entry(losses[str(training["loss"])].info)


class _Portrait:
    """An entry's name, formula and advice, as a part of a page."""

    def __init__(self, page: Page) -> None:
        self._name, self.formula, self._notes = label("heading"), formula_label(), Notes()
        self._tr = page.tr
        for widget in (self._name, self.formula, self._notes):
            page.column.addWidget(widget)

    def show_entry(self, info: Info) -> None:
        self._name.setText(translate(info.label))
        self.formula.setText(translate(info.formula))
        self._notes.show_notes(
            [
                (self._tr("When to use."), info.when_to_use),
                (self._tr("Good."), info.pros),
                (self._tr("Mind."), info.cons),
            ]
        )
