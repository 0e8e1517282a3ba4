"""What can be done in the window: one action per command, for menus, buttons and keys alike."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annstudio.training.snapshot import Past
from annstudio.ui.appearance import Choice
from annstudio.ui.canvas.edit_actions import EditActions
from annstudio.ui.document import Document
from annstudio.ui.icons import icon
from annstudio.ui.labs import labs
from annstudio.ui.theme import theme_of
from annstudio.ui.translate import translate

Shortcut = str | QKeySequence.StandardKey


class Actions(QObject):
    """All commands of the window. Whoever carries one out connects to its `triggered`."""

    appearance_chosen = Signal(object)
    """(choice: appearance.Choice)"""
    recent_chosen = Signal(str)
    """(path: str)"""

    def __init__(self, document: Document, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._icons: list[tuple[QAction, str]] = []
        self._make_file_actions()
        self._make_edit_actions(document)
        self._make_view_actions()
        self._make_run_actions()
        self._make_help_actions()

    def fill(self, bar: QMenuBar) -> None:
        """Put every action into the menus."""
        file, edit = bar.addMenu(self.tr("&File")), bar.addMenu(self.tr("&Edit"))
        view, run, help_menu = (
            bar.addMenu(self.tr("&View")),
            bar.addMenu(self.tr("&Run")),
            bar.addMenu(self.tr("&Help")),
        )
        _add(file, [self.new, self.new_from_template, self.open])
        file.addMenu(self._recent)
        _add(file, [None, self.save, self.save_as, None, self.export, None, self.quit])
        _add(edit, [self.find, None, self.undo, self.redo, self.history, None])
        self.editing.fill(edit)
        _add(run, [self.run, self.step_batch, self.step_epoch, *(action for action, _ in self.step_epochs), None])
        _add(run, [self.step_back_batch, self.step_back_epoch, self.latest, None])
        _add(run, [self.pin, self.unpin, self.keep, self.film, self.report, None, self.range_test, None])
        _add(run, [self.reset, self.new_seed])
        _add(view, list(self.workspaces))
        _add(view.addMenu(self.tr("Lab")), list(self.labs.values()))
        _add(
            view,
            [
                None,
                self.neurons,
                None,
                self.zoom_in,
                self.zoom_out,
                self.actual_size,
                self.fit,
                None,
                self.tidy,
                self.minimap,
                None,
            ],
        )
        self._add_appearances(view.addMenu(self.tr("Appearance")))
        _add(view, [None, self.outline, self.problems, None, self.left, self.views, self.right])
        _add(view, [self.enlarge, self.view_window, self.full_screen, self.reset_layout, None])
        _add(view, [self.next_area, self.previous_area])
        _add(help_menu, [self.shortcuts, self.about])
        for menu in (file, edit, view, run, help_menu):
            menu.aboutToShow.connect(self.color_icons)

    def show_recent(self, paths: list[str]) -> None:
        """Fill the menu of recent files."""
        self._recent.clear()
        for path in paths:
            self._recent.addAction(path.replace("&", "&&")).setData(path)
        self._recent.setEnabled(bool(paths))

    def show_appearance(self, choice: Choice) -> None:
        """Check the appearance in use."""
        for action in self._appearances.actions():
            action.setChecked(action.data() == choice)

    def show_running(self, running: bool) -> None:
        """Name what the run action would do now."""
        self.run.setText(self.tr("&Pause") if running else self.tr("&Run"))
        self._icons = [(action, name) for action, name in self._icons if action is not self.run]
        self._icons.append((self.run, "pause" if running else "play"))

    def show_past(self, past: Past) -> None:
        """Enable going back, and forward again, as far as there is something to go to."""
        self.step_back_batch.setEnabled(past.reaches_back)
        self.step_back_epoch.setEnabled(past.reaches_back)
        self.latest.setEnabled(past.behind)
        self.film.setEnabled(past.behind or past.reaches_back)
        self.keep.setEnabled(past.behind or past.reaches_back)

    def with_keys(self) -> list[QAction]:
        """Return the actions that have a key, in the order of the menus."""
        return [action for action in self.findChildren(QAction) if not action.shortcut().isEmpty()]

    def icon_of(self, action: QAction) -> str:
        """Return the name of an action's picture in resources/icons, or an empty text."""
        return next((name for other, name in self._icons if other is action), "")

    @property
    def steering(self) -> list[QAction]:
        """What steers the run."""
        back = [self.step_back_batch, self.step_back_epoch, self.latest]
        on = [self.run, self.step_batch, self.step_epoch, *(action for action, _ in self.step_epochs)]
        return [*on, *back, self.pin, self.keep, self.reset, self.new_seed]

    def words_of(self, action: QAction) -> str:
        """Return other words that people may seek an action by, whatever it is called at the moment."""
        words = {
            self.run: self.tr("run pause start stop halt train learn continue play"),
            self.reset: self.tr("restart start over from the beginning forget"),
            self.new_seed: self.tr("restart start over other random weights luck dice"),
            self.step_batch: self.tr("single one next"),
            self.step_epoch: self.tr("single one next"),
            self.step_back_batch: self.tr("undo training rewind previous time machine"),
            self.step_back_epoch: self.tr("undo training rewind previous time machine"),
            self.latest: self.tr("now present forward end time machine"),
            self.pin: self.tr("compare moments keep side by side"),
            self.keep: self.tr("compare runs overlay curves experiment"),
            self.report: self.tr("doctor summary overfitting words result"),
            self.range_test: self.tr("range test finder step size schedule smith too high too low"),
            self.film: self.tr("animation gif movie video png series time machine"),
            self.export: self.tr("picture image print svg png pdf"),
            self.tidy: self.tr("arrange layout order clean up"),
            self.shortcuts: self.tr("help keys hotkeys"),
            self.history: self.tr("undo list of edits"),
            self.left: self.tr("hide show palette"),
            self.views: self.tr("hide show plots"),
            self.right: self.tr("hide show inspector"),
            self.enlarge: self.tr("large zoom plots projector maximize"),
            self.view_window: self.tr("tear off undock float detach second screen projector"),
            self.full_screen: self.tr("fullscreen projector present"),
        }
        return words.get(action, "")

    def color_icons(self) -> None:
        """Give every action its icon in the theme's color; menus ask for it when they open."""
        color = theme_of(self._window.palette()).muted
        for action, name in self._icons:
            action.setIcon(icon(name, color))

    def _make_file_actions(self) -> None:
        keys = QKeySequence.StandardKey
        self.new = self._action(self.tr("&New"), keys.New, "file-plus")
        self.new_from_template = self._action(self.tr("New from &template…"), "Ctrl+Shift+N", "layout-grid")
        self.open = self._action(self.tr("&Open…"), keys.Open, "folder-open")
        self._recent = QMenu(self.tr("Open &recent"), self._window)
        self._recent.triggered.connect(self._on_recent)
        self.save = self._action(self.tr("&Save"), keys.Save, "save")
        self.save_as = self._action(self.tr("Save &as…"), "Ctrl+Shift+S")
        self.export = self._action(self.tr("&Export figure…"), "Ctrl+E", "image-down")
        self.quit = self._action(self.tr("&Quit"), "Ctrl+Q")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

    def _make_edit_actions(self, document: Document) -> None:
        stack, keys = document.undo_stack, QKeySequence.StandardKey
        self.find = self._action(self.tr("&Find a command…"), "Ctrl+K", "search")
        self.undo = stack.createUndoAction(self, self.tr("&Undo"))
        self.redo = stack.createRedoAction(self, self.tr("&Redo"))
        self.undo.setShortcut(keys.Undo)
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        # Their texts go on with what would be undone.
        self.undo.setIconText(self.tr("Undo"))
        self.redo.setIconText(self.tr("Redo"))
        self._icons += [(self.undo, "undo-2"), (self.redo, "redo-2")]
        self.history = self._action(self.tr("&History…"), None, "history")
        self.editing = EditActions(self)
        self._icons += self.editing.icons

    def _make_workspace_actions(self) -> None:
        self._rooms = QActionGroup(self)
        self.workspaces = [
            self._action(self.tr("&Design and train"), "Ctrl+1"),
            self._action(self.tr("Gla&ss box"), "Ctrl+2"),
            self._action(self.tr("La&bs"), "Ctrl+3"),
        ]
        """The rooms of the window; see workspaces."""
        self.workspaces[0].setToolTip(self.tr("Build the network and watch it learn"))
        self.workspaces[1].setToolTip(self.tr("Take one step of training apart, number by number"))
        self.workspaces[2].setToolTip(self.tr("Experiment with what networks are made of"))
        for action in self.workspaces:
            action.setCheckable(True)
            self._rooms.addAction(action)
        self.workspaces[0].setChecked(True)
        self._in_labs = QActionGroup(self)
        self.labs = {key: self._action(translate(entry.info.label)) for key, entry in labs.items()}
        """By key; that of the lab in use, or last in use, is checked."""
        for key, action in self.labs.items():
            action.setToolTip(translate(labs[key].info.summary))
            action.setCheckable(True)
            self._in_labs.addAction(action)
        next(iter(self.labs.values())).setChecked(True)

    def _make_view_actions(self) -> None:
        self._make_workspace_actions()
        self.zoom_in = self._action(self.tr("Zoom &in"), "Ctrl++", "zoom-in")
        self.zoom_out = self._action(self.tr("Zoom &out"), "Ctrl+-", "zoom-out")
        self.actual_size = self._action(self.tr("&Actual size"), "Ctrl+0")
        self.fit = self._action(self.tr("&Fit network"), "Ctrl+9", "maximize")
        self.tidy = self._action(self.tr("&Tidy up"), "Ctrl+Shift+T", "git-commit-horizontal")
        self.neurons = self._action(self.tr("&Neurons in place of cards"), "F7")
        self.neurons.setCheckable(True)
        self.outline = self._action(self.tr("&Outline"), "Ctrl+Shift+O")
        self.outline.setCheckable(True)
        self.problems = self._action(self.tr("&Problems"), "Ctrl+Shift+M")
        self.problems.setCheckable(True)
        self.minimap = self._action(self.tr("&Map of a large network"))
        self.minimap.setCheckable(True)
        self.full_screen = self._action(self.tr("F&ull screen"), "Ctrl+Shift+F")
        self.enlarge = self._action(self.tr("Enlar&ge live views"), "F8")
        self.view_window = self._action(self.tr("Live views in a &window of their own"), "Shift+F8")
        self.left, self.views, self.right = (
            self._action(text)
            for text in (self.tr("&Layers and examples"), self.tr("Li&ve views"), self.tr("&Settings"))
        )
        for action in (self.full_screen, self.enlarge, self.left, self.views, self.right):
            action.setCheckable(True)
        self.next_area = self._action(self.tr("Ne&xt area"), "F6")
        self.previous_area = self._action(self.tr("Pre&vious area"), "Shift+F6")
        self.reset_layout = self._action(self.tr("&Reset layout"))
        self._appearances = QActionGroup(self)

    def _make_run_actions(self) -> None:
        self.run = self._action(self.tr("&Run"), "F5", "play")
        self.step_batch = self._action(self.tr("Step one &batch"), "F10", "step-forward")
        self.step_epoch = self._action(self.tr("Step one &epoch"), "F11", "skip-forward")
        self.step_epochs = [
            (self._action(self.tr("Step &10 epochs"), "Shift+F11", "chevrons-right"), 10),
            (self._action(self.tr("Step 100 epo&chs"), "Ctrl+F11", "chevrons-right"), 100),
        ]
        """With the number of epochs."""
        self.step_back_batch = self._action(self.tr("Step b&ack one batch"), "F9", "step-back")
        self.step_back_epoch = self._action(self.tr("Step back one e&poch"), "Shift+F9", "skip-back")
        self.latest = self._action(self.tr("Back to the &latest"), "Ctrl+F9", "chevrons-right")
        self.pin = self._action(self.tr("P&in this moment"), "Ctrl+Shift+P", "pin")
        self.unpin = self._action(self.tr("&Unpin the moment"), None, "pin-off")
        self.unpin.setEnabled(False)
        self.keep = self._action(self.tr("&Keep this run"), "Ctrl+Shift+K", "circle-plus")
        self.report = self._action(self.tr("Repor&t in plain words"), "Ctrl+Shift+R", "scan-text")
        self.film = self._action(self.tr("Export &film…"), None, "film")
        self.range_test = self._action(self.tr("Find a &learning rate…"), "Ctrl+Shift+L", "trending-down")
        self.show_past(Past())
        self.reset = self._action(self.tr("R&eset"), "Shift+F5", "rotate-ccw")
        self.new_seed = self._action(self.tr("Reset with a &new seed"), "Ctrl+Shift+F5", "dices")
        self.reset.setToolTip(self.tr("Back to the starting weights of the seed"))

    def _make_help_actions(self) -> None:
        self.shortcuts = self._action(self.tr("&Keyboard shortcuts"), "F1", "circle-help")
        self.about = self._action(self.tr("&About ANN Studio"), None, "info")
        self.about.setMenuRole(QAction.MenuRole.AboutRole)

    def _action(self, text: str, key: Shortcut | None = None, icon_name: str = "") -> QAction:
        action = QAction(text, self)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        if icon_name:
            self._icons.append((action, icon_name))
        return action

    def _add_appearances(self, menu: QMenu) -> None:
        names = {
            Choice.SYSTEM: self.tr("As the &system"),
            Choice.LIGHT: self.tr("&Light"),
            Choice.DARK: self.tr("&Dark"),
        }
        for choice, name in names.items():
            # An icon would take the place of the mark.
            action = self._action(name)
            action.setCheckable(True)
            action.setData(choice)
            self._appearances.addAction(action)
            menu.addAction(action)
        self._appearances.triggered.connect(self._on_appearance)

    def _on_appearance(self, action: QAction) -> None:
        self.appearance_chosen.emit(Choice(action.data()))

    def _on_recent(self, action: QAction) -> None:
        self.recent_chosen.emit(action.data())


def _add(menu: QMenu, actions: list[QAction | None]) -> None:
    for action in actions:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)
