"""What holds for every figure: its texts can be read, nothing is cut off, and it can be written."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annstudio.core.errors import UserError
from annstudio.project import edits, groups
from annstudio.project.build import chain, put_before
from annstudio.project.figures import draw, styles
from annstudio.project.figures.drawing import Drawing, Label, Lines, Path, Point, Rect
from annstudio.project.figures.inks import THEMES, WIRE
from annstudio.project.figures.svg import written
from annstudio.project.model import Project
from annstudio.project.names import title
from annstudio.project.templates import templates
from tests.project.strategies import joined, projects

SVG = "{http://www.w3.org/2000/svg}"
STYLES = list(styles)


def labels(drawing: Drawing) -> list[Label]:
    return [shape for shape in drawing.shapes if isinstance(shape, Label)]


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    """Return the texts that lie on each other."""
    found = labels(drawing)
    return [(one.text, other.text) for one, other in combinations(found, 2) if meet(one.box, other.box)]


def meet(one, other) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def outside(drawing: Drawing) -> list[object]:
    """Return the shapes that are not wholly on the page."""
    page = drawing.page
    return [
        shape
        for shape in drawing.shapes
        if shape.box.x < page.x
        or shape.box.y < page.y
        or shape.box.right > page.right
        or shape.box.bottom > page.bottom
    ]


def texts_in(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg.encode()).iter(f"{SVG}text")]


def check(project: Project, style: str) -> Drawing:
    drawing = draw(project, style, legend=True)
    assert not overlapping(drawing)
    assert not outside(drawing)
    said = texts_in(written(drawing, THEMES["light"]))
    assert sorted(said) == sorted(label.text for label in labels(drawing))
    assert {str(title(node)) for node in project.design.nodes} <= set(said)
    return drawing


def branched() -> Project:
    """Return two branches of different lengths that come together again."""
    project = chain("Branched", "iris", [(8, "relu"), (5, "tanh"), (4, "relu")])
    project = put_before(project, "output", ("concatenate", {}))
    project, side = edits.add_node(project, "dense", (300.0, 400.0))
    project = edits.connect(project, "input", side)
    return edits.connect(project, side, "concatenate-1")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("key", list(templates))
def test_templates(key: str, style: str) -> None:
    check(templates[key]().build(), style)


@pytest.mark.parametrize("style", STYLES)
def test_two_hundred_layers_go_on_below(style: str) -> None:
    drawing = check(chain("Deep", "exam", [(3, "relu")] * 198), style)
    assert 0.3 < drawing.page.width / drawing.page.height < 3


@pytest.mark.parametrize("style", STYLES)
def test_branches(style: str) -> None:
    check(branched(), style)


@pytest.mark.parametrize("style", STYLES)
def test_many_ways_around(style: str) -> None:
    check(joined(14), style)


@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=25)
@given(project=projects(), theme=st.sampled_from(list(THEMES)))
def test_whatever_a_student_makes(style: str, project: Project, theme: str) -> None:
    drawing = draw(project, style, legend=True)
    assert not overlapping(drawing)
    assert not outside(drawing)
    assert not crossed(drawing)
    ET.fromstring(written(drawing, THEMES[theme]).encode())


def test_an_unknown_style_is_refused_in_a_sentence() -> None:
    with pytest.raises(UserError, match=r"There is no figure style “cubes”\. Choose one of: cards, neurons, blocks\."):
        draw(branched(), "cubes")


def test_the_legend_names_what_is_there_and_nothing_else() -> None:
    plain, told = draw(branched(), "cards"), draw(branched(), "cards", legend=True)
    added = [label.text for label in labels(told)][len(labels(plain)) :]
    assert added[:-1] == ["input", "layer with weights", "layer without weights", "output"]
    assert added[-1].endswith(" parameters")


def lenet() -> Project:
    """Return a network of convolutions whose pictures shrink to single values."""
    project = chain("LeNet", "digits", [(24, "relu")])
    return put_before(
        project,
        "dense-1",
        ("reshape", {"channels": 1, "height": 8, "width": 8}),
        ("conv2d", {"filters": 128, "kernel_size": 5}),
        ("average_pool2d", {}),
        ("conv2d", {"filters": 256}),
        ("max_pool2d", {"size": 4}),
        ("flatten", {}),
    )


def points_of(path: Path) -> Iterator[Point]:
    """Yield points along a path, a few per pixel where it bends."""
    start = path.start
    for step in path.steps:
        corners = [start, *step]
        for share in (index / 60 for index in range(61)):
            level = corners
            while len(level) > 1:
                level = [Point(a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)) for a, b in pairwise(level)]
            yield level[0]
        start = step[-1]


def crossed(drawing: Drawing) -> set[str]:
    """Return the texts that wires, or the rays of windows, run through."""
    wires = [shape for shape in drawing.shapes if isinstance(shape, Path) and shape.pen.ink == WIRE]
    rays = [
        Path(start, ((end,),), shape.pen)
        for shape in drawing.shapes
        if isinstance(shape, Lines) and shape.pen.dashed
        for start, end in shape.ends
    ]
    return {
        label.text
        for wire in (*wires, *rays)
        for label in labels(drawing)
        if meet(wire.box, label.box)
        for x, y in points_of(wire)
        if label.box.x < x < label.box.right and label.box.y < y < label.box.bottom
    }


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("make", [branched, lenet, lambda: joined(14), templates["spiral_shortcut"]().build])
def test_wires_cross_no_text(make: Callable[[], Project], style: str) -> None:
    assert not crossed(draw(make(), style))


def repeated() -> Project:
    """Return a network that goes through a block with a shortcut three times."""
    project = templates["spiral_shortcut"]().build()
    project, block = groups.group(project, ["dense-2", "add-1"])
    project, scattered = groups.group(project, ["dense-3"])
    return groups.repeat(groups.repeat(project, block, 3), scattered, 2)


@pytest.mark.parametrize("style", STYLES)
def test_a_frame_says_how_often_a_block_comes(style: str) -> None:
    drawing = check(repeated(), style)
    frames = [shape for shape in drawing.shapes if isinstance(shape, Rect) and shape.fill is None]
    assert [label.text for label in labels(drawing) if label.text.startswith("×")] == ["× 3", "× 2"]
    inside = {label.text for label in labels(drawing) if meet(label.box, frames[0].area)}
    assert {"Dense 2", "Add 1"} <= inside
    assert not {"Dense 1", "Dense 3", "Output"} & inside


def test_layers_of_a_scattered_block_say_it_themselves() -> None:
    project, block = groups.group(chain("Test", "exam", [(3, "relu")] * 8), ["dense-4", "dense-5"])
    drawing = check(groups.repeat(project, block, 4), "cards")
    # The block goes on in the next line of cards, so that a frame would hold others as well.
    assert [label.text for label in labels(drawing)].count("ReLU · × 4") == 2


@pytest.mark.parametrize("style", STYLES)
def test_an_empty_project_is_an_empty_sheet(style: str) -> None:
    project = chain("Empty", "exam", [])
    project = edits.remove(project, ["input", "output"])
    drawing = draw(project, style)
    assert not drawing.shapes
    assert min(drawing.page[2:]) > 0


def test_texts_of_strangers_cannot_break_out_of_the_svg() -> None:
    project = msgspec.structs.replace(chain("Test", "exam", []), name="</title><script>\x07&\u202e")
    root = ET.fromstring(written(draw(project, "cards"), THEMES["light"]).encode())
    assert root.findtext(f"{SVG}title") == "</title><script>�&�"
    assert root.find(f".//{SVG}script") is None
