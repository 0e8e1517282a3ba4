"""The index of the wiring, also for graphs that no network may have."""

from hypothesis import given
from hypothesis import strategies as st

from annstudio.project import layout
from annstudio.project.build import chain
from annstudio.project.graph import Graph
from annstudio.project.model import Design, Wire
from annstudio.project.tidying import in_one_row

SIZE = 6
IDS = ["input", *(f"dense-{number}" for number in range(1, SIZE + 1)), "output"]
PAIRS = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), unique=True, max_size=20)


def design(pairs):
    nodes = chain("Test", "exam", [(2, "tanh")] * SIZE).design.nodes
    return Design(nodes, tuple(Wire(*pair) for pair in pairs))


@given(PAIRS)
def test_upstream_and_used_are_downstream_seen_from_the_other_end(pairs):
    graph = Graph(design(pairs))
    for node_id in IDS:
        assert graph.upstream(node_id) == {other for other in IDS if node_id in graph.downstream(other)}
    assert graph.used == graph.upstream("output")


def reaches(pairs, start):
    """Return what can be reached, by repeating until nothing changes."""
    reached = {start}
    while True:
        more = reached | {target for source, target in pairs if source in reached}
        if more == reached:
            return reached
        reached = more


@given(PAIRS)
def test_downstream_is_what_can_be_reached(pairs):
    graph = Graph(design(pairs))
    for node_id in IDS:
        assert graph.downstream(node_id) == reaches(pairs, node_id)


@given(PAIRS)
def test_a_loop_is_found_exactly_if_there_is_one(pairs):
    loop = Graph(design(pairs)).loop()
    inside = {source for source, target in pairs if source in reaches(pairs, target)}
    assert bool(loop) == bool(inside)
    assert set(loop) <= inside
    for before, after in zip(loop, loop[1:] + loop[:1], strict=True):
        assert (before, after) in pairs
    assert list(loop[:1]) == [node_id for node_id in IDS if node_id in loop][:1]


@given(PAIRS)
def test_order_puts_sources_first_and_leaves_out_what_waits_for_a_loop(pairs):
    order = Graph(design(pairs)).ordered
    place = {node_id: index for index, node_id in enumerate(order)}
    for source, target in pairs:
        assert target not in place or place[source] < place[target]
    stuck = {source for source, target in pairs if source in reaches(pairs, target)}
    waiting = set().union(*(reaches(pairs, node_id) for node_id in stuck))
    assert set(order) == set(IDS) - waiting


@given(PAIRS)
def test_tidy_covers_no_card_and_goes_from_left_to_right(pairs):
    wired = design(pairs)
    tidied = in_one_row(wired, layout.row(IDS))
    assert len(set(tidied.values())) == len(IDS)
    if not Graph(wired).loop():
        for source, target in pairs:
            assert source == "output" or tidied[source][0] < tidied[target][0]
