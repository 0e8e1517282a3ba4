"""Random projects and random edits, for properties that hold for all of them."""

from hypothesis import strategies as st
from msgspec.structs import replace

from annstudio.core.errors import UserError
from annstudio.core.params import Choice, Expression, Flag, Integer, Numbers, Real
from annstudio.engine.activations import activations
from annstudio.engine.layers import layers
from annstudio.project import edits, fragment, groups
from annstudio.project.arranging import Axis, Line, align, distribute
from annstudio.project.build import chain
from annstudio.project.following import FOLLOWING
from annstudio.project.model import Design, Node, Wire
from annstudio.project.settings import DATA, REGISTRIES, TRAINING, declared, settings

KINDS = st.sampled_from(list(layers))
POINTS = st.tuples(*[st.integers(-50, 200).map(lambda steps: steps * 10.0)] * 2)
HIDDEN = st.lists(st.tuples(st.integers(1, 20), st.sampled_from(list(activations))), max_size=4)
SOURCES = st.sampled_from(list(REGISTRIES["sources"]))


def owners(project):
    """Return the owners of settings and what they declare, given their values."""
    found = {"data": (DATA, project.data), "training": (TRAINING, project.training)}
    for node in project.design.nodes:
        found[node.id] = (layers[node.kind].info.params, node.settings)
    return {owner: declared(params, held.values) for owner, (params, held) in found.items() if params}


def values_of(param):
    """Return a strategy of values, mostly allowed ones."""
    if isinstance(param, Choice):
        keys = list(REGISTRIES[param.registry]) if param.registry else [key for key, _ in param.options]
        return st.sampled_from([*keys, "nonsense"])
    if isinstance(param, Flag):
        return st.booleans()
    if isinstance(param, Numbers):
        return st.sampled_from(["", "1, 2", "0.5,1,3", "1, -1", "1;2", "x", None])
    if isinstance(param, Expression):
        return st.sampled_from([param.default, "x^2", "sin(x)/2", "x +", "open(x)", 3])
    low, high = max(param.minimum, -1e6), min(param.maximum, 1e6)
    assert isinstance(param, Integer | Real)
    numbers = st.floats(low, high) if isinstance(param, Real) else st.integers(int(low), int(high))
    return st.one_of(numbers, numbers, st.sampled_from([float("nan"), -1, 0, 1e12, "x", None]))


def subsets(items):
    """Return a strategy of subsets, which may be empty or everything."""
    return st.lists(st.sampled_from(items), unique=True) if items else st.just([])


def _add(draw, project):
    return edits.add_node(project, draw(KINDS), draw(POINTS))[0]


def _append(draw, project):
    ids = [node.id for node in project.design.nodes]
    return edits.append_node(project, draw(KINDS), draw(st.sampled_from([None, *ids])))[0]


def _insert(draw, project):
    wires = project.design.wires
    return edits.insert_node(project, draw(KINDS), draw(st.sampled_from(wires)))[0] if wires else project


def _remove(draw, project):
    ids = [node.id for node in project.design.nodes]
    return edits.remove(project, draw(subsets(ids)), draw(subsets(list(project.design.wires))))


def _connect(draw, project):
    ids = st.sampled_from([*(node.id for node in project.design.nodes), "nobody"])
    return edits.connect(project, draw(ids), draw(ids))


def _merge(draw, project):
    joining = [node.id for node in project.design.nodes if layers[node.kind].takes_many]
    giving = [node.id for node in project.design.nodes if layers[node.kind].gives_output]
    if not joining or not giving:
        return project
    return edits.connect(project, draw(st.sampled_from(giving)), draw(st.sampled_from(joining)))


def _set_value(draw, project):
    declared_by = owners(project)
    owner = draw(st.sampled_from(list(declared_by)))
    key, param = draw(st.sampled_from(list(declared_by[owner].items())))
    return edits.set_value(project, owner, key, draw(values_of(param)))


def _choose_source(draw, project):
    return edits.set_value(project, "data", "source", draw(SOURCES))


def _unpin(draw, project):
    owned = [("training", "loss"), *((node.id, "units") for node in project.design.of_kind("output"))]
    assert set(FOLLOWING) == {"training", "output"}
    return edits.unpin(project, *draw(st.sampled_from(owned)))


def _move(draw, project):
    ids = [node.id for node in project.design.nodes]
    return edits.move(project, {node_id: draw(POINTS) for node_id in draw(subsets(ids))})


def _reroute(draw, project):
    ids = st.sampled_from([node.id for node in project.design.nodes] or ["nobody"])
    wires = project.design.wires
    return edits.reroute(project, draw(st.sampled_from(wires)), draw(ids), draw(ids)) if wires else project


def _paste(draw, project):
    chosen = draw(subsets([node.id for node in project.design.nodes]))
    return fragment.pasted(project, fragment.copied(project, chosen), draw(st.none() | POINTS))[0]


def _align(draw, project):
    chosen = draw(subsets([*project.positions, "nobody"]))
    return align(project, chosen, draw(st.sampled_from(Line)))


def _distribute(draw, project):
    chosen = draw(subsets([*project.positions, "nobody"]))
    return distribute(project, chosen, draw(st.sampled_from(Axis)))


def _relayout(draw, project):
    return edits.relayout(project)


def _group(draw, project):
    chosen = draw(subsets([node.id for node in project.design.nodes]))
    grouped, block = groups.group(project, chosen)
    return groups.repeat(grouped, block, draw(st.integers(1, 3)))


def _fold(draw, project):
    if not project.design.groups:
        return project
    block = draw(st.sampled_from(project.design.groups))
    return groups.fold(project, block.id, not block.folded)


def _ungroup(draw, project):
    ids = [group.id for group in project.design.groups]
    return groups.ungroup(project, draw(st.sampled_from(ids))) if ids else project


EDITS = (
    _add,
    _append,
    _insert,
    _remove,
    _connect,
    _merge,
    _reroute,
    _paste,
    _set_value,
    _choose_source,
    _unpin,
    _move,
    _align,
    _distribute,
    _relayout,
    _group,
    _fold,
    _ungroup,
)


def edited(draw, project):
    """Return the project after one random edit; where it is refused, the project itself."""
    edit = draw(st.sampled_from(EDITS))
    try:
        return edit(draw, project)
    except UserError as error:
        sentence = str(error)
    assert sentence.endswith(".")
    return project


@st.composite
def projects(draw, most_edits=8):
    """Draw a project as a student could have made it."""
    project = chain(draw(st.text(max_size=20)), draw(SOURCES), draw(HIDDEN))
    for _ in range(draw(st.integers(0, most_edits))):
        project = edited(draw, project)
    return project


def joined(count):
    """Return layers that each join the two before them, so that their values grow as Fibonacci's numbers."""
    project = chain("Test", "exam", [])
    node = Node("", "concatenate", settings(layers["concatenate"].info.params, {}))
    ids = ["input", *(f"concatenate-{number}" for number in range(1, count))]
    nodes = tuple(replace(node, id=node_id) for node_id in ids[1:])
    wires = [Wire("input", ids[1]), *(Wire(ids[at - back], ids[at]) for at in range(2, count) for back in (2, 1))]
    design = Design((*project.design.nodes, *nodes), (*wires, Wire(ids[-1], "output")))
    return replace(project, design=design, positions=dict.fromkeys([*ids, "output"], (0.0, 0.0)))
