"""A finding: what is wrong in a scenario, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend or to look at.

    Attributes
    ----------
    severity
        ``error`` stops the scenario; ``warning`` is worth a look.
    code
        Short stable name of the rule that found it, such as ``unknown-id``.
    file
        File, relative to the scenario's folder.
    where
        Row and column of a table, or line and path of the YAML.
    value
        The value as it stands, shortened.
    message
        What is wrong.
    remedy
        What to do.
    """

    severity: Literal["error", "warning"]
    code: str
    file: str
    where: str
    value: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.where}: {self.message} (value: {self.value}). {self.remedy}"
