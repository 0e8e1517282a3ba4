"""The critic: says before Run what is wrong with a design, and why. One rule, one file."""

from collections.abc import Iterable

from annstudio.core.registry import Registry
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.critic.base import Finding, Fix, Rule, Severity
from annstudio.project.latest import latest
from annstudio.project.model import Project

__all__ = ["Finding", "Fix", "Rule", "Severity", "can_run", "criticize", "rules"]

rules: Registry[Rule] = Registry(__name__, Rule, QT_TRANSLATE_NOOP("annstudio", "rule"))

_ORDER = list(Severity)


@latest
def criticize(project: Project) -> tuple[Finding, ...]:
    """Return everything that the rules find, errors first."""
    found = [finding for rule in rules.values() for finding in rule().check(project)]
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.severity)))


def can_run(findings: Iterable[Finding]) -> bool:
    """Return whether a network with these findings can be trained."""
    return all(finding.severity is not Severity.ERROR for finding in findings)
