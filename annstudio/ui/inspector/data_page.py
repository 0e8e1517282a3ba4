"""The inspector's page about the data."""

from annstudio.data.prepare import Prepared
from annstudio.data.sources import sources
from annstudio.project.model import Project
from annstudio.training.snapshot import Snapshot
from annstudio.ui.inspector.form import Form
from annstudio.ui.inspector.notes import Notes, formula_label, label
from annstudio.ui.inspector.page import Page
from annstudio.ui.translate import translate


class DataPage(Page):
    """The data set, how it is shared out, and where it comes from."""

    def _build(self) -> None:
        self._document.changed.connect(self._on_document_changed)
        self._summary = label("muted")
        self.form = Form(self._document, "data")
        self._counts = label("muted")
        self.formula = formula_label()
        self._notes = Notes()
        for widget in (self._summary, self.form, self._counts):
            self.column.addWidget(widget)
        self.add_rule()
        for widget in (self.formula, self._notes):
            self.column.addWidget(widget)
        self._show()

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show how many samples each part got."""
        if snapshot is None:
            self._counts.clear()
        elif snapshot.prepared is not None:
            self._show_counts(snapshot.prepared)

    def _show_counts(self, prepared: Prepared) -> None:
        counts = self.tr("{train} for training, {validation} for validation, {test} for the test").format(
            train=len(prepared.train.inputs),
            validation=len(prepared.validation.inputs),
            test=len(prepared.test.inputs),
        )
        if counts != self._counts.text():
            self._counts.setText(counts)

    def _on_document_changed(self, before: Project, after: Project) -> None:
        if before.data != after.data:
            self._show()

    def _show(self) -> None:
        source = sources[str(self._document.project.data["source"])]
        self._summary.setText(translate(source.info.summary))
        self.formula.setText(translate(source.info.formula))
        self.formula.setVisible(bool(source.info.formula))
        self._notes.show_notes(
            [
                (self.tr("Try."), source.info.when_to_use),
                (self.tr("Origin."), source.origin),
                (self.tr("License."), source.license),
            ]
        )
