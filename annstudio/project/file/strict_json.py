"""JSON from strangers: no key twice, nothing but finite numbers, no other field or type than declared."""

import json
from typing import TypeVar

import msgspec

from annstudio.project.file import problems

T = TypeVar("T")


def check_unique(data: bytes, part: str) -> object:
    """Return the decoded value if no object in it has a key twice; which of the two counts, nobody knows.

    Raises:
        UserError: a key is there twice, or this is no JSON.
    """

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(pairs)
        if len(made) != len(pairs):
            raise problems.damaged(part)
        return made

    try:
        decoded: object = json.loads(data, object_pairs_hook=unique)
    except (ValueError, RecursionError):
        raise problems.damaged(part) from None
    return decoded


def decode(data: bytes, kind: type[T], part: str) -> T:
    """Return the value in the declared type.

    Args:
        data: the bytes.
        kind: any type msgspec knows.
        part: name of the file's part, for messages.

    Raises:
        UserError: it is not as declared; the message names the place.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        raise problems.unexpected(part, str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise problems.damaged(part) from None
