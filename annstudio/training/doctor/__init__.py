"""The doctor: says during training what goes wrong, where, why, and what helps. One sign, one file."""

from annstudio.core.registry import Registry
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.critic.base import Finding
from annstudio.training.doctor.base import Case, Sign

__all__ = ["Case", "Sign", "diagnose", "signs"]

signs: Registry[Sign] = Registry(__name__, Sign, QT_TRANSLATE_NOOP("annstudio", "sign"))


def diagnose(case: Case) -> tuple[Finding, ...]:
    """Return what is wrong with a run, the likeliest cause first; nothing while all is well."""
    found: list[Finding] = []
    if len(case.costs):
        for sign in signs.values():
            if not (sign.last_resort and found):
                found += sign().examine(case)
    # The passes of a repeated block are the same layer: it is told once.
    return tuple({(finding.rule, finding.node): finding for finding in reversed(found)}.values())[::-1]
