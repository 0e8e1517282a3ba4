import pytest
from PySide6.QtCore import QMimeData

from annstudio.engine.layers import layers
from annstudio.ui.canvas.mime import LAYER_MIME, layer_mime, layer_of


@pytest.mark.parametrize("kind", list(layers))
def test_a_layer_survives_the_journey(kind):
    assert layer_mime(kind).hasFormat(LAYER_MIME)
    assert layer_of(layer_mime(kind)) == kind


@pytest.mark.parametrize("payload", [b"", b"no such layer", b"\xff\xfe"])
def test_anything_else_is_no_layer(payload):
    data = QMimeData()
    data.setText("dense")
    assert layer_of(data) is None
    data.setData(LAYER_MIME, payload)
    assert layer_of(data) is None
