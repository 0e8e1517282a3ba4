"""How layers and activations travel from the palette to the canvas."""

from PySide6.QtCore import QMimeData

from annstudio.engine.activations import activations
from annstudio.engine.layers import layers

LAYER_MIME = "application/x-annstudio-layer"
ACTIVATION_MIME = "application/x-annstudio-activation"


def layer_mime(kind: str) -> QMimeData:
    """Return drag data that carry a layer's key."""
    data = QMimeData()
    data.setData(LAYER_MIME, kind.encode())
    return data


def layer_of(data: QMimeData) -> str | None:
    """Return the layer's key that drag data carry, or None if they carry no layer that exists here."""
    kind = bytes(data.data(LAYER_MIME).data()).decode(errors="replace")
    return kind if kind in layers else None


def activation_mime(key: str) -> QMimeData:
    """Return drag data that carry an activation's key."""
    data = QMimeData()
    data.setData(ACTIVATION_MIME, key.encode())
    return data


def activation_of(data: QMimeData) -> str | None:
    """Return the activation's key that drag data carry, or None if they carry none that exists here."""
    key = bytes(data.data(ACTIVATION_MIME).data()).decode(errors="replace")
    return key if key in activations else None
