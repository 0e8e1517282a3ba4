"""weights.safetensors: written by its library, read by hand.

The library reads whole files: it would make room for whatever the header claims, twice. Here the header is compared
with the design first, and each tensor is then inflated straight into its array.
Source: the format's description, https://github.com/huggingface/safetensors (8 bytes header length, JSON, data).
"""

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import IO, Any, Literal, TypeAlias

import msgspec
import numpy as np
import safetensors.numpy
from numpy.typing import NDArray

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.file import problems, strict_json
from annstudio.project.file.archive import WEIGHTS
from annstudio.project.model import Project
from annstudio.project.shapes import flow
from annstudio.project.unroll import unrolled_graph

Array: TypeAlias = NDArray[np.floating[Any]]
Weights: TypeAlias = Mapping[str, Mapping[str, Array]]
Shape: TypeAlias = tuple[int, ...]

_TYPES: Mapping[str, np.dtype[np.floating[Any]]] = {"F32": np.dtype("<f4"), "F64": np.dtype("<f8")}
_LARGEST_HEADER = 1 << 19
"""Bytes; four tensors for each of 500 layers need half of it."""
_CHUNK = 1 << 20


class _Tensor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    dtype: Literal["F32", "F64"]
    shape: tuple[int, ...]
    data_offsets: tuple[int, int]


def fitting(project: Project, weights: Weights) -> dict[str, dict[str, Array]]:
    """Return the weights of those layers that they fit, if they are finite in the project's precision."""
    shapes = _shapes(project)
    return {
        node_id: dict(tensors)
        for node_id, tensors in weights.items()
        if {name: tensor.shape for name, tensor in tensors.items()} == shapes.get(node_id)
        and all(_finite(tensor, project) for tensor in tensors.values())
    }


def complete(project: Project, weights: Weights) -> bool:
    """Return whether every layer that is used has its weights, so that they can be said to be trained together."""
    flows = flow(project)
    return bool(weights) and all(
        flows[node_id].inputs and flows[node_id].output and (not flows[node_id].tensors or node_id in weights)
        for node_id in unrolled_graph(project).used
    )


def encode(weights: Weights) -> bytes:
    """Return the tensors, each named "node.part" as in "dense-1.kernel", as one block of safetensors."""
    named = {
        f"{node_id}.{name}": np.ascontiguousarray(tensor)
        for node_id, tensors in weights.items()
        for name, tensor in tensors.items()
    }
    return safetensors.numpy.save(named)


def decode(stream: IO[bytes], size: int, project: Project) -> dict[str, dict[str, Array]]:
    """Return the tensors by node id.

    Args:
        stream: the entry, unread.
        size: its bytes in all.
        project: the design that they must fit.

    Raises:
        UserError: a tensor fits no layer, is not finite in the project's precision, or the block is damaged.
    """
    length = int.from_bytes(stream.read(8), "little")
    if not 0 < length <= min(size - 8, _LARGEST_HEADER):
        raise problems.damaged(WEIGHTS)
    header = stream.read(length)
    strict_json.check_unique(header, WEIGHTS)
    listed = strict_json.decode(header, dict[str, _Tensor], WEIGHTS)
    _check_layout(listed, size - 8 - length)
    places = _places(listed, _shapes(project))
    weights: dict[str, dict[str, Array]] = {}
    for name in sorted(listed, key=lambda name: listed[name].data_offsets):
        node_id, part = places[name]
        tensor = _read(stream, listed[name])
        if not _finite(tensor, project):
            raise _not_finite(name)
        weights.setdefault(node_id, {})[part] = tensor
    return weights


def _shapes(project: Project) -> dict[str, dict[str, Shape]]:
    """Return the tensors that the design has room for, by node id."""
    return {node_id: dict(each.tensors) for node_id, each in flow(project).items() if each.tensors}


def _check_layout(listed: Mapping[str, _Tensor], size: int) -> None:
    """Check that the tensors lie one behind the other and fill the block."""
    spans = sorted(tensor.data_offsets for tensor in listed.values())
    joined = all(one[1] == other[0] for one, other in pairwise(spans))
    exact = all(
        tensor.data_offsets[1] - tensor.data_offsets[0] == math.prod(tensor.shape) * _TYPES[tensor.dtype].itemsize
        for tensor in listed.values()
    )
    if not (spans and joined and exact and spans[0][0] == 0 and spans[-1][1] == size):
        raise problems.damaged(WEIGHTS)


def _places(listed: Mapping[str, _Tensor], shapes: Mapping[str, Mapping[str, Shape]]) -> dict[str, tuple[str, str]]:
    """Return node id and part of every listed tensor.

    Raises:
        UserError: one fits no layer, or a layer has only some of its own.
    """
    room = {f"{node_id}.{part}": shape for node_id, parts in shapes.items() for part, shape in parts.items()}
    places = {}
    for name, tensor in listed.items():
        if room.get(name) != tensor.shape:
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio",
                        "its weights “{name}” fit no layer of its design; use another copy of the file.",
                    ),
                    name=name[:40],
                )
            )
        node_id, _, part = name.rpartition(".")
        places[name] = node_id, part
    if any(f"{node_id}.{part}" not in listed for node_id, _ in places.values() for part in shapes[node_id]):
        raise problems.damaged(WEIGHTS)
    return places


def _read(stream: IO[bytes], tensor: _Tensor) -> Array:
    array: Array = np.empty(tensor.shape, _TYPES[tensor.dtype])
    buffer = array.data.cast("B")
    filled = 0
    while filled < len(buffer):
        chunk = stream.read(min(_CHUNK, len(buffer) - filled))
        if not chunk:
            raise problems.damaged(WEIGHTS)
        buffer[filled : filled + len(chunk)] = chunk
        filled += len(chunk)
    return array


def _finite(tensor: Array, project: Project) -> bool:
    """Return whether the numbers stay finite in the precision that the project computes with."""
    with np.errstate(over="ignore"):
        return bool(np.isfinite(tensor.astype(str(project.training["precision"]), copy=False)).all())


def _not_finite(name: str) -> UserError:
    return UserError(
        text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "its weights “{name}” are not all finite in the project's precision; use another copy of the file.",
            ),
            name=name,
        )
    )
