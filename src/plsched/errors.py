"""The exceptions of plsched.

    PlschedError
    ├── ScenarioError        the input has findings (exit 2); carries all of them
    ├── PlanFileError        a plan file cannot be read
    ├── SolverCrashed        the child process that solves died; carries the reason
    ├── JudgeRejected        the solver made a plan that the judge does not pass (our fault)
    ├── ScenarioNotFound     a demo scenario is not where it should be
    ├── AddressInUse         the service cannot listen where it should
    ├── OutputFolderUnusable results cannot be written where they should be
    ├── SizeOutOfRange       a synthetic district of this size cannot be made
    ├── NotStored            the store has nothing with this id
    ├── AlreadyStored        the store has one with this id
    ├── StoreNotOpened       the store's database cannot be used
    ├── SettingsRefused      the service is not safe, or not whole, as it is set
    ├── StoreUnavailable     the store cannot do this now; it may a moment later
    │   ├── StoreFull        its disk has no space left
    │   └── StoreReadOnly    it may be read only
    ├── BackupRefused        a backup cannot be written, or is not one that can be restored
    ├── NotReady             the service answers, and cannot do its work now
    ├── WrongStep            a run is not in a state in which this can be done
    ├── NoSuchAddress        an address of a feed leads nowhere, or was revoked
    ├── NotPublishable       a plan cannot be published
    ├── PublishedMeanwhile   another plan was published while this one was about to be
    ├── TooManyRuns          as many runs wait as may wait
    ├── KeyReused            an idempotency key came back with another request
    ├── LimitExceeded        a request asks for more than the district may use
    ├── OtherScenario        a plan is to be read with a scenario that is not its own
    ├── NotSignedIn          nobody knows who is asking
    ├── SignInFailed         the provider does not vouch for who wants to sign in
    └── NotAllowed           somebody asks for what their role may not do

That no plan exists, or none was found in time, is a result (`plan.status`), not an exception.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plsched.scenario.findings import Finding


class PlschedError(Exception):
    """Base of every error that plsched raises on purpose."""


class ScenarioError(PlschedError):
    """A scenario has findings that must be mended before it can be solved.

    Parameters
    ----------
    findings
        Every finding of the check, errors and warnings, in file order.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [f for f in self.findings if f.severity == "error"]
        super().__init__(
            f"{len(errors)} finding(s) in the scenario; first: {errors[0] if errors else 'none'}"
        )


class PlanFileError(PlschedError):
    """A plan file is missing, is not JSON, or does not follow the schema of plan.json."""


class SolverCrashed(PlschedError):
    """The child process that solves ended without a result.

    Parameters
    ----------
    reason
        What happened, in a line that people can read.
    trace
        Where in the code it happened, for a log; ``None`` when the process was killed.
    """

    def __init__(self, reason: str, trace: str | None = None) -> None:
        self.trace = trace
        super().__init__(reason)


class JudgeRejected(PlschedError):
    """The judge found violations in a plan that the solver made; the plan is not shown."""


class ScenarioNotFound(PlschedError):
    """A demo scenario is not where it should be."""


class AddressInUse(PlschedError):
    """The service cannot listen where it should."""


class OutputFolderUnusable(PlschedError):
    """Results cannot be written where they should be."""


class SizeOutOfRange(PlschedError):
    """A synthetic district of this size cannot be made."""


class NotStored(PlschedError):
    """The store has nothing of this kind with this id.

    Parameters
    ----------
    kind
        What was looked for, such as ``scenario``, ``run``, ``plan`` or ``calendar``.
    key
        The id that was given.
    """

    def __init__(self, kind: str, key: str) -> None:
        self.kind = kind
        self.key = key
        super().__init__(f"no {kind} has the id {key!r}; the list of {kind}s names those there are")


class AlreadyStored(PlschedError):
    """The store has one of this kind with this id."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"a {kind} with the id {key!r} is there already; choose another id")


class StoreNotOpened(PlschedError):
    """The store's database cannot be used."""


class SettingsRefused(PlschedError):
    """The service would not be safe, or lacks something, as it is set; so it does not start."""


class StoreUnavailable(PlschedError):
    """The store cannot do this now: its database is locked, or cannot be reached."""


class StoreFull(StoreUnavailable):
    """The store's disk has no space left; nothing was changed."""


class StoreReadOnly(StoreUnavailable):
    """The store may be read only; nothing was changed."""


class BackupRefused(PlschedError):
    """A backup cannot be written, or is not one that can be restored."""


class NotReady(PlschedError):
    """The service answers, and cannot do its work now."""


class WrongStep(PlschedError):
    """A run is not in a state in which this can be done."""


class NoSuchAddress(PlschedError):
    """An address of a feed leads nowhere: it never did, or was revoked.

    The address is a secret, so it does not stand in the message.
    """

    def __init__(self) -> None:
        super().__init__(
            "no calendar has this address; ask whoever plans professional learning for a new one"
        )


class NotPublishable(PlschedError):
    """A plan cannot be published: it has no schedule, or it was superseded."""


class PublishedMeanwhile(PlschedError):
    """Another plan was published while this one was about to be."""


class TooManyRuns(PlschedError):
    """As many runs wait as may wait."""


class KeyReused(PlschedError):
    """An idempotency key came back with another request."""


class LimitExceeded(PlschedError):
    """A request asks for more than the district may use."""


class OtherScenario(PlschedError):
    """A plan is to be read with a scenario that is not its own."""


class NotSignedIn(PlschedError):
    """Nobody knows who is asking: there is no key, or it is refused."""


class SignInFailed(PlschedError):
    """The provider does not vouch for who wants to sign in; the text tells no secret."""


class NotAllowed(PlschedError):
    """Somebody asks for what their role may not do."""
