import pytest

from annstudio.engine.layers import layers
from annstudio.project.settings import TRAINING
from annstudio.ui.edit_names import change_name


@pytest.mark.usefixtures("qapp")
def test_a_change_is_named_after_the_setting_and_its_layer(document):
    assert change_name(document.project, "dense-1", layers["dense"].info.param("units")) == "Change Units of Dense 1"
    assert change_name(document.project, "training", TRAINING[1]) == "Change Optimizer"
