"""The engines that are compared: one file each, which says what it needs and how it can be run."""

from tests.benchmarks._peers import keras_jax, naive, scikit_learn, studio, torch_best, torch_eager
from tests.benchmarks._peers.base import Peer

STUDIO: Peer = studio
PEERS: dict[str, Peer] = {
    "naive": naive,
    "scikit_learn": scikit_learn,
    "torch_eager": torch_eager,
    "torch_best": torch_best,
    "keras_jax": keras_jax,
}
"""By the keys that the goals of the workloads name; in the table's order."""
