"""The benchmarks still import, and make their tables of figures as they measure them."""

from types import ModuleType
from typing import Any

import numpy as np
import pytest

from annstudio.data.sources import sources
from tests.benchmarks import accuracy, batch_norm_paper, canvas, neurons, pause, peers, scaling, startup
from tests.benchmarks._peers import PEERS
from tests.benchmarks.workloads import WORKLOADS

NAMES = ("studio", *PEERS)
CANNED: dict[ModuleType, tuple[dict[str, Any], list[str]]] = {
    accuracy: (
        {"digits": [0.961, 0.962, 0.963, 0.964, 0.965], "digits_mean": 0.9634, "spiral": 0.9875},
        ["seed 0", "seed 4", "0.961", "0.965", "0.963", "0.988"],
    ),
    neurons: (
        {"seconds": {name: {"weights": 0.00123, "painting": 0.00345} for name in neurons.NETWORKS}},
        ["2-16-16-16-1", "1.23", "3.45", "8"],
    ),
    startup: (
        {"seconds": [0.55, 0.42, 0.47], "median": 0.47},
        ["first paint", "0.42", "0.47", "0.55"],
    ),
    pause: (
        {
            "worst": {
                "exam": {"session": 0.011, "window": 0.022, "figures": 0.033},
                "20 million, all in one batch": {"session": 0.044, "window": 0.055, "figures": 6.66},
            }
        },
        ["mailbox says so", "run bar shows it", "20 million, all in one batch", "0.011", "0.055", "6.66"],
    ),
    canvas: (
        {"opening": [0.71, 0.62, 0.66], "seconds": {"move, whole network": [0.011, 0.012, 0.033]}},
        ["move, whole network", "12", "33", "opening a file", "660", "710"],
    ),
    peers: (
        {
            "workloads": {
                "A": {
                    "about": "2-4-2-1",
                    "steps_per_second": dict.fromkeys(NAMES, 1234.0),
                    "way": {**dict.fromkeys(NAMES, ""), "naive": "float64, 2 threads"},
                    "ratio": dict.fromkeys(PEERS, 7.891),
                    "goals": {"naive": 5},
                }
            }
        },
        ["A  2-4-2-1", "1,234", "7.89 ×", "5 ×", "float64, 2 threads", *(peer.LABEL for peer in PEERS.values())],
    ),
    scaling: (
        {
            "samples": {"sizes": [1000, 2000], "seconds": [0.003, 0.006], "exponent": 1.0},
            "parameters": {"sizes": [10_000, 20_000], "seconds": [0.1, 0.25], "exponent": 1.32},
            "growth_kb": 0.25,
            "points": 62_501,
        },
        ["2,000", "ns per sample  3,000", "to the power 1.32", "+0.2 KB", "62,501"],
    ),
    batch_norm_paper: (
        {
            "rates": {
                "0.1": {"plain": [0.1, 0.925], "normalized": [0.9, 0.98], "plain_there": 20, "normalized_there": 10},
                "0.5": {"plain": [0.1, 0.958], "normalized": [0.9, 0.95], "plain_there": 20, "normalized_there": None},
            }
        },
        ["0.925", "2 ×", "never"],
    ),
}


@pytest.mark.parametrize("benchmark", CANNED, ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_table_shows_the_figures(benchmark: ModuleType) -> None:
    figures, expected = CANNED[benchmark]
    table = benchmark.table(figures)
    assert [words for words in expected if words not in table] == []


def test_workloads_name_their_peers_and_can_be_projects(monkeypatch: pytest.MonkeyPatch) -> None:
    # The large ones bring a data set along, which must not stay among the app's.
    monkeypatch.setattr(sources, "_found", {**sources._found})
    for workload in WORKLOADS.values():
        assert set(workload.goals) <= set(PEERS)
        nodes = workload.project().design.nodes
        assert [node.settings["units"] for node in nodes[1:-1]] == list(workload.sizes[1:-1])


def test_what_is_missing_ends_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(peers.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit) as ended:
        peers.measure(["A"], 1)
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "keras" in said
    assert "pip install -e .[bench]" in said


def test_a_curve_is_there_at_its_first_such_step() -> None:
    assert batch_norm_paper._first(np.array([0.1, 0.9, 0.8, 0.95]), 0.9) == 2 * batch_norm_paper.EVERY
    assert batch_norm_paper._first(np.array([0.1, 0.8]), 0.9) is None


def test_a_fitted_exponent_is_that_of_the_power() -> None:
    assert scaling._fitted([1, 2, 4], [3.0, 12.0, 48.0])["exponent"] == pytest.approx(2)
