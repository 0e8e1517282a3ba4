"""The optimizer lab: a map, the surface from the side, the race in numbers, and the step of one racer."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from annstudio.core.errors import UserError
from annstudio.core.params import Value
from annstudio.labs.race import Entrant, Race, tuned
from annstudio.labs.surfaces import surfaces
from annstudio.labs.terrain import Terrain
from annstudio.ui.background import Background
from annstudio.ui.optimizer_lab.bar import DEFAULTS, OWN, RATE, SHARED, TUNED, RaceBar
from annstudio.ui.page_parts import heading
from annstudio.ui.racing.map_view import ARROWS, MapView
from annstudio.ui.racing.panel import RacerPanel
from annstudio.ui.racing.relief_view import ReliefView
from annstudio.ui.racing.table import RaceTable
from annstudio.ui.room import Room
from annstudio.ui.translate import translate
from annstudio.ui.views.numerals import short_figure

_FRAME = 16
"""Milliseconds from one picture to the next."""
_SLOW = 6
"""Pictures from one look at the numbers to the next: more often, nobody could read them."""
_FIRST = "hills"
_ENTRANTS = ("sgd", "momentum", "adagrad", "adam")
MOST_RACERS = 8
_EXPLAINED = 440
"""Pixels of height from which on there is room for explanations."""


class OptimizerRoom(Room):
    """Optimizers race over a surface."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._terrain = _terrain_of(_FIRST)
        self._entrants = [Entrant(key) for key in _ENTRANTS]
        self._tuned: dict[int, Entrant] = {}
        self._selected = len(_ENTRANTS) - 1
        self._start: tuple[float, float] | None = None
        self._noise, self._rate, self._frames = 0.0, RATE.default, 0
        self._beside = Background(self)
        self._request = self._surveys = 0
        self.bar = RaceBar(self)
        self.map, self.relief = MapView(self), ReliefView(self)
        self.table, self.panel = self._made_table(), RacerPanel(self)
        self._about_arrows = QLabel(self._arrows_text(), self)
        self._about_arrows.setWordWrap(True)
        self._about_surface = QLabel(self)
        self._about_surface.setProperty("role", "muted")
        self._about_surface.setWordWrap(True)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FRAME)
        self._timer.timeout.connect(self._on_frame)
        self.race = Race(self._terrain, self._entrants)
        self._arrange()
        self._connect()
        self.setFocusProxy(self.map)
        self.bar.surfaces.setCurrentIndex(self.bar.surfaces.findData(_FIRST))
        self._restart()

    @property
    def running(self) -> bool:
        """A race is going on."""
        return self._timer.isActive()

    @property
    def is_tuned(self) -> bool:
        """Each racer has the rate that was found for it."""
        return bool(self._tuned)

    def race_on(self, surface: str, tuned: bool = False) -> None:
        """Make ready for a race.

        Args:
            surface: its key.
            tuned: each at the rate that suits it best there.
        """
        for combo, data in ((self.bar.surfaces, surface), (self.bar.rates, TUNED if tuned else DEFAULTS)):
            combo.setCurrentIndex(combo.findData(data))
        self._on_surface(surface)

    def shut_down(self) -> None:
        """Call off what is being computed."""
        self._timer.stop()
        self._request += 1
        self._beside.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what only explains give way where there is little room."""
        super().resizeEvent(event)
        for label in (self._about_arrows, self._about_surface):
            label.setVisible(event.size().height() >= _EXPLAINED)

    def hideEvent(self, event: QHideEvent) -> None:
        """Pause while nobody looks."""
        super().hideEvent(event)
        self._pause()

    def _made_table(self) -> RaceTable:
        about = self.tr("The distance is that to the nearest of the lowest places on the map")
        return RaceTable(self.tr("Distance"), about, lambda _, racer: self._terrain.distance(*racer.place), self)

    def _arrange(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(14, 10, 10, 12)
        column.setSpacing(6)
        column.addWidget(heading(self.tr("Map: click to start there")))
        column.addWidget(self.map, 1)
        column.addWidget(self._about_arrows)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(4, 10, 12, 12)
        beside.setSpacing(6)
        beside.addWidget(heading(self.tr("Surface: drag to turn")))
        beside.addWidget(self.relief, 3)
        beside.addWidget(self._about_surface)
        beside.addWidget(heading(self.tr("Race")))
        beside.addWidget(self.table, 2)
        columns = QSplitter(Qt.Orientation.Horizontal)
        for part in (left, right, self.panel):
            columns.addWidget(part)
        columns.setSizes([520, 500, 346])
        columns.setHandleWidth(1)
        columns.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(columns, 1)

    def _connect(self) -> None:
        bar = self.bar
        bar.run_clicked.connect(self._on_run)
        bar.step_clicked.connect(self._on_step)
        bar.back_clicked.connect(self._on_back)
        bar.reset_clicked.connect(self._restart)
        bar.surface_chosen.connect(self._on_surface)
        bar.formula_entered.connect(self._on_formula)
        bar.rates_chosen.connect(self._on_rates)
        bar.rate_entered.connect(self._on_rate)
        bar.noise_chosen.connect(self._on_noise)
        self.map.start_chosen.connect(self._on_start)
        self.table.racer_chosen.connect(self._on_chosen)
        self.panel.value_entered.connect(self._on_value)
        self.panel.refused.connect(self.told)
        self.panel.added.connect(self._on_added)
        self.panel.removed.connect(self._on_removed)
        bar.add_shortcuts(self)

    def _on_run(self) -> None:
        if self.running:
            self._pause()
            return
        if self.race.over:
            self._restart()
        self._go()

    def _go(self) -> None:
        self._timer.start()
        self.bar.show_running(True)

    def _pause(self) -> None:
        self._timer.stop()
        self.bar.show_running(False)
        self._show()

    def _on_frame(self) -> None:
        for _ in range(self.bar.speed):
            self.race.step()
        self._frames += 1
        if self.race.over:
            self._pause()
        elif self._frames % _SLOW == 0:
            self._show()
        else:
            self._show_pictures()

    def _on_step(self) -> None:
        self._pause()
        self.race.step()
        self._show()

    def _on_back(self) -> None:
        self._pause()
        self.race.back()
        self._show()

    def _restart(self) -> None:
        """Begin anew with what is chosen."""
        self._timer.stop()
        self.bar.show_running(False)
        try:
            self.race = Race(self._terrain, self._racing(), self._start, self._noise)
        except UserError as error:
            self.told.emit(translate(error.message))
            self._start = None
            self.race = Race(self._terrain, self._racing(), None, self._noise)
        self._show()

    def _racing(self) -> Sequence[Entrant]:
        """Return who takes part, with the learning rates that hold."""
        whose = self.bar.rates.currentData()
        if whose == SHARED:
            return [replace(each, values={**each.values, "learning_rate": self._rate}) for each in self._entrants]
        if whose == TUNED:
            return [self._tuned.get(number, each) for number, each in enumerate(self._entrants)]
        return self._entrants

    def _on_surface(self, key: str) -> None:
        self.bar.show_parts()
        if key == OWN:
            self.bar.formula.setFocus()
            return
        self._survey(lambda: _terrain_of(key), self._take)

    def _on_formula(self, typed: str) -> None:
        extent = self._terrain.extent

        def typed_terrain() -> Terrain:
            terrain = Terrain.typed(typed, extent)
            terrain.check_start(*terrain.start)
            return terrain

        def take(terrain: Terrain) -> None:
            self.bar.formula.show_value(typed)
            self._take(terrain)

        self._survey(typed_terrain, take)

    def _survey(self, make: Callable[[], Terrain], then: Callable[[Terrain], None]) -> None:
        """Work out a surface beside the window, then go on, unless another one is wanted by now."""
        self._surveys += 1
        survey = self._surveys

        def take_up(future: Future[Terrain]) -> None:
            if survey != self._surveys:
                return
            try:
                terrain = future.result()
            except UserError as error:
                self.bar.formula.show_refusal()
                self.told.emit(translate(error.message))
                return
            then(terrain)

        self._beside.do(lambda: make().prepared(), take_up)

    def _take(self, terrain: Terrain) -> None:
        """Race on another surface, from where it says."""
        self._terrain, self._start = terrain, None
        self._restart()
        self._tune_if_wanted()

    def _on_start(self, x: float, y: float) -> None:
        self._start = (x, y)
        self._restart()
        self._tune_if_wanted()

    def _on_rates(self, whose: str) -> None:
        self.bar.show_parts()
        self._restart()
        self._tune_if_wanted()

    def _on_rate(self, typed: Value) -> None:
        try:
            self._rate = float(RATE.check(typed))
        except UserError as error:
            self.bar.rate.show_refusal()
            self.told.emit(translate(error.message))
            return
        self.bar.rate.show_value(self._rate)
        self._restart()

    def _on_noise(self, noise: float) -> None:
        if noise != self._noise:
            self._noise = noise
            self._restart()

    def _on_chosen(self, number: int) -> None:
        self._selected = number
        self._show()

    def _on_value(self, key: str, value: Value) -> None:
        number = self._selected
        if key == "learning_rate" and self.bar.rates.currentData() != DEFAULTS:
            # From here on each has its own: this one the new rate, the others those that they race at.
            self._entrants = [Entrant(racer.key, racer.values) for racer in self.race.racers]
            self.bar.rates.setCurrentIndex(self.bar.rates.findData(DEFAULTS))
            self.bar.show_parts()
        chosen = self._entrants[number]
        self._entrants[number] = replace(chosen, values={**chosen.values, key: value})
        self._restart()
        self._tune_if_wanted()

    def _on_added(self, key: str) -> None:
        if len(self._entrants) >= MOST_RACERS:
            said = self.tr("At most {most} optimizers race at once: remove one first.")
            self.told.emit(said.format(most=MOST_RACERS))
            return
        self._entrants.append(Entrant(key))
        self._selected = len(self._entrants) - 1
        self._restart()
        self._tune_if_wanted()

    def _on_removed(self) -> None:
        if len(self._entrants) > 1:
            del self._entrants[self._selected]
            self._selected = min(self._selected, len(self._entrants) - 1)
            self.table.setRowCount(0)
            self._restart()
            self._tune_if_wanted()

    def _tune_if_wanted(self) -> None:
        """Find for each racer the rate that suits it here; beside the window, and given up when something changes."""
        self._request += 1
        request = self._request
        self._tuned = {}
        if self.bar.rates.currentData() != TUNED:
            return
        terrain, start, entrants = self._terrain, self.race.start, list(self._entrants)
        self.told.emit(self.tr("Looking for the rate that suits each of them here …"))

        def work() -> dict[int, Entrant]:
            wanted: Callable[[], bool] = lambda: self._request == request  # noqa: E731
            return {
                number: tuned(each, terrain, start, wanted=wanted) for number, each in enumerate(entrants) if wanted()
            }

        self._beside.do(work, lambda future: self._on_tuned(request, future))

    def _on_tuned(self, request: int, future: Future[dict[int, Entrant]]) -> None:
        if request != self._request or future.exception() is not None:
            return
        self._tuned = future.result()
        self.told.emit(self.tr("Each races at the rate that led it lowest from this start."))
        going = self.running
        self._restart()
        if going:
            # Whoever pressed Race meanwhile wants to see these rates race.
            self._go()

    def _show(self) -> None:
        """Show everything as it is now."""
        race = self.race
        self._selected = min(self._selected, len(race.racers) - 1)
        self.table.show_race(race, self._selected)
        self.panel.show_racer(race.racers[self._selected], len(race.racers) == 1)
        self._about_surface.setText(self._surface_text())
        x, y = race.start
        self.bar.start_figure.show_figure(f"{short_figure(round(x, 2))}, {short_figure(round(y, 2))}")
        self.bar.back.setEnabled(race.steps > 0)
        self.bar.step.setEnabled(not race.over)
        self._show_pictures()

    def _show_pictures(self) -> None:
        self.map.show_race(self.race, self._selected)
        self.relief.show_race(self.race)
        self.bar.step_figure.show_figure(f"{self.race.steps:,}")

    def _surface_text(self) -> str:
        said = self.tr("f(x, y) = {formula}").format(formula=self._terrain.formula.pretty)
        if len(said) > _LONGEST_FORMULA:
            said = said[: _LONGEST_FORMULA - 1] + "…"
        return said + (self.tr("  (heights logarithmic)") if self._terrain.logarithmic else "")

    def _arrows_text(self) -> str:
        said = self.tr("At the selected one: {gradient} downhill, {momentum}, its last {step}; the box: roots of g².")
        names = {"gradient": self.tr("gradient"), "momentum": self.tr("momentum"), "step": self.tr("step")}
        colored = '<b><span style="color: {color}">➜</span> {name}</b>'
        return said.format(**{key: colored.format(color=ARROWS[key], name=name) for key, name in names.items()})


_LONGEST_FORMULA = 150


def _terrain_of(key: str) -> Terrain:
    entry = surfaces[key]
    return Terrain.typed(entry.info.formula, entry.extent, entry.start)
