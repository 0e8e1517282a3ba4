"""Project files, good ones and ones that a stranger could have made."""

import io
import json
import struct
import zipfile

import numpy as np

from annstudio.project.build import chain
from annstudio.project.file import Progress, save
from annstudio.project.shapes import flow

PROJECT, WEIGHTS = "project.json", "weights.safetensors"
EXAM = chain("Test", "exam", [(4, "tanh"), (3, "relu")])


def weights_of(project, dtype=np.float32):
    """Return random weights that fit the design."""
    rng = np.random.default_rng(7)
    return {
        node_id: {name: rng.normal(size=shape).astype(dtype) for name, shape in each.tensors.items()}
        for node_id, each in flow(project).items()
        if each.tensors
    }


def saved(path, project=EXAM, trained=True):
    """Save a project with weights and return the path."""
    save(path, project, weights_of(project) if trained else None, Progress(3, 72) if trained else None)
    return path


def entries_of(path):
    """Return the bytes of each entry."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(entries, compression=zipfile.ZIP_DEFLATED):
    """Return a zip of (name, bytes) pairs, which may repeat a name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    return stream.getvalue()


def block_of(header, data=b""):
    """Return a block of safetensors with this header, decoded or as bytes."""
    packed = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(packed)) + packed + data
