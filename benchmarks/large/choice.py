"""Which part of the benchmark is run, as environment variables say; the whole takes hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.large.contenders import CONTENDERS
from benchmarks.large.promises import PROMISES
from benchmarks.large.sizes import SEEDS, SIZES, Size, size_of

WHICH = "PLSCHED_LARGE_"
NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """Sizes, seeds and contenders to run, promises to measure, and where runs are kept.

    ``limit_s`` and ``memory_limit_mib`` replace those of the sizes.
    """

    sizes: tuple[Size, ...]
    seeds: tuple[int, ...]
    contenders: tuple[str, ...]
    promises: tuple[str, ...]
    promised_at: Size
    limit_s: float | None = None
    memory_limit_mib: float | None = None
    kept: Path | None = None

    def limit_of(self, size: Size) -> float:
        """Seconds of a run."""
        return size.limit_s if self.limit_s is None else self.limit_s

    def memory_of(self, size: Size) -> float:
        """Memory that a contender may take, in MiB."""
        return size.memory_limit_mib if self.memory_limit_mib is None else self.memory_limit_mib


def choice_of(environment: Mapping[str, str]) -> Choice:
    """Read the variables: ``SIZES``, ``SEEDS``, ``CONTENDERS``, ``PROMISES`` and so on."""
    given = {k.removeprefix(WHICH): v for k, v in environment.items() if k.startswith(WHICH)}
    unknown = given.keys() - _KNOWN
    if unknown:
        raise ValueError(f"no variable {WHICH}{min(unknown)}; there are {', '.join(_KNOWN)}")
    limit, memory, kept = given.get("LIMIT_S"), given.get("MEMORY_MIB"), given.get("KEPT")
    return Choice(
        tuple(size_of(n) for n in _listed(given.get("SIZES"), tuple(SIZES))),
        tuple(int(n) for n in _listed(given.get("SEEDS"), [str(n) for n in SEEDS])),
        _among(_listed(given.get("CONTENDERS"), tuple(CONTENDERS)), CONTENDERS),
        _among(_listed(given.get("PROMISES"), tuple(PROMISES)), PROMISES),
        size_of(given.get("PROMISED_AT", "L")),
        None if limit is None else float(limit),
        None if memory is None else float(memory),
        None if kept is None else Path(kept),
    )


_KNOWN = (
    *("SIZES", "SEEDS", "CONTENDERS", "PROMISES"),
    *("PROMISED_AT", "LIMIT_S", "MEMORY_MIB", "KEPT"),
)


def _listed(text: str | None, usual: Sequence[str]) -> list[str]:
    if text is None:
        return list(usual)
    return [] if text == NOTHING else text.split(",")


def _among(names: Sequence[str], known: Mapping[str, object]) -> tuple[str, ...]:
    for name in names:
        if name not in known:
            raise ValueError(f"no {name!r}; there are {', '.join(known)}")
    return tuple(names)
