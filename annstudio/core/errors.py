"""The one error a person is meant to read."""

from annstudio.core.texts import Text


class UserError(Exception):
    """Something that the user can mend: what is wrong, where, and what to do, in one sentence.

    Everything that a file, a command line or a widget can bring in is refused with this error, so the places that
    show it need to know no other.
    """

    def __init__(self, message: Text) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)
