"""What the critic finds, sorted to where the canvas says it."""

from collections.abc import Iterable

from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.losses import losses
from annstudio.engine.optimizers import optimizers
from annstudio.project.critic import Finding, Severity
from annstudio.project.footprint import Footprint
from annstudio.project.model import Project
from annstudio.project.unroll import length
from annstudio.ui.canvas.card import Problems
from annstudio.ui.canvas.facts import cost_line
from annstudio.ui.canvas.status_pill import Level, Status
from annstudio.ui.canvas.words import short
from annstudio.ui.translate import translate

LEVELS = {Severity.ERROR: Level.ERROR, Severity.WARNING: Level.WARNING, Severity.NOTE: Level.NOTE}
"""How the window shows each severity."""


def problems_of(findings: Iterable[Finding]) -> dict[str, Problems]:
    """Return what is wrong with each layer, by node id."""
    found: dict[str, Problems] = {}
    for finding in findings:
        if finding.node is None or finding.severity is Severity.NOTE:
            continue
        before, sentence = found.get(finding.node, Problems()), translate(finding.message)
        if finding.severity is Severity.ERROR:
            found[finding.node] = Problems((*before.errors, sentence), before.warnings)
        else:
            found[finding.node] = Problems(before.errors, (*before.warnings, sentence))
    return found


def status_of(findings: tuple[Finding, ...]) -> Status:
    """Return the news of the whole network: its gravest finding, or that it is ready."""
    if not findings:
        return Status(Level.READY, translate(QT_TRANSLATE_NOOP("annstudio", "No problems found")))
    first = findings[0]
    sentence: Text = first.message
    if first.severity is not Severity.ERROR and not first.live:
        sentence = text(QT_TRANSLATE_NOOP("annstudio", "It can run. Mind: {finding}"), finding=sentence)
    return Status(LEVELS[first.severity], translate(sentence), first.node)


def summary_of(project: Project, cost: Footprint) -> tuple[str, ...]:
    """Return the line that sums the network up, in full and then shorter, for where there is no room."""
    count = length(project.design)
    parameters = text(QT_TRANSLATE_NOOP("annstudio", "{count} parameters"), count=f"{cost.parameters:,}")
    several = text(QT_TRANSLATE_NOOP("annstudio", "{count} layers"), count=count)
    rest = (
        translate(several if count != 1 else QT_TRANSLATE_NOOP("annstudio", "1 layer")),
        short(losses[str(project.training["loss"])].info.label),
        short(optimizers[str(project.training["optimizer"])].info.label),
    )
    first = (translate(parameters), *cost_line(cost))
    return tuple(" · ".join(parts) for parts in ((*first, *rest), first, first[:1]))
