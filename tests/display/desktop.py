"""Hands and eyes for a display: they move, drag, type and look as a person does, from outside the app."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import virtual_display

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 30.0
"""Seconds until a wait gives up; a busy machine may need many where a person needs none."""

SAME_IN_A_ROW = 3
"""A window manager still moves a new window into its frame: so often must its place be the same."""

STEP_SECONDS = "0.01"
DRAG_STEPS = 25

Color = tuple[int, int, int]


@dataclass(frozen=True)
class Window:
    """A window on the display: its X id and the place of its content, without the frame, in pixels."""

    id: int
    x: int
    y: int
    width: int
    height: int

    def at(self, x: int, y: int) -> tuple[int, int]:
        """Return a place in the window as one on the display; negative ones count from right and bottom."""
        return self.x + x % self.width, self.y + y % self.height


class Desktop:
    """A display, and what a person does at it.

    Args:
        display: its name, as ":99".
        home: an empty folder for the settings and the output of the apps started here.
    """

    def __init__(self, display: str, home: Path) -> None:
        self._home = home
        self._log = home / "output.txt"
        self._apps: list[subprocess.Popen[bytes]] = []
        self._environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "PYTHONUNBUFFERED": "1",
        }
        self._environment.pop("WAYLAND_DISPLAY", None)
        self._display = display

    # Apps and windows

    def start_app(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        """Start ANN Studio from the checkout; it ends with the test if not before."""
        return self.start([sys.executable, ROOT / "packaging" / "launch.py", *arguments])

    def start(self, command: list[str | Path]) -> subprocess.Popen[bytes]:
        """Start any program on the display; its output goes to `output`."""
        with self._log.open("ab") as log:
            app = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log, cwd=self._home)
        self._apps.append(app)
        return app

    def output(self) -> str:
        """Return what all apps have printed so far."""
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    def wait_window(self, title: str, seconds: float = PATIENCE) -> Window:
        """Return the window whose title matches the regular expression, once it is visible and rests."""
        self.wait_until(
            lambda: bool(virtual_display.visible_windows(self._display, title)),
            f"a window {title!r}",
            seconds,
        )
        found = virtual_display.visible_windows(self._display, title)[-1]
        places: list[Window] = []

        def rests() -> bool:
            places.append(self.window(found))
            return len(places) > SAME_IN_A_ROW and len(set(places[-SAME_IN_A_ROW:])) == 1

        self.wait_until(rests, f"the window {title!r} rests", seconds)
        return places[-1]

    def window(self, window_id: int) -> Window:
        """Return where the window is now; xdotool would count the frame twice."""
        said = self._run("xwininfo", "-id", str(window_id)).decode()
        names = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
        facts = dict(line.strip().split(":", 1) for line in said.splitlines() if ":" in line)
        return Window(window_id, *(int(facts[name]) for name in names))

    def windows(self, title: str) -> list[Window]:
        """Return the visible windows whose titles match the regular expression."""
        return [self.window(found) for found in virtual_display.visible_windows(self._display, title)]

    def activate(self, window: Window) -> None:
        """Bring the window to the front; what is typed from here on goes there."""
        self._xdotool("windowactivate", "--sync", str(window.id))

    def close_window(self, window: Window) -> None:
        """Ask the window to close, as its close button does; it may ask back."""
        self.activate(window)
        self.key("alt+F4")

    def close_all(self) -> None:
        """End the apps that are still running."""
        for app in self._apps:
            if app.poll() is None:
                virtual_display.end(app)

    # Mouse and keyboard

    def move(self, x: int, y: int, steps: int = DRAG_STEPS) -> None:
        """Move the pointer there in small steps."""
        self._xdotool(*self._way(self.pointer(), (x, y), steps))
        self.wait_until(lambda: self.pointer() == (x, y), f"the pointer is at {x}, {y}")

    def click(self, x: int, y: int, button: int = 1, repeat: int = 1) -> None:
        """Move the pointer there and click; `repeat=2` double-clicks."""
        self.move(x, y)
        self._xdotool("click", "--repeat", str(repeat), "--delay", "60", str(button))

    def drag(self, x1: int, y1: int, x2: int, y2: int, steps: int = DRAG_STEPS) -> None:
        """Press at the first place, move in small steps to the second, release."""
        self.move(x1, y1)
        way = self._way((x1, y1), (x2, y2), steps)
        self._xdotool("mousedown", "1", *way, "mouseup", "1")

    def scroll(self, x: int, y: int, notches: int) -> None:
        """Turn the wheel over a place: up for positive, down for negative."""
        self.move(x, y)
        self._xdotool("click", "--repeat", str(abs(notches)), "4" if notches > 0 else "5")

    def key(self, *keys: str) -> None:
        """Press keys one after the other, by X names and with modifiers: "ctrl+z", "Return"."""
        self._xdotool("key", "--delay", "30", *keys)

    def type(self, characters: str) -> None:
        """Type the characters."""
        self._xdotool("type", "--delay", "20", characters)

    def pointer(self) -> tuple[int, int]:
        """Return where the pointer is."""
        lines = self._xdotool("getmouselocation", "--shell").splitlines()
        facts = dict(line.split("=", 1) for line in lines)
        return int(facts["X"]), int(facts["Y"])

    # Eyes

    def screenshot(self, path: Path) -> Path:
        """Write a picture of the whole display and return its path."""
        self._run("import", "-window", "root", str(path))
        return path

    def pixel(self, x: int, y: int) -> Color:
        """Return the color of a pixel: red, green, blue, each 0 to 255."""
        return self.pixels(x, y, 1, 1)[0]

    def pixels(self, x: int, y: int, width: int, height: int) -> list[Color]:
        """Return the colors of a rectangle, row by row."""
        part = ["-crop", f"{width}x{height}+{x}+{y}", "-depth", "8", "rgb:-"]
        values = self._run("import", "-silent", "-window", "root", *part)
        return [(values[i], values[i + 1], values[i + 2]) for i in range(0, len(values), 3)]

    def wait_until(self, condition: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        """Look again and again until the condition holds.

        Raises:
            TimeoutError: it did not hold in time; tells what the apps printed.
        """
        try:
            virtual_display.wait_until(condition, seconds, what)
        except TimeoutError as error:
            raise TimeoutError(f"{error}\n{self.output()[-4000:]}") from None

    @staticmethod
    def _way(start: tuple[int, int], end: tuple[int, int], steps: int) -> list[str]:
        """Return one chain of commands, so that the pace does not hang on how fast programs start."""
        way: list[str] = []
        for step in range(1, steps + 1):
            x, y = (round(a + (b - a) * step / steps) for a, b in zip(start, end, strict=True))
            way += ["mousemove", str(x), str(y), "sleep", STEP_SECONDS]
        return way

    def _xdotool(self, *arguments: str) -> str:
        return self._run("xdotool", *arguments).decode()

    def _run(self, *command: str) -> bytes:
        result = subprocess.run(command, env=self._environment, capture_output=True, check=False)
        assert result.returncode == 0, f"{command}: {result.stderr.decode()}\n{self.output()[-4000:]}"
        return result.stdout
