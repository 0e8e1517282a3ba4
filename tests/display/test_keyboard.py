"""The real window without a mouse: everything by keys, as they come from a keyboard."""

from pathlib import Path

from annstudio.project import file
from annstudio.project.model import Wire
from tests.display.desktop import Desktop
from tests.display.test_window import costs, open_window, progress_of

EPOCHS = 40


def command(desktop: Desktop, words: str) -> None:
    """Find a command by a few words, and carry it out."""
    desktop.key("ctrl+k")
    desktop.type(words)
    desktop.key("Return")


def save_as(desktop: Desktop, path: Path) -> None:
    """Save for the first time, under this name."""
    desktop.key("ctrl+s")
    desktop.activate(desktop.wait_window("^Save the project$"))
    desktop.type(str(path))

    def saved() -> bool:
        """Press Enter as long as the dialog is there: its list of suggestions may take the first one."""
        if desktop.windows("^Save the project$"):
            desktop.key("Return")
        return path.exists()

    desktop.wait_until(saved, "the file is there")


def test_xor_is_built_trained_and_saved_without_a_mouse(desktop: Desktop, tmp_path: Path) -> None:
    path = tmp_path / "xor.ann"
    open_window(desktop)

    # Not by the menu: X may hand the keys that come right after it to the menu that has just closed.
    desktop.key("ctrl+n")
    desktop.wait_window("^Untitled")
    command(desktop, "data set xor table")
    desktop.key("d", "Return")
    desktop.type("4")
    desktop.key("Return")
    command(desktop, "learning rate")
    desktop.type("0.1")
    desktop.key("Return")
    desktop.key("F5")
    save_as(desktop, path)

    def trained() -> bool:
        desktop.key("ctrl+s")
        return progress_of(path) > EPOCHS

    desktop.wait_until(trained, "the saved network has been trained")
    project = file.load(path).project
    assert project.data["source"] == "gate_xor"
    assert set(project.design.wires) == {Wire("input", "dense-1"), Wire("dense-1", "output")}
    assert project.design.node("dense-1")["units"] == 4
    assert project.training["optimizer.learning_rate"] == 0.1
    first, last = costs(path)
    assert last < 0.5 * first


def test_a_wire_is_drawn_and_deleted_without_a_mouse(desktop: Desktop, tmp_path: Path) -> None:
    path = tmp_path / "wires.ann"
    open_window(desktop)

    desktop.key("d", "s", "Left", "Left", "w", "Return")
    save_as(desktop, path)
    assert Wire("dense-1", "add-1") in file.load(path).project.design.wires

    desktop.key("alt+Right", "alt+Right", "Delete", "ctrl+s")
    desktop.wait_until(lambda: Wire("dense-1", "add-1") not in file.load(path).project.design.wires, "the wire is gone")
    desktop.key("ctrl+z", "ctrl+s")
    desktop.wait_until(lambda: Wire("dense-1", "add-1") in file.load(path).project.design.wires, "the wire is back")
