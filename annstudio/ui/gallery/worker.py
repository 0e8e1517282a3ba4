"""Makes what the pictures are painted from, beside the window's thread: data sets may have to be read."""

from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import Event, Thread

from PySide6.QtCore import QObject, QTimer, Signal

from annstudio.ui.gallery.picture import Preview, preview

_LOOK = 10
"""Milliseconds between two looks at what has been made; one is handed out at each, so the window stays smooth."""


class PreviewWorker(QObject):
    """Makes previews one after the other.

    Args:
        keys: of the templates, in the order in which they are wanted.
        parent: what it lives with.
    """

    ready = Signal(str, object)
    """(key, preview: Preview)"""

    def __init__(self, keys: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._keys = tuple(keys)
        self._made: SimpleQueue[tuple[str, Preview | Exception]] = SimpleQueue()
        self._left = len(self._keys)
        self._enough = Event()
        self._thread = Thread(target=self._work, name="gallery")
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._on_look)

    def start(self) -> None:
        """Begin."""
        self._thread.start()
        self._timer.start()

    def close(self) -> None:
        """Stop, at the latest after the preview at hand."""
        self._enough.set()
        self._timer.stop()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        for key in self._keys:
            if self._enough.is_set():
                return
            self._made.put((key, _made(key)))

    def _on_look(self) -> None:
        try:
            key, made = self._made.get_nowait()
        except Empty:
            return
        self._left -= 1
        if not self._left:
            self._timer.stop()
        if isinstance(made, Exception):
            raise made
        self.ready.emit(key, made)


def _made(key: str) -> Preview | Exception:
    try:
        return preview(key)
    except Exception as error:  # noqa: BLE001 (whatever it is, the window's thread raises it)
        return error
