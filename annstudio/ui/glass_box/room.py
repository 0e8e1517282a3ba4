"""The glass box: the network, the formulas of where one stands, and the chain rule of a weight."""

from collections.abc import Callable
from concurrent.futures import Future

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.labs.glass_box.bench import Batch, Bench, Subject
from annstudio.labs.glass_box.chain import MOST_PATHS, Difference, chain_of, count_paths, paths_to
from annstudio.labs.glass_box.known import BACKWARD, Known, gives_its_number
from annstudio.labs.glass_box.marks import Delta, Error, Gradient, Parameter, Slope, Sum, Value
from annstudio.labs.glass_box.page import Level, Stop
from annstudio.labs.glass_box.walk import Walk
from annstudio.labs.notation import Mark
from annstudio.labs.reading import plain
from annstudio.training.snapshot import MOST_CHECKPOINTED, RunState
from annstudio.ui.background import Background
from annstudio.ui.formula.digits import written
from annstudio.ui.glass_box.bar import GlassBoxBar
from annstudio.ui.glass_box.chain_panel import ChainPanel
from annstudio.ui.glass_box.page_panel import PagePanel
from annstudio.ui.glass_box.painting import Seen
from annstudio.ui.glass_box.picture import NetworkPicture
from annstudio.ui.room import Room
from annstudio.ui.translate import translate
from annstudio.ui.views.numerals import figure

_TOO_LARGE = QT_TRANSLATE_NOOP(
    "annstudio",
    "This network has {count} weights, and the glass box takes apart at most {most}: look at a smaller one.",
)
_EXPLODED = QT_TRANSLATE_NOOP(
    "annstudio", "The next step would make numbers that are no longer finite: it is not taken."
)


