"""Draws the pictures of the documentation from the running app; start it by `python packaging/dev.py pictures`."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annstudio.project.file import save
from annstudio.project.templates import templates
from annstudio.ui.app import make_app
from annstudio.ui.appearance import Appearance, Choice
from annstudio.ui.document import Document
from annstudio.ui.gallery.dialog import GalleryDialog
from annstudio.ui.main_window import MainWindow
from annstudio.ui.run_controller import RunController
from annstudio.ui.tabs import tabs
from annstudio.ui.workspaces import DESIGN, GLASS_BOX

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
WIDTH, HEIGHT = 1366, 768
PATIENCE = 60.0


@dataclass(frozen=True)
class Picture:
    """What the window shows in one picture.

    Attributes:
        name: of the file.
        template: the example that is open.
        appearance: light or dark.
        epochs: how long it has been trained.
        node: the layer that is selected.
        tab: key of the tab that is open.
        large: the live views have the network's room.
        stop: where in the glass box it stands, by the numbers of the parts; None where another room is shown.
        lab: key of the lab that is shown; empty where another room is.
        surface: of the race in the optimizer lab.
    """

    name: str
    template: str
    appearance: Choice
    epochs: int
    node: str | None
    tab: str = "overview"
    large: bool = False
    stop: tuple[int, ...] | None = None
    lab: str = ""
    surface: str = ""


PICTURES = (
    Picture("main-light", "exam", Choice.LIGHT, 60, "dense-1"),
    Picture("main-dark", "spiral", Choice.DARK, 120, "dense-2"),
    Picture("digits", "digits", Choice.LIGHT, 40, None),
    Picture("mistakes", "digits", Choice.LIGHT, 8, None, "mistakes"),
    Picture("hidden", "circle", Choice.LIGHT, 150, None, "hidden", large=True),
    Picture("glass-box-light", "by_hand", Choice.LIGHT, 0, None, stop=(2, 2, 0)),
    Picture("glass-box-dark", "iris", Choice.DARK, 3, None, stop=(3, 0, 3, 1)),
    Picture("perceptron-light", "exam", Choice.LIGHT, 0, None, lab="perceptron"),
    Picture("perceptron-dark", "exam", Choice.DARK, 0, None, lab="perceptron"),
    Picture("linear-light", "exam", Choice.LIGHT, 0, None, lab="linear"),
    Picture("linear-dark", "exam", Choice.DARK, 0, None, lab="linear"),
    Picture("activations-light", "exam", Choice.LIGHT, 40, None, lab="activations"),
    Picture("activations-dark", "exam", Choice.DARK, 40, None, lab="activations"),
    Picture("losses-light", "exam", Choice.LIGHT, 0, None, lab="losses"),
    Picture("losses-dark", "exam", Choice.DARK, 0, None, lab="losses"),
    Picture("landscape-light", "spiral", Choice.LIGHT, 0, None, lab="landscape"),
    Picture("landscape-dark", "spiral", Choice.DARK, 0, None, lab="landscape"),
    Picture("optimizer-lab-light", "exam", Choice.LIGHT, 0, None, lab="optimizers", surface="hills"),
    Picture("optimizer-lab-dark", "exam", Choice.DARK, 0, None, lab="optimizers", surface="himmelblau"),
)

FIGURES = {
    "figure-cards": ("spiral_shortcut", ["--style", "cards", "--legend", "--scale", "2"]),
    "figure-neurons": ("spiral_shortcut", ["--style", "neurons", "--scale", "1"]),
    "figure-blocks": ("digits_filters", ["--style", "blocks", "--legend", "--scale", "2"]),
    "figure-print": ("digits_filters", ["--style", "blocks", "--theme", "print", "--scale", "2"]),
}
"""By the name of the file: the example, and how `annstudio export` is asked to draw it."""


def main() -> int:
    """Draw all pictures and return the exit code."""
    home = tempfile.mkdtemp(prefix="annstudio-pictures-")
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, home)
    app = make_app()
    document = Document(templates["exam"]().build())
    controller, appearance = RunController(document), Appearance(app)
    window = MainWindow(document, controller, appearance)
    window.painted.connect(window.start)
    window.resize(WIDTH, HEIGHT)
    window.show()
    FOLDER.mkdir(exist_ok=True)
    for picture in PICTURES:
        appearance.choose(picture.appearance)
        controller.open(templates[picture.template]().build())
        _train(app, controller, picture.epochs)
        window.canvas.select(picture.node)
        window.views.setCurrentIndex(list(tabs).index(picture.tab))
        window.commands.enlarge.setChecked(picture.large)
        window.workspaces.enter(DESIGN)
        if picture.stop is not None:
            _look_inside(app, window, picture.stop)
        if picture.lab:
            _experiment(app, window, picture)
        _wait(app, lambda: False, seconds=0.5)
        window.grab().save(str(FOLDER / f"{picture.name}.png"))
        print(FOLDER / f"{picture.name}.png")
    appearance.choose(Choice.LIGHT)
    _draw_gallery(app, window)
    window.shut_down()
    _draw_figures(Path(home))
    return 0


def _look_inside(app: QApplication, window: MainWindow, stop: tuple[int, ...]) -> None:
    """Go to a stop of the glass box."""
    before = window.workspaces.glass_box.walk
    window.workspaces.enter(GLASS_BOX)
    room = window.workspaces.glass_box
    _wait(app, lambda: room.walk is not None and room.walk is not before)
    room.go_to(stop)
    _wait(app, lambda: "✓" in room.chain.checked.text())


def _experiment(app: QApplication, window: MainWindow, picture: Picture) -> None:
    """Go to a lab, and do there what there is to see."""
    window.workspaces.enter_lab(picture.lab)
    room = window.workspaces.labs.lab(picture.lab)
    experiments = {
        "perceptron": _learn,
        "linear": _bend,
        "activations": _overlay,
        "losses": _pull,
        "landscape": _train_all,
    }
    if picture.lab in experiments:
        experiments[picture.lab](app, room)
    else:
        _race(app, room, picture.surface)


def _learn(app: QApplication, room: Any) -> None:
    """Let a logistic neuron come near to its fit."""
    room.bar.samples.setCurrentIndex(room.bar.samples.findData("mixed"))
    room.bar.samples_chosen.emit()
    room.bar.kinds.setCurrentIndex(1)
    room.bar.kind_chosen.emit()
    for _ in range(300):
        room.bar.step_clicked.emit()


def _bend(app: QApplication, room: Any) -> None:
    """Show the pieces of a network that bends."""
    room.bar.sources.setCurrentIndex(1)
    room.bar.pictures.setCurrentIndex(1)
    room.bar.source_chosen.emit()
    _wait(app, lambda: room.found is not None and room.found.stack.inputs == 2 and room.found.pieces is not None)


def _overlay(app: QApplication, room: Any) -> None:
    """Show the z of a layer below three activations."""
    _wait(app, lambda: room.curves.layers.count() > 1)
    room.curves.list.setCurrentRow(3)
    room.curves.layers.setCurrentIndex(1)
    room.curves.layers.activated.emit(1)
    for _ in range(15):
        QTest.keyClick(room.curves.picture.crosshair, Qt.Key.Key_Right)


def _pull(app: QApplication, room: Any) -> None:
    """Pull one point far away."""
    room.buttons[1].click()
    room.outliers.picture.move_selected(2.6, -4.0)


def _train_all(app: QApplication, room: Any) -> None:
    """Race on the network, and look at the slice along the race."""
    _wait(app, lambda: room.scene is not None)
    room.bar.run_clicked.emit()
    _wait(app, lambda: room.scene.shown.steps >= 400)
    room.bar.run_clicked.emit()
    _wait(app, lambda: room.scene.steps == room.scene.shown.steps)


def _race(app: QApplication, room: Any, surface: str) -> None:
    """Let optimizers race over a surface, each at the rate that suits it."""
    before = room.race
    room.race_on(surface, tuned=True)
    _wait(app, lambda: room.race is not before and room.is_tuned)
    for _ in range(60):
        room.bar.step_clicked.emit()


def _draw_gallery(app: QApplication, window: MainWindow) -> None:
    gallery = GalleryDialog(window)
    gallery.show()
    _wait(app, lambda: all(tile.has_preview for tile in gallery.shelves.tiles))
    gallery.shelves.tiles[0].setFocus()
    _wait(app, lambda: False, seconds=0.5)
    gallery.grab().save(str(FOLDER / "gallery.png"))
    gallery.reject()
    print(FOLDER / "gallery.png")


def _draw_figures(folder: Path) -> None:
    """Draw the figures by the command line, as a reader of the documentation would."""
    for name, (template, options) in FIGURES.items():
        project, picture = folder / f"{template}.ann", FOLDER / f"{name}.png"
        save(project, templates[template]().build(), None, None)
        command = [sys.executable, "-m", "annstudio", "export", str(project), "-o", str(picture)]
        subprocess.run([*command, *options], check=True)
        print(picture)


def _train(app: QApplication, controller: RunController, epochs: int) -> None:
    _wait(app, lambda: controller.snapshot is not None)
    for epoch in range(1, epochs + 1):
        controller.step_epoch()
        _wait(app, lambda epoch=epoch: controller.snapshot is not None and controller.snapshot.epoch >= epoch)


def _wait(app: QApplication, condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Let the app live until the condition holds."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        app.processEvents()
        time.sleep(0.002)


if __name__ == "__main__":
    sys.exit(main())
