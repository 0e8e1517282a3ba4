"""The error that people read."""

from annstudio.core.errors import UserError
from annstudio.core.texts import Text, text


def test_it_reads_as_its_sentence_and_keeps_the_text_for_translation() -> None:
    message = text("There is no {noun}.", noun=Text("layer"))
    error = UserError(message)
    assert str(error) == "There is no layer."
    assert error.message.render({"There is no {noun}.": "{noun} fehlt.", "layer": "Schicht"}.__getitem__) == (
        "Schicht fehlt."
    )
