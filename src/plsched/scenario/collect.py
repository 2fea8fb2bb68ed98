"""Gather findings without end: the first few hundred are kept, the rest counted."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from plsched.scenario.findings import Finding

MOST_FINDINGS = 500
MOST_COUNTED = 5_000
SHOWN_CHARACTERS = 80


def shown(value: object) -> str:
    """Write a value for a finding, shortened, on one line."""
    text = "" if value is None else str(value)
    text = _printable(text[: 2 * SHOWN_CHARACTERS])
    if len(text) > SHOWN_CHARACTERS:
        return text[: SHOWN_CHARACTERS - 3] + "..."
    return text or "(empty)"


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _on_one_line(finding: Finding) -> Finding:
    """Keep line breaks and invisible signs of ids and file names out of what is told."""
    if str(finding).isprintable():
        return finding
    return replace(
        finding,
        file=_printable(finding.file),
        where=_printable(finding.where),
        value=_printable(finding.value),
        message=_printable(finding.message),
        remedy=_printable(finding.remedy),
    )


class Flooded(Exception):
    """There are so many findings that to look for more helps nobody."""


class Findings:
    """Findings of one check, in the order in which they were found."""

    def __init__(self) -> None:
        self._errors: list[tuple[int, Finding]] = []
        self._warnings: list[tuple[int, Finding]] = []
        self._count = 0
        self._flooded = False

    @property
    def failed(self) -> bool:
        """Whether there is an error."""
        return bool(self._errors) or self._flooded

    @property
    def count(self) -> int:
        """How many there are, told or not."""
        return self._count

    def add(self, finding: Finding) -> None:
        """Take one finding; beyond the limit it is only counted.

        Raises
        ------
        Flooded
            A few thousand were counted, one of them an error: the check is over.
        """
        self._count += 1
        if self._count > MOST_COUNTED and self._errors:
            self._flooded = True
            raise Flooded
        kept = self._errors if finding.severity == "error" else self._warnings
        if len(kept) < MOST_FINDINGS:
            kept.append((self._count, _on_one_line(finding)))

    def flood(self, count: int) -> NoReturn:
        """Count findings that are too many to be told, and end the check."""
        self._count += count
        self._flooded = True
        raise Flooded

    def error(
        self, code: str, at: tuple[str, str], value: object, message: str, remedy: str
    ) -> None:
        """Tell an error at a file and a spot in it."""
        self.add(Finding("error", code, at[0], at[1], shown(value), message, remedy))

    def all(self) -> tuple[Finding, ...]:
        """Give the findings kept (errors before warnings where not all fit), and how many more."""
        kept = sorted((self._errors + self._warnings)[:MOST_FINDINGS], key=lambda pair: pair[0])
        found = tuple(finding for _, finding in kept)
        more = self._count - len(found)
        if not more:
            return found
        last = Finding(
            "error" if self.failed else "warning",
            "more-findings",
            "",
            "the whole scenario",
            str(more),
            f"there are {'at least ' if self._flooded else ''}{more} more findings",
            "Mend those above and check again: one fault often causes many findings.",
        )
        return (*found, last)
