"""How a layer travels from the palette to the canvas."""

from PySide6.QtCore import QMimeData

from annstudio.engine.layers import layers

LAYER_MIME = "application/x-annstudio-layer"


def layer_mime(kind: str) -> QMimeData:
    """Return drag data that carry a layer's key."""
    data = QMimeData()
    data.setData(LAYER_MIME, kind.encode())
    return data


def layer_of(data: QMimeData) -> str | None:
    """Return the layer's key that drag data carry, or None if they carry no layer that exists here."""
    kind = bytes(data.data(LAYER_MIME).data()).decode(errors="replace")
    return kind if kind in layers else None
