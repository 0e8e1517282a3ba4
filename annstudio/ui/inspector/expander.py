"""The quiet button behind which a form keeps what few need."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from annstudio.ui.icons import icon
from annstudio.ui.theme import theme_of


class Expander(QToolButton):
    """“More”, with an arrow that says whether the rows below it are shown: checked is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "quiet")
        self.setCheckable(True)
        self.setText(self.tr("More"))
        self.setToolTip(self.tr("Show or hide the settings that few need"))
        self.setAccessibleDescription(self.toolTip())
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._show_arrow)
        self._show_arrow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_arrow()

    def _show_arrow(self) -> None:
        name = "chevron-up" if self.isChecked() else "chevron-down"
        self.setIcon(icon(name, theme_of(self.palette()).muted))
