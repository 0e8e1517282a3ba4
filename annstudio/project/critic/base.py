"""What a rule of the critic is, and what it finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from annstudio.core.registry import Info
from annstudio.core.texts import Text
from annstudio.project.model import Project


class Severity(StrEnum):
    """How much a finding matters; the gravest comes first."""

    ERROR = "error"
    """The network cannot run, or could learn nothing but nonsense."""
    WARNING = "warning"
    """It runs, but probably learns badly."""
    NOTE = "note"
    """Good to know."""


@dataclass(frozen=True)
class Fix:
    """An edit that makes a finding go away.

    Args:
        label: what it does, in a few words; buttons and the Edit menu name it so.
        edit: the edit, for the project in which the finding was made. It raises a UserError where the design is full.
    """

    label: Text
    edit: Callable[[Project], Project] = field(compare=False)


@dataclass(frozen=True)
class Finding:
    """One thing that the critic has to say.

    Args:
        rule: key of the rule.
        severity: how much it matters.
        node: id of the layer that it is about; None when it is about the whole.
        message: one sentence: what is wrong, and what to do.
        why: what is behind it, for those who want to know.
        fix: the edit that mends it, where there is one that is right in most cases.
        setting: owner and key of the setting to look at, as for edits.set_value; None where it is none.
        others: more edits that may help instead, the likelier first.
        live: it is about the run and not about the project as it stands.
    """

    rule: str
    severity: Severity
    node: str | None
    message: Text
    why: Text | None = None
    fix: Fix | None = None
    setting: tuple[str, str] | None = None
    others: tuple[Fix, ...] = ()
    live: bool = False


class Rule:
    """Looks for one kind of mistake in a project, whatever state it is in.

    All rules run at every edit, so they are quick, and hardly any makes data.

    Attributes:
        info: key and texts.
        severity: of its findings, unless a finding says otherwise.
    """

    info: ClassVar[Info]
    severity: ClassVar[Severity] = Severity.ERROR

    def check(self, project: Project) -> Iterable[Finding]:
        """Yield what is wrong; nothing if all is well."""
        raise NotImplementedError

    def finding(
        self,
        message: Text,
        node: str | None = None,
        severity: Severity | None = None,
        *,
        why: Text | None = None,
        fix: Fix | None = None,
        setting: tuple[str, str] | None = None,
    ) -> Finding:
        """Return a finding of this rule."""
        return Finding(self.info.key, severity or self.severity, node, message, why, fix, setting)
