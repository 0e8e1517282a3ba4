"""A room of several pages, under a row of their names."""

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annstudio.ui.room import Room


class PagedRoom(Room):
    """Shows one of its pages; whoever makes one fills it."""

    def fill(self, pages: Sequence[tuple[str, str, QWidget]]) -> None:
        """Take these pages.

        Args:
            pages: name, tip and widget of each.
        """
        self._pages = QStackedWidget(self)
        names = QFrame(self)
        names.setProperty("role", "segments")
        row = QHBoxLayout(names)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        group = QButtonGroup(self)
        self.buttons: list[QPushButton] = []
        for number, (name, tip, page) in enumerate(pages):
            button = QPushButton(name, names)
            button.setProperty("role", "segment")
            button.setCheckable(True)
            button.setChecked(number == 0)
            button.setToolTip(tip)
            button.clicked.connect(lambda _=False, number=number: self._pages.setCurrentIndex(number))
            group.addButton(button)
            row.addWidget(button)
            self.buttons.append(button)
            self._pages.addWidget(page)
        bar = QFrame(self)
        bar.setProperty("role", "bar")
        upper = QHBoxLayout(bar)
        upper.setContentsMargins(14, 7, 14, 7)
        upper.addWidget(names)
        upper.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addWidget(self._pages, 1)
