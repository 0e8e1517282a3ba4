"""The main window: it says where things stand and who talks to whom, and does nothing else."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from annstudio.project.critic import Finding
from annstudio.training.snapshot import Snapshot
from annstudio.ui.actions import Actions
from annstudio.ui.appearance import Appearance
from annstudio.ui.areas import next_area
from annstudio.ui.canvas.view import CanvasView
from annstudio.ui.document import Document
from annstudio.ui.files import ENDING, Files
from annstudio.ui.hand_edits import HandEdits
from annstudio.ui.hiding import make_hideable
from annstudio.ui.left_column import LeftColumn
from annstudio.ui.network_pages import NetworkPages
from annstudio.ui.outline.outline import Outline
from annstudio.ui.palette import Palette
from annstudio.ui.problems.side import ProblemsSide
from annstudio.ui.run_bar import RunBar
from annstudio.ui.run_commands import RunCommands
from annstudio.ui.run_controller import RunController
from annstudio.ui.status import StatusLine
from annstudio.ui.tab_order import next_stop
from annstudio.ui.view_menu import ViewMenu
from annstudio.ui.view_tabs import ViewTabs
from annstudio.ui.views.view import View
from annstudio.ui.window_dialogs import WindowDialogs
from annstudio.ui.window_layout import WindowLayout
from annstudio.ui.workspaces import DESIGN, Workspaces, WorkspaceSwitch

if TYPE_CHECKING:
    from annstudio.ui.commands.command import Provider
    from annstudio.ui.commands.command_palette import CommandPalette
    from annstudio.ui.inspector.inspector import Inspector

_QUIET = 300
"""Milliseconds after which what a start has brought up is painted."""


class MainWindow(QMainWindow):
    """Palette, canvas, live views and inspector of one document."""

    painted = Signal()
    """The window has appeared for the first time."""

    def __init__(self, document: Document, controller: RunController, appearance: Appearance) -> None:
        super().__init__()
        self._document, self._controller, self._appearance = document, controller, appearance
        self._was_painted = False
        self.setAcceptDrops(True)
        self.commands = Actions(document, self)
        self.commands.fill(self.menuBar())
        self.files = Files(document, controller, self, self._commit)
        self.dialogs = WindowDialogs(self, document, self.files, self.commands.with_keys)
        self.layer_palette = Palette()
        self.outline = Outline(document)
        self.left = LeftColumn(self.layer_palette, self.outline)
        self.canvas = CanvasView(document, commands=self.commands.editing)
        self.pages = NetworkPages(document, self.canvas, self.commands.neurons)
        self.views = ViewTabs(document, controller.predict, controller.kept)
        self.view_menu = ViewMenu(self, lambda: self.files.place)
        self._below = QStackedWidget()
        self._below.addWidget(self.views)
        self.problems = ProblemsSide(self.pages, self._below, document)
        self.hand_edits = HandEdits(document, controller)
        RunCommands(self.commands, document, controller, self.views, self.dialogs, self._commit, self)
        self._inspector: Inspector | None = None
        self._right = QWidget()
        self._command_palette: CommandPalette | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._on_quiet)
        self.run_bar = RunBar(self.commands, controller)
        self.status = StatusLine(self)
        self._place()
        self._connect_parts()
        self._connect_actions()
        self._connect_outline()
        self._connect_problems()
        self._connect_hiding()
        self._layout.restore()
        self.left.restore()
        self._show_title()
        self.canvas.setFocus()

    @property
    def inspector(self) -> "Inspector":
        """The column on the right; made when it is first needed, so that the window appears sooner."""
        if self._inspector is None:
            from annstudio.ui.inspector.inspector import Inspector

            self._inspector = Inspector(self._document)
            self._inspector.left.connect(self.pages.take_focus)
            column = QVBoxLayout(self._right)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(self._inspector)
        return self._inspector

    @property
    def command_palette(self) -> "CommandPalette":
        """What finds every command; made when it is first needed."""
        if self._command_palette is None:
            from annstudio.ui.commands.command_palette import CommandPalette

            self._command_palette = CommandPalette(self._command_providers(), self)
        return self._command_palette

    def start(self) -> None:
        """Bring up what takes longer than a window may take to appear."""
        self.inspector.show_node(self.canvas.selected())
        self.views.start()
        QTimer.singleShot(0, self._controller.start)
        self._quiet.start(_QUIET)

    def shut_down(self) -> None:
        """End whatever works beside the window, whatever happens to it."""
        self.views.closing.emit()
        self.workspaces.shut_down()
        self._controller.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say when the window has appeared."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        """Tell in the menu whether the window fills the screen, whoever has made it so."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.commands.full_screen.setChecked(self.isFullScreen())

    def focusNextPrevChild(self, next: bool) -> bool:
        """Go through the window in reading order by Tab."""
        stop = next_stop((self.run_bar, *self._layout.parts), self.focusWidget(), next)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        return stop is not None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes, then end the run."""
        if not self.files.may_discard():
            event.ignore()
            return
        self._layout.remember()
        # The thread may be in the midst of a very large batch: nobody should have to look at a frozen window.
        self.hide()
        self.shut_down()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome a project file."""
        if _dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the project file."""
        path = _dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.files.open_path(path)

    def _place(self) -> None:
        self._layout = WindowLayout(self, self.left, self.problems, self._below, self._right)
        self.layer_palette.setProperty("role", "panel")
        self.layer_palette.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.layer_palette.setMinimumWidth(160)
        self._right.setProperty("role", "panel")
        self._right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._right.setMinimumWidth(262)
        self.canvas.setMinimumHeight(110)
        design = QWidget()
        layout = QVBoxLayout(design)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.run_bar)
        layout.addWidget(self._layout.columns, 1)
        self.workspaces = Workspaces(design, self.commands, self._controller)
        self.switch = WorkspaceSwitch(self.commands.workspaces)
        center = QWidget()
        rooms = QVBoxLayout(center)
        rooms.setContentsMargins(0, 0, 0, 0)
        rooms.setSpacing(0)
        if self.menuBar().isNativeMenuBar():
            # It belongs to the desktop, and has no corner of this window's.
            rooms.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignRight)
        else:
            self.menuBar().setCornerWidget(self.switch)
        rooms.addWidget(self.workspaces, 1)
        self.setCentralWidget(center)
        self.setStatusBar(self.status)

    def _connect_parts(self) -> None:
        self.layer_palette.layer_activated.connect(self.canvas.add_layer)
        self.layer_palette.activation_activated.connect(self.canvas.add_activation)
        self.layer_palette.template_activated.connect(self.files.open_template)
        self.layer_palette.gallery_asked.connect(self.commands.new_from_template.trigger)
        self.canvas.selection_changed.connect(self._on_selection_changed)
        self.canvas.clicked.connect(self._on_selection_changed)
        self.canvas.activated.connect(self._on_node_activated)
        self.canvas.look_inside_asked.connect(self.workspaces.look_inside)
        self.canvas.notice.connect(self.status.show_sentence)
        self.dialogs.told.connect(self.status.show_sentence)
        self.workspaces.told.connect(self.status.show_sentence)
        self.views.node_clicked.connect(self.canvas.select)
        self.view_menu.told.connect(self.status.show_sentence)
        self.views.menu_wanted.connect(self._on_view_menu)
        self.views.window_opened.connect(self._on_view_window)
        self.pages.node_clicked.connect(self.canvas.select)
        self.pages.node_activated.connect(self._on_node_activated)
        self.pages.weight_touched.connect(self._controller.pause)
        self.pages.weight_entered.connect(self.hand_edits.set_weight)
        self._controller.checked.connect(self.status.forget)
        self._controller.message.connect(self.status.show_sentence)
        self._controller.snapshot_arrived.connect(self._on_snapshot)
        self._controller.state_changed.connect(self._on_state_changed)
        self._controller.refused.connect(self._on_refused)
        self.files.changed.connect(self._show_title)
        self._appearance.changed.connect(self._on_appearance_changed)

    def _connect_actions(self) -> None:
        actions, canvas, files = self.commands, self.canvas, self.files
        pages, dialogs = self.pages, self.dialogs
        for action, slot in (
            (actions.new, files.new),
            (actions.new_from_template, dialogs.ask_template),
            (actions.open, files.open),
            (actions.save, files.save),
            (actions.save_as, files.save_as),
            (actions.export, dialogs.export_figure),
            (actions.quit, self.close),
            (actions.find, self._on_find),
            (actions.history, dialogs.show_history),
            (actions.zoom_in, pages.zoom_in),
            (actions.zoom_out, pages.zoom_out),
            (actions.actual_size, pages.reset_zoom),
            (actions.fit, pages.fit),
            (actions.tidy, canvas.tidy),
            (actions.next_area, self._on_next_area),
            (actions.previous_area, self._on_previous_area),
            (actions.reset_layout, self._on_reset_layout),
            (actions.view_window, self.views.open_window),
            (actions.shortcuts, dialogs.show_shortcuts),
            (actions.about, dialogs.show_about),
        ):
            action.triggered.connect(slot)
        actions.minimap.setChecked(canvas.minimap.wanted)
        actions.minimap.toggled.connect(canvas.minimap.want)
        # There are no cards to line up.
        actions.neurons.toggled.connect(actions.tidy.setDisabled)
        actions.appearance_chosen.connect(self._appearance.choose)
        actions.recent_chosen.connect(self._on_recent_chosen)
        actions.show_appearance(self._appearance.choice)

    def _connect_hiding(self) -> None:
        actions = self.commands
        make_hideable(self.left, actions.left, "window/left")
        make_hideable(self._below, actions.views, "window/below")
        make_hideable(self._right, actions.right, "window/right")
        self.problems.shown.connect(self._on_problems_shown)
        actions.full_screen.triggered.connect(self._on_full_screen)
        actions.enlarge.toggled.connect(self._on_enlarge)
        # What is done to cards is to be seen.
        for action in actions.editing.all():
            action.triggered.connect(self.pages.show_cards)
        around = (actions.problems, actions.neurons, actions.fit, actions.tidy, actions.zoom_in, actions.zoom_out)
        for action in (*actions.editing.all(), *around):
            action.triggered.connect(self._show_network)

    def _connect_problems(self) -> None:
        action, problems, canvas = self.commands.problems, self.problems, self.canvas
        canvas.found.connect(problems.show_findings)
        canvas.problems_wanted.connect(problems.show_panel)
        problems.show_findings(canvas.findings)
        problems.layer_chosen.connect(canvas.select)
        problems.setting_chosen.connect(self._on_field_wanted)
        problems.left.connect(self.pages.take_focus)
        problems.shown.connect(action.setChecked)
        action.triggered.connect(problems.set_open)
        problems.restore()

    def _connect_outline(self) -> None:
        outline, rows, canvas = self.outline, self.outline.list, self.canvas
        outline.selected.connect(canvas.select_nodes)
        canvas.canvas.selectionChanged.connect(self._on_cards_selected)
        rows.layer_asked.connect(canvas.add_layer)
        rows.delete_asked.connect(canvas.delete_selection)
        rows.settings_asked.connect(canvas.activate_selected)
        rows.wire_asked.connect(self._on_wire_asked)
        rows.menu_asked.connect(canvas.open_menu)
        self.commands.outline.triggered.connect(self._on_outline)
        outline.closed.connect(self.commands.outline.trigger)
        self.left.outline_shown.connect(self.commands.outline.setChecked)

    def _command_providers(self) -> "tuple[Provider, ...]":
        """Return the sources of the command palette; another one is added here."""
        from annstudio.ui.commands.adding import layer_commands
        from annstudio.ui.commands.jumping import jump_commands
        from annstudio.ui.commands.menus import menu_commands
        from annstudio.ui.commands.parts import pace_commands, view_commands
        from annstudio.ui.commands.setting import SettingCommands
        from annstudio.ui.commands.starting import template_commands

        settings = SettingCommands(self._document, self.canvas.selected, self)
        settings.field_wanted.connect(self._on_field_wanted)
        settings.refused.connect(self.status.show_sentence)
        return (
            partial(menu_commands, self.menuBar(), self.commands.find, self.commands.icon_of, self.commands.words_of),
            partial(pace_commands, self.run_bar),
            partial(view_commands, self.views, self._on_view_wanted),
            partial(layer_commands, self.canvas.add_layer),
            partial(jump_commands, self._document, self._on_jump),
            settings.commands,
            partial(template_commands, self.files.open_template),
        )

    def _on_quiet(self) -> None:
        self.command_palette.prepare()

    def _on_find(self) -> None:
        self.command_palette.toggle()

    def _on_cards_selected(self) -> None:
        self.outline.show_selected(self.canvas.canvas.selected_nodes())

    def _on_outline(self, shown: bool) -> None:
        self.left.show_outline(shown)
        if shown:
            self.commands.left.setChecked(True)
            self.outline.setFocus()
        else:
            self.pages.take_focus()

    def _on_reset_layout(self) -> None:
        for panel in (self.commands.outline, self.commands.problems):
            if panel.isChecked():
                panel.trigger()
        for part in (self.commands.left, self.commands.views, self.commands.right):
            part.setChecked(True)
        self._show_network()
        self._layout.reset()

    def _on_problems_shown(self, shown: bool) -> None:
        if shown and self.problems.panel is not None and self._below.isAncestorOf(self.problems.panel):
            self.commands.views.setChecked(True)

    def _on_enlarge(self, large: bool) -> None:
        """Give the live views the network's room, or back."""
        self.problems.setVisible(not large)
        if large:
            self.commands.views.setChecked(True)
            self.views.setFocus()
        else:
            self.pages.take_focus()

    def _on_view_window(self, window: QWidget) -> None:
        """Let the keys that steer the run work there as well."""
        window.addActions(self.commands.steering)

    def _show_network(self) -> None:
        self.workspaces.enter(DESIGN)
        self.commands.enlarge.setChecked(False)

    def _on_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _on_next_area(self) -> None:
        self._go_to_area(forward=True)

    def _on_previous_area(self) -> None:
        self._go_to_area(forward=False)

    def _go_to_area(self, *, forward: bool) -> None:
        panel = self.problems.panel
        network = (self.pages,) if panel is None else (self.pages, panel)
        areas = (self.run_bar, self.layer_palette, self.outline, *network, self.views, self._right)
        stop = next_area(areas, self.focusWidget(), forward)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_wire_asked(self) -> None:
        self.pages.show_cards()
        self.pages.take_focus()
        self.canvas.start_wiring()

    def _on_jump(self, node_id: str) -> None:
        self._show_network()
        self.canvas.select(node_id)
        self.pages.take_focus()

    def _on_view_wanted(self, number: int) -> None:
        self.commands.views.setChecked(True)
        self.views.setCurrentIndex(number)

    def _on_field_wanted(self, owner: str, key: str) -> None:
        self.commands.right.setChecked(True)
        self.inspector.show_setting(owner, key)

    def _commit(self) -> None:
        """Let what was typed somewhere but not confirmed yet count."""
        if self._inspector is not None:
            self._inspector.commit()
        self.pages.commit()

    def _on_selection_changed(self, node_id: str | None) -> None:
        self.inspector.show_node(node_id)
        self.views.select_node(node_id)
        self.pages.select_node(node_id)

    def _on_node_activated(self, node_id: str) -> None:
        self.commands.right.setChecked(True)
        self.inspector.show_node(node_id)
        self.inspector.take_focus()

    def _on_snapshot(self, snapshot: Snapshot | None) -> None:
        self.views.show_snapshot(snapshot)
        self.pages.show_snapshot(snapshot)
        self.canvas.show_snapshot(snapshot)
        self.inspector.show_snapshot(snapshot)
        self.status.show_snapshot(snapshot)
        self.workspaces.show_snapshot(snapshot)
        self.setWindowModified(self.files.modified)

    def _on_state_changed(self) -> None:
        self.canvas.set_run_error(None, self._controller.failure or "")
        if self._controller.running:
            # What trains is to be seen.
            self.workspaces.enter(DESIGN)

    def _on_view_menu(self, views: list[View], place: QPoint) -> None:
        menu = self.view_menu.menu_for(views)
        if self.views.isAncestorOf(views[0]):
            menu.addSeparator()
            menu.addActions([self.commands.enlarge, self.commands.view_window])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _on_refused(self, blocker: Finding) -> None:
        self._show_network()
        self.canvas.select(blocker.node)
        self.pages.take_focus()

    def _on_recent_chosen(self, path: str) -> None:
        self.files.open_path(Path(path))

    def _on_appearance_changed(self) -> None:
        self.commands.show_appearance(self._appearance.choice)

    def _show_title(self) -> None:
        self.setWindowTitle(self.tr("{name}[*] – ANN Studio").format(name=self.files.name))
        self.setWindowModified(self.files.modified)
        self.commands.show_recent(self.files.recent)


def _dropped_file(event: QDropEvent) -> Path | None:
    """Return the project file that is being dragged, if it is one."""
    urls = event.mimeData().urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.suffix.lower() == ENDING else None
