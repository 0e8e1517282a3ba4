"""The loss landscape: a slice of the cost, the race over it, its costs, and what one optimizer remembers."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

import msgspec
import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annstudio.core.calls import Array
from annstudio.core.errors import UserError
from annstudio.core.params import Value
from annstudio.labs.landscape.scene import Scene, Wish, look
from annstudio.labs.landscape.shown import Shown, ShownRacer
from annstudio.labs.landscape.slices import Kind
from annstudio.labs.landscape.training import TrainingRace, own_entrant
from annstudio.labs.race import Entrant, racing_optimizers
from annstudio.project.model import Project
from annstudio.training.snapshot import RunState
from annstudio.ui.background import Background
from annstudio.ui.landscape_lab.bar import LandscapeBar
from annstudio.ui.landscape_lab.cost_plot import CostPlot
from annstudio.ui.page_parts import heading
from annstudio.ui.racing.map_view import MapView
from annstudio.ui.racing.panel import RacerPanel
from annstudio.ui.racing.relief_view import ReliefView
from annstudio.ui.racing.table import RaceTable
from annstudio.ui.room import Room
from annstudio.ui.translate import translate
from annstudio.ui.views.numerals import percent

_PAUSE = 16
"""Milliseconds at least from one picture to the next."""
_RIVALS = ("sgd", "momentum", "rmsprop", "adam")
_MOST_RACERS = 6
_ROOMY = 440
"""Pixels of height from which on there is room for everything."""


class LandscapeRoom(Room):
    """Optimizers race on the network at hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._entrants: list[Entrant] = []
        self._wish = Wish()
        self._start: Array | None = None
        self._request, self._busy = 0, False
        self._beside = Background(self)
        self.scene: Scene | None = None
        self.running = False
        self.bar = LandscapeBar(self)
        self.map, self.relief = MapView(self), ReliefView(self)
        self.costs = CostPlot(self)
        self.table = RaceTable(self.tr("Cost J"), self.tr("The cost of the training part"), _cost_of, self)
        self.panel = RacerPanel(self)
        self.panel.heading.setText(self.tr("What it holds of the two weights"))
        self.about = QLabel(self)
        self.about.setProperty("role", "muted")
        self.about.setWordWrap(True)
        self._empty = QLabel(self.tr("As soon as the network can run, its cost can be looked at here."), self)
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(_PAUSE)
        self._next.timeout.connect(self._go_on)
        self._arrange()
        self._connect()
        self.setFocusProxy(self.map)

    def look(self) -> None:
        """Take up the project, if it is another one; its run goes on by itself."""
        snapshot = self.snapshot
        if snapshot is None or snapshot.project is None or snapshot.compiled is None:
            self._project = None
            self._refuse(self.tr("As soon as the network can run, its cost can be looked at here."))
            return
        if snapshot.state is RunState.PREPARING:
            return
        if _same(self._project, snapshot.project):
            self._catch_up()
            return
        self._project = snapshot.project
        own = own_entrant(snapshot.project)
        racing = racing_optimizers()
        rivals = [Entrant(key) for key in _RIVALS if key != own.key]
        self._entrants = [*([own] if own.key in racing else []), *rivals[:3]]
        self._wish = replace(self._wish, followed=None, selected=0)
        self._start = self.scene = None
        self._begin()

    def shut_down(self) -> None:
        """Call off what is being computed."""
        self._request += 1
        self._stop()
        self._next.stop()
        self._beside.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what only explains give way where there is little room."""
        super().resizeEvent(event)
        for part in self._extras:
            part.setVisible(event.size().height() >= _ROOMY)

    def hideEvent(self, event: QHideEvent) -> None:
        """Pause while nobody looks."""
        super().hideEvent(event)
        self._stop()

    def _catch_up(self) -> None:
        """Look finely at a race that was paused because nobody looked."""
        if self.scene is not None and not self.running and self.scene.outgrown:
            self._lay_anew()

    def _arrange(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(14, 10, 10, 12)
        column.setSpacing(6)
        column.addWidget(heading(self.tr("A slice of the cost: click to start there")))
        column.addWidget(self.map, 1)
        column.addWidget(self.about)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(4, 10, 12, 12)
        beside.setSpacing(6)
        parts: tuple[tuple[str, QWidget, int], ...] = (
            (self.tr("The slice from the side: drag to turn"), self.relief, 4),
            (self.tr("Cost J over the steps"), self.costs, 3),
            (self.tr("Race"), self.table, 3),
        )
        for title, part, share in parts:
            name = heading(title)
            beside.addWidget(name)
            beside.addWidget(part, share)
            if part is self.costs:
                self._extras = (name, self.costs, self.about)
        columns = QSplitter(Qt.Orientation.Horizontal)
        for column_part in (left, right, self.panel):
            columns.addWidget(column_part)
        columns.setSizes([520, 500, 346])
        columns.setHandleWidth(1)
        columns.setChildrenCollapsible(False)
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(columns)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self._pages, 1)

    def _connect(self) -> None:
        bar = self.bar
        bar.run_clicked.connect(self._on_run)
        bar.step_clicked.connect(self._on_step)
        bar.reset_clicked.connect(self._on_reset)
        bar.slice_chosen.connect(self._on_slice)
        bar.other_directions_clicked.connect(self._on_other_directions)
        bar.weights_chosen.connect(self._on_weights)
        bar.add_shortcuts(self)
        self.map.start_chosen.connect(self._on_start)
        self.table.racer_chosen.connect(self._on_chosen)
        self.panel.value_entered.connect(self._on_value)
        self.panel.refused.connect(self.told)
        self.panel.added.connect(self._on_added)
        self.panel.removed.connect(self._on_removed)

    def _on_run(self) -> None:
        if self.running:
            self._pause()
        elif self.scene is not None and not self.scene.shown.over:
            self.running = True
            self.bar.show_running(True)
            self._go_on()

    def _pause(self) -> None:
        self.running = False
        self.bar.show_running(False)
        self._lay_anew()

    def _on_step(self) -> None:
        if self.running:
            self._pause()
            return
        if self.scene is not None:
            scene = self.scene
            self._work(lambda wanted: _stepped(scene, 1, self._wish, wanted, fine=True))

    def _go_on(self) -> None:
        """Take the next steps of a race that goes on."""
        if self.running and not self._busy and self.scene is not None:
            scene, speed, wish = self.scene, self.bar.speed, self._wish
            self._work(lambda wanted: _stepped(scene, speed, wish, wanted, fine=False))

    def _on_reset(self) -> None:
        self._start = None
        self._stop()
        self._begin()

    def _on_start(self, x: float, y: float) -> None:
        """Let everybody begin at a place of the slice."""
        if self.scene is not None:
            self._start = self.scene.shown.terrain.plane.weights(x, y)
            self._stop()
            self._begin(keep_slice=True)

    def _stop(self) -> None:
        self.running = False
        self.bar.show_running(False)

    def _begin(self, keep_slice: bool = False) -> None:
        """Begin the race anew with what is chosen."""
        project, entrants, start, wish = self._project, list(self._entrants), self._start, self._wish
        if project is None:
            return
        scene = self.scene if keep_slice else None

        def work(wanted: Callable[[], bool]) -> Scene | None:
            race = TrainingRace(project, entrants, start)
            if scene is None:
                return look(race, wish, True, wanted)
            return replace(scene, race=race, steps=0).gone_on()

        self._work(work)

    def _lay_anew(self) -> None:
        """Look at the race on the slice that is wished for, finely."""
        if self.scene is not None:
            race, wish = self.scene.race, self._wish
            self._work(lambda wanted: look(race, wish, True, wanted))

    def _on_slice(self, kind: Kind) -> None:
        self._wish = replace(self._wish, kind=kind)
        self.bar.show_parts()
        self._lay_anew()

    def _on_other_directions(self) -> None:
        self._wish = replace(self._wish, seed=self._wish.seed + 1)
        self._lay_anew()

    def _on_weights(self) -> None:
        followed = self.bar.followed()
        if followed is None:
            return
        if followed[0] == followed[1]:
            self.told.emit(self.tr("A slice needs two different weights: choose another one."))
            if self.scene is not None:
                self.bar.offer(self.scene.named, self.scene.followed)
            return
        self._wish = replace(self._wish, followed=followed)
        self._lay_anew()

    def _on_chosen(self, number: int) -> None:
        self._wish = replace(self._wish, selected=number)
        self._show()

    def _on_value(self, key: str, value: Value) -> None:
        chosen = self._entrants[self._wish.selected]
        self._entrants[self._wish.selected] = replace(chosen, values={**chosen.values, key: value})
        self._stop()
        self._begin()

    def _on_added(self, key: str) -> None:
        if len(self._entrants) >= _MOST_RACERS:
            said = self.tr("At most {most} optimizers race at once: remove one first.")
            self.told.emit(said.format(most=_MOST_RACERS))
            return
        self._entrants.append(Entrant(key))
        self._wish = replace(self._wish, selected=len(self._entrants) - 1)
        self._stop()
        self._begin()

    def _on_removed(self) -> None:
        if len(self._entrants) > 1:
            del self._entrants[self._wish.selected]
            self._wish = replace(self._wish, selected=min(self._wish.selected, len(self._entrants) - 1))
            self.table.setRowCount(0)
            self._stop()
            self._begin()

    def _work(self, work: Callable[[Callable[[], bool]], Scene | None]) -> None:
        """Work something out beside the window; what was being worked out is given up, if it can be."""
        self._request += 1
        request = self._request
        self._busy = True

        def take_up(future: Future[Scene | None]) -> None:
            if request != self._request:
                return
            self._busy = False
            try:
                scene = future.result()
            except UserError as error:
                self._on_refused(translate(error.message))
                return
            if scene is not None:
                self._take(scene)

        self._beside.do(lambda: work(lambda: request == self._request), take_up)

    def _take(self, scene: Scene) -> None:
        other = self.scene is None or scene.named != self.scene.named or scene.followed != self.scene.followed
        self.scene = scene
        self._pages.setCurrentIndex(1)
        if other and not self.running:
            self.bar.offer(scene.named, scene.followed)
        self._show()
        if self.running and scene.shown.over:
            self._stop()
            self.told.emit(self.tr("Nobody can go on: all have come to numbers that are not finite."))
        if self.running:
            self._next.start()

    def _on_refused(self, sentence: str) -> None:
        self._stop()
        if self.scene is None:
            self._refuse(sentence)
        else:
            self.told.emit(sentence)

    def _refuse(self, sentence: str) -> None:
        """Say why there is nothing to see; the same project is not tried again."""
        self.scene = None
        self._stop()
        self._request += 1
        self._empty.setText(sentence)
        self._pages.setCurrentIndex(0)

    def _show(self) -> None:
        """Show everything as it is now."""
        if self.scene is None:
            return
        seen = self.scene.shown
        selected = min(self._wish.selected, len(seen.racers) - 1)
        self.map.show_race(seen, selected)
        self.relief.show_race(seen)
        self.costs.show_racers(seen.racers, selected)
        self.table.show_race(seen, selected)
        self.panel.show_racer(seen.racers[selected], len(seen.racers) == 1)
        self.about.setText(self._about(seen))
        self.bar.step_figure.show_figure(f"{seen.steps:,}")
        self.bar.epoch_figure.show_figure(f"{self.scene.epoch:,}")
        self.bar.step.setEnabled(not seen.over)

    def _about(self, seen: Shown) -> str:
        """Return what kind of picture this is, and what it does not show."""
        plane = seen.terrain.plane
        count = f"{len(plane.across):,}"
        if plane.kind is Kind.WEIGHTS:
            said = self.tr("A slice: two of {count} weights vary, all others stay as those of the selected one are.")
        elif plane.kind is Kind.RANDOM:
            said = self.tr("A slice: two random directions out of {count}, each unit's part as long as its weights.")
        else:
            said = self.tr(
                "A slice along the race: two of {count} directions, with {share} % of its squared distances."
            )
        share = "" if plane.explained is None else percent(plane.explained)
        said = said.format(count=count, share=share)
        # What lies beside the plane is lower or higher than it looks.
        said += " " + self.tr("The ways are shadows on it: they run beside it too, where the cost is another.")
        if self.scene is not None and any(self.scene.race.compiled.network.statistics):
            said += " " + self.tr("Batch normalization keeps what it has measured.")
        return said + (" " + self.tr("Heights are logarithmic.") if seen.terrain.logarithmic else "")


def _stepped(scene: Scene, by: int, wish: Wish, wanted: Callable[[], bool], fine: bool) -> Scene | None:
    """Return a scene some steps later; on a new slice where the race has outgrown it."""
    scene.race.advance(by, wanted)
    laid_along = scene.shown.terrain.plane.kind is not Kind.RANDOM or wish.kind is Kind.PRINCIPAL
    if laid_along and (fine or scene.outgrown):
        # While the race goes on, the same weights are followed, as they are named in the bar.
        kept = wish if fine else replace(wish, followed=scene.followed)
        return look(scene.race, kept, fine, wanted)
    return scene.gone_on()


def _cost_of(_: object, racer: object) -> float | None:
    return racer.cost if isinstance(racer, ShownRacer) and np.isfinite(racer.cost) else None


def _same(one: Project | None, other: Project) -> bool:
    """Return whether two projects train alike; where cards stand does not matter."""
    if one is None:
        return False
    parts = ("design", "data", "training")
    return all(msgspec.structs.asdict(one)[part] == msgspec.structs.asdict(other)[part] for part in parts)
