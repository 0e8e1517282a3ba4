"""Edits of groups: putting layers together into a block, repeating it, folding it, taking it apart."""

from collections.abc import Collection
from itertools import count

from msgspec.structs import replace

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.layers import layers
from annstudio.project import folding
from annstudio.project.limits import MAXIMUM_NODES, MAXIMUM_TIMES
from annstudio.project.model import Design, Group, Project
from annstudio.project.names import title
from annstudio.project.tidying import tidy
from annstudio.project.unroll import exit_of, length, origins, unrolled

NO_WAY = QT_TRANSLATE_NOOP(
    "annstudio",
    "{block} cannot be repeated: the values of one layer must enter it, and those of one of its own must leave it.",
)


def group(project: Project, nodes: Collection[str]) -> tuple[Project, str]:
    """Put layers together into a block.

    Returns:
        The new project and the new group's id.

    Raises:
        UserError: there is nothing to put together, a layer has no place in a block, or belongs to one already.
    """
    design = project.design
    chosen = [node for node in design.nodes if node.id in nodes]
    if not chosen or len(chosen) != len(set(nodes)):
        raise UserError(text(QT_TRANSLATE_NOOP("annstudio", "Choose the layers of the block first.")))
    for node in chosen:
        if not (layers[node.kind].takes_input and layers[node.kind].gives_output):
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP("annstudio", "{layer} stands at an end of the network, not in a block."),
                    layer=title(node),
                )
            )
        if design.group_of(node.id) is not None:
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP("annstudio", "{layer} is in a block already: take that one apart first."),
                    layer=title(node),
                )
            )
    fresh = Group(new_id(design), tuple(node.id for node in chosen))
    return replace(project, design=replace(design, groups=(*design.groups, fresh))), fresh.id


def repeat(project: Project, group_id: str, times: int) -> Project:
    """Let the network go through a block so many times in a row.

    Raises:
        UserError: there is no such group, it has several ways in or out, or the network would get too long.
    """
    old = find(project.design, group_id)
    if times > 1 and exit_of(project.design, old) is None:
        raise UserError(text(NO_WAY, block=name_of(old)))
    if not 1 <= times <= MAXIMUM_TIMES:
        raise UserError(
            text(QT_TRANSLATE_NOOP("annstudio", "A block can be repeated 1 to {most} times."), most=MAXIMUM_TIMES)
        )
    design = _with(project.design, old, replace(old, times=times))
    if length(design) > MAXIMUM_NODES:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio", "A network has at most {most} layers, copies included: repeat it less often."
                ),
                most=MAXIMUM_NODES,
            )
        )
    return replace(project, design=design)


def fold(project: Project, group_id: str, folded: bool) -> Project:
    """Show a block as one card, or open it again; the cards behind it close the gap, or make room.

    Raises:
        UserError: there is no such group.
    """
    old = find(project.design, group_id)
    if old.folded is folded:
        return project
    changed = _with(project.design, old, replace(old, folded=folded))
    if folded:
        return folding.close_gap(replace(project, design=changed), old)
    return replace(folding.make_room(project, old), design=changed)


def opened(project: Project, nodes: Collection[str | None]) -> Project:
    """Open the folded block that all of these layers are in, if there is one."""
    inside = (group for group in project.design.groups if group.folded and set(nodes) <= set(group.members))
    block = next(inside, None)
    return fold(project, block.id, False) if block is not None else project


def ungroup(project: Project, group_id: str) -> Project:
    """Take a block apart. The network stays what it is: the copies of a repeated block become layers of their own.

    Raises:
        UserError: there is no such group.
    """
    project = fold(project, group_id, False)
    design = project.design
    old = find(design, group_id)
    spelled = unrolled(replace(design, groups=(old,)))
    kept = replace(spelled, groups=tuple(each for each in design.groups if each != old))
    if len(spelled.nodes) == len(design.nodes):
        return replace(project, design=kept)
    origin = origins(replace(design, groups=(old,)))
    beside = {node.id: project.positions[origin[node.id]] for node in spelled.nodes}
    return replace(project, design=kept, positions=tidy(spelled, beside))


def find(design: Design, group_id: str) -> Group:
    """Return a group of a design.

    Raises:
        UserError: it is not there.
    """
    for each in design.groups:
        if each.id == group_id:
            return each
    raise UserError(text(QT_TRANSLATE_NOOP("annstudio", "There is no block “{id}” in this design."), id=group_id[:40]))


def name_of(group: Group) -> Text:
    """Return the name of a block on the screen: "Block 1" for the group "block-1"."""
    return text(QT_TRANSLATE_NOOP("annstudio", "Block {number}"), number=group.id.removeprefix("block-"))


def _with(design: Design, old: Group, new: Group) -> Design:
    return replace(design, groups=tuple(new if each == old else each for each in design.groups))


def new_id(design: Design) -> str:
    """Return an id for one more group."""
    taken = {each.id for each in design.groups}
    return next(each for number in count(1) if (each := f"block-{number}") not in taken)