class GlassBoxRoom(Room):
    """Takes one step of training apart.

    Args:
        pause: stops the run, so that there is a moment to look into.
    """

    def __init__(self, pause: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pause = pause
        self._subject: Subject | None = None
        self._walk: Walk | None = None
        self._picked: tuple[int, str, tuple[int, ...]] | None = None
        self._wanted_layer = ""
        self._digits = 4
        self._busy = False
        self._beside = Background(self)
        self.bar = GlassBoxBar(self)
        self.picture = NetworkPicture(self)
        self.chain = ChainPanel(self._write, self)
        self.page = PagePanel(self._write, self)
        self._empty = QLabel(self)
        self._arrange()
        self._connect()

    @property
    def walk(self) -> Walk | None:
        """Where one stands; None while there is nothing to look into."""
        return self._walk

    def go_to(self, path: tuple[int, ...]) -> None:
        """Go to a stop of the step at hand, by the numbers of the parts that lead there."""
        if self._walk is not None and not self._busy:
            self._walk.go_to(path)
            self._show()

    def look_at_layer(self, node_id: str) -> None:
        """Go to what a layer computes in the pass forward, as soon as there is a walk."""
        self._wanted_layer = node_id
        if self._walk is not None and self.isVisible():
            self._go_to_layer(self._walk)
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Look into what the run has come to; it has to stand still for that."""
        if self.snapshot is not None and self.snapshot.state is RunState.RUNNING:
            self._pause()
        super().showEvent(event)
        self.picture.setFocus(Qt.FocusReason.OtherFocusReason)

    def shut_down(self) -> None:
        """Call off what is being computed."""
        self._beside.close()

    def _arrange(self) -> None:
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        left = self._left = QSplitter(Qt.Orientation.Vertical)
        left.addWidget(self.picture)
        left.addWidget(self.chain)
        left.setStretchFactor(0, 1)
        left.setSizes([460, 170])
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.addWidget(left)
        columns.addWidget(self.page)
        columns.setStretchFactor(0, 1)
        columns.setSizes([940, 426])
        for splitter in (left, columns):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(columns)
        self._pages.addWidget(self._empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.bar.walked.connect(self._on_walked)
        self.bar.batch_chosen.connect(self._on_batch)
        self.bar.sample_moved.connect(self._on_sample)
        self.bar.digits_chosen.connect(self._on_digits)
        self.bar.level_chosen.connect(self._show)
        self.bar.add_shortcuts(self)
        self.picture.walked.connect(self._on_walked)
        self.picture.chosen.connect(self._on_chosen)
        self.page.chosen.connect(self._on_chosen)
        self.page.trail_chosen.connect(self._on_trail)
        self.page.revealed.connect(self._show_picture)
        self.chain.room_wanted.connect(self._on_room_wanted)
        for part in (self.picture, self.page, self.chain):
            part.pointed.connect(self._on_pointed)

    def _write(self, value: float) -> str:
        single = self._walk is not None and self._walk.moment.weights.dtype == np.float32
        return written(value, self._digits, single)

    def look(self) -> None:
        """Take up what the run has come to, if that is another moment than the one at hand."""
        snapshot = self.snapshot
        if snapshot is None or snapshot.compiled is None or snapshot.prepared is None or snapshot.project is None:
            self._refuse(self.tr("As soon as the network can run, its steps can be looked into here."))
            return
        if snapshot.checkpoint is None:
            size = snapshot.compiled.network.size
            if size > MOST_CHECKPOINTED:
                self._refuse(translate(text(_TOO_LARGE, count=f"{size:,}", most=f"{MOST_CHECKPOINTED:,}")))
            return
        subject = Subject(snapshot.project, snapshot.compiled, snapshot.prepared, snapshot.checkpoint)
        if self._walk is not None and self._subject is not None and _same(self._subject, subject):
            self._go_to_layer(self._walk)
            self._show()
            return
        self._begin(subject, self.bar.batch, None)

    def _begin(self, subject: Subject, batch: Batch, sample: int | None) -> None:
        """Begin a walk; it is prepared beside the window."""
        self._subject = subject
        self._work(lambda: Walk(Bench(subject, batch, sample)), self._on_begun)

    def _work(self, work: Callable[[], object], then: Callable[[object], None]) -> None:
        """Do something beside the window, then go on; nothing else is begun meanwhile."""
        self._busy = True

        def take_up(future: Future[object]) -> None:
            self._busy = False
            try:
                result = future.result()
            except UserError as error:
                self._on_refused(translate(error.message))
                return
            then(result)

        self._beside.do(work, take_up)

    def _on_begun(self, walk: object) -> None:
        assert isinstance(walk, Walk)
        self._walk = walk
        self._picked = None
        self._go_to_layer(walk)
        self._pages.setCurrentIndex(0)
        self._show()

    def _go_to_layer(self, walk: Walk) -> None:
        """Go to the layer that was asked for, if it computes anything."""
        wanted, self._wanted_layer = self._wanted_layer, ""
        ids = () if self._subject is None else self._subject.compiled.node_ids
        if wanted in ids:
            walk.go_to((0, ids.index(wanted)))

    def _on_refused(self, sentence: str) -> None:
        """Say why something cannot be looked into; what is at hand stays."""
        if self._walk is None:
            self._refuse(sentence)
            return
        self.told.emit(sentence)
        self.bar.show_batch(self._walk.bench.batch)

    def _refuse(self, sentence: str) -> None:
        self._walk = self._subject = None
        self._empty.setText(sentence)
        self._pages.setCurrentIndex(1)
        for button in (self.bar.over, self.bar.into, self.bar.out, self.bar.back):
            button.setEnabled(False)

    def _on_walked(self, way: str) -> None:
        walk = self._walk
        if walk is None or self._busy:
            return
        level = self.bar.level
        ways: dict[str, Callable[[], object]] = {
            "over": lambda: walk.over(level),
            "into": walk.into,
            "out": walk.out,
            "back": walk.back,
        }

        def walked() -> object:
            done = ways[way]()
            # Written here, a page of a large layer keeps nobody waiting.
            _ = walk.stop.page
            return done

        self._work(walked, self._on_moved)

    def _on_moved(self, done: object) -> None:
        if done is False:
            self.told.emit(translate(Text(_EXPLODED)))
        self._show()

    def _on_batch(self, batch: Batch) -> None:
        if self._subject is None or self._walk is None:
            return
        moment = self._walk.moment
        sample = int(moment.samples[min(moment.focus, len(moment.samples) - 1)])
        self._begin(self._subject, batch, sample)

    def _on_sample(self, by: int) -> None:
        walk, subject = self._walk, self._subject
        if walk is None or subject is None or self._busy:
            return
        if walk.bench.batch is Batch.ONE:
            sample = int(walk.moment.samples[0]) + by
            path = walk.path

            def other() -> Walk:
                begun = Walk(Bench(subject, Batch.ONE, sample))
                begun.path = path
                return begun

            self._work(other, self._on_begun)
            return
        self._work(lambda: walk.look_at(walk.moment.focus + by), lambda _: self._show())

    def _on_digits(self, digits: int) -> None:
        self._digits = digits
        for part in (self.page, self.chain):
            part.set_write(self._write)

    def _on_trail(self, depth: int) -> None:
        if self._walk is not None:
            self.go_to(self._walk.path[:depth])

    def _on_pointed(self, mark: Mark | None) -> None:
        for part in (self.picture, self.page, self.chain):
            part.light(mark)

    def _on_room_wanted(self, height: int) -> None:
        """Give the chain as much room as it asks for, but not more than half."""
        whole = sum(self._left.sizes())
        height = min(height, whole // 2)
        self._left.setSizes([whole - height, height])

    def _on_chosen(self, mark: Mark) -> None:
        """Go to a unit in the pass at hand, or show the chain of a weight."""
        walk = self._walk
        if walk is None or self._busy:
            return
        match mark:
            case Parameter(place, part, index) | Gradient(place, part, index):
                if part in walk.moment.layer(place).gradients:
                    self._picked = place, part, index
                    self._show_chain()
            case Value(place, unit) | Sum(place, unit) | Delta(place, unit) | Error(place, unit) | Slope(place, unit):
                self._go_to_unit(place, unit)

    def _go_to_unit(self, place: int, unit: int) -> None:
        walk = self._walk
        assert walk is not None
        if place < 0:
            return
        pass_number = walk.path[0] if walk.path else 0
        for number, layer in enumerate(walk.root.parts[pass_number].parts):
            for child, stop in enumerate(layer.parts):
                if stop.level is Level.NEURON and _is_of(stop, place, unit):
                    self.go_to((pass_number, number, child))
                    return

    def _show(self) -> None:
        walk = self._walk
        if walk is None:
            return
        trail = walk.trail
        self.page.show_page(walk.stop.page, [_title(stop) for stop in trail], sum(walk.path, walk.bench.steps))
        self._pick_from(walk)
        self._show_picture()
        self._show_figures(walk)
        self._show_chain()

    def _show_picture(self) -> None:
        walk = self._walk
        if walk is None:
            return
        known = Known(walk.moment, walk.path, gives_its_number(walk.trail))
        self.picture.show_seen(Seen(walk.moment, known, walk.stop.page.lit, self.page.asked))

    def _show_figures(self, walk: Walk) -> None:
        bar, moment = self.bar, walk.moment
        known = Known(moment, walk.path)
        for button in (bar.over, bar.into):
            button.setEnabled(True)
        bar.out.setEnabled(bool(walk.path))
        bar.back.setEnabled(walk.may_go_back)
        if walk.bench.batch is Batch.ONE:
            assert self._subject is not None
            bar.show_sample(int(moment.samples[0]) + 1, len(self._subject.prepared.train.inputs))
        else:
            bar.show_sample(moment.focus + 1, moment.batch)
        bar.pass_figure.show_figure(_title(walk.trail[1]).lower() if walk.path else "–")
        numbered = walk.numbered(bar.level)
        bar.step_figure.show_figure("–" if numbered is None else f"{numbered[0]:,} / {numbered[1]:,}")
        loss = float(moment.trace.losses[moment.focus])
        bar.loss_figure.show_figure(figure(loss) if known.loss else "–")
        bar.cost_figure.show_figure(figure(moment.trace.cost) if known.cost else "–")

    def _pick_from(self, walk: Walk) -> None:
        """Let a stop that is about one weight choose that for the chain."""
        lit = [mark for mark in walk.stop.page.lit if isinstance(mark, Gradient)]
        if len(lit) == 1:
            self._picked = lit[0].place, lit[0].part, lit[0].index
        if self._picked is None:
            self._picked = _first_weight(walk)

    def _show_chain(self) -> None:
        walk, picked = self._walk, self._picked
        if walk is None:
            return
        passed = bool(walk.path) and walk.path[0] >= BACKWARD
        self.chain.setVisible(passed)
        if picked is None or not passed:
            self.chain.show_chain(None, 1, None, None)
            return
        moment, place = walk.moment, picked[0]
        dense = moment.is_dense(place) and picked[1] in ("kernel", "bias")
        count = count_paths(moment, place) if dense else None
        few = count is not None and count <= MOST_PATHS and place != moment.last
        paths = paths_to(moment, place, picked[2][-1]) if few else None
        self.chain.show_chain(chain_of(moment, *picked), moment.batch, paths, count)
        self.chain.show_difference(None)
        bench = walk.bench
        asked = moment, picked
        self._beside.do(lambda: bench.difference(moment, *picked), lambda found: self._on_difference(asked, found))

    def _on_difference(self, asked: object, found: Future[Difference]) -> None:
        """Show a difference, unless another weight or moment is looked at by now."""
        if self._walk is not None and asked == (self._walk.moment, self._picked):
            self.chain.show_difference(found.result())


def _same(before: Subject, after: Subject) -> bool:
    """Return whether two subjects are the same moment of the same run."""
    return (
        before.compiled is after.compiled
        and before.project == after.project
        and before.checkpoint.steps == after.checkpoint.steps
        and bool(np.array_equal(before.checkpoint.weights, after.checkpoint.weights))
    )


def _title(stop: Stop) -> str:
    if isinstance(stop.title, Text):
        return translate(stop.title)
    # Signs keep their order among words that run from right to left.
    return f"\u2066{plain(stop.title)}\u2069"


def _is_of(stop: Stop, place: int, unit: int) -> bool:
    """Return whether a stop is that of a unit."""
    if isinstance(stop.title, Text):
        return False
    marks = (getattr(piece, "mark", None) for piece in stop.title)
    return any(isinstance(mark, Value | Delta | Error) and (mark.place, mark.unit) == (place, unit) for mark in marks)


def _first_weight(walk: Walk) -> tuple[int, str, tuple[int, ...]] | None:
    for place, layer in enumerate(walk.moment.trace.layers):
        kernel = layer.gradients.get("kernel")
        if kernel is not None and kernel.ndim == 2:
            return place, "kernel", (0, 0)
    return None
