"""A room of several pages, under a row of their names."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annstudio.ui.room import Room


class PagedRoom(Room):
    """Shows one of its pages; whoever makes one fills it."""

    def fill(self, pages: Sequence[tuple[str, str, Callable[[], QWidget]]]) -> None:
        """Take these pages.

        Args:
            pages: name, tip and, made when it is first shown, widget of each.
        """
        self._stack = QStackedWidget(self)
        self._made: dict[int, QWidget] = {}
        self._makers = [make for _, _, make in pages]
        names = QFrame(self)
        names.setProperty("role", "segments")
        row = QHBoxLayout(names)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        group = QButtonGroup(self)
        self.buttons: list[QPushButton] = []
        for number, (name, tip, _) in enumerate(pages):
            button = QPushButton(name, names)
            button.setProperty("role", "segment")
            button.setCheckable(True)
            button.setChecked(number == 0)
            button.setToolTip(tip)
            button.clicked.connect(lambda _=False, number=number: self.page(number))
            group.addButton(button)
            row.addWidget(button)
            self.buttons.append(button)
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
        whole.addWidget(self._stack, 1)
        self.page(0)

    def page(self, number: int) -> QWidget:
        """Show a page, and return it."""
        if number not in self._made:
            self._made[number] = self._makers[number]()
            self._stack.addWidget(self._made[number])
        self._stack.setCurrentWidget(self._made[number])
        self.buttons[number].setChecked(True)
        return self._made[number]
