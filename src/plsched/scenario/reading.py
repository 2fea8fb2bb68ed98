"""A scenario as it was meant: its files, its base and the base's base, and all changes."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path as FilePath

from plsched.scenario.collect import Findings
from plsched.scenario.files import NOTHING, YAML_ENDINGS, Folder, Tables, folder_of, read_main
from plsched.scenario.models import Scenario
from plsched.scenario.nearest import suggestion
from plsched.scenario.overrides import apply_changes
from plsched.scenario.shapes import fields
from plsched.scenario.source import Map, locate

MOST_BASES = 5

_OWN = ("name", "description")
_WHAT_IF_KEYS = ("format", *_OWN, "extends", "changes")


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything read, and the changes that made it, in words."""

    root: Map
    changes: tuple[str, ...] = ()


def read_whole(folder: Folder, found: Findings) -> Whole | None:
    """Read a scenario with its tables and, for a what-if, its base."""
    return _read(folder, found, ())


def complete(root: Map, folder: Folder | None, found: Findings) -> Whole:
    """Fill in the tables of a scenario that has no base, and apply its own changes."""
    tables = Tables(folder, found)
    tables.fill(root)
    told = apply_changes(root, root, found)
    root.pop("changes", None)
    if told:
        tables.fill(root)
    return Whole(root, told)


def _read(folder: Folder, found: Findings, above: tuple[FilePath, ...]) -> Whole | None:
    root = read_main(folder, found)
    if root is None:
        return None
    if "extends" not in root:
        return complete(root, folder, found)
    base = _base(folder, root, found, (*above, (folder.path / folder.main).resolve()))
    return None if base is None else _changed(base, root, folder, found)


def _base(folder: Folder, root: Map, found: Findings, chain: tuple[FilePath, ...]) -> Whole | None:
    spot, written = locate(root, ("extends",)), root["extends"]
    remedy = "Name the base's folder as seen from this one: extends: ../clayton"
    if not isinstance(written, str) or written in NOTHING or "\0" in written:
        found.error("extends", spot, written, "extends names the folder of the base", remedy)
        return None
    if posixpath.isabs(written) or FilePath(written).is_absolute() or "\\" in written:
        message = "the base is named by a path of this machine"
        found.error("extends", spot, written, message, remedy)
        return None
    label = posixpath.normpath(posixpath.join(folder.label, written))
    if written.lower().endswith(YAML_ENDINGS):
        label = posixpath.dirname(label)
    base = folder_of(folder.path / written, f"{label}/" if label else "")
    main = (base.path / base.main).resolve()
    if main in chain:
        names = " -> ".join(path.parent.name for path in (*chain[chain.index(main) :], main))
        remedy = "Let one of them stand on its own."
        found.error(
            "extends-cycle", spot, names, "the what-ifs extend each other in a circle", remedy
        )
        return None
    if len(chain) > MOST_BASES:
        message = f"more than {MOST_BASES} what-ifs stand on each other"
        found.error("extends", spot, written, message, "Extend an earlier base directly.")
        return None
    if not base.path.is_dir():
        found.error("no-file", spot, written, "there is no such folder", remedy)
        return None
    return _read(base, found, chain)


def _changed(base: Whole, written: Map, folder: Folder, found: Findings) -> Whole:
    for key in written:
        if key in _WHAT_IF_KEYS:
            continue
        known = fields(Scenario)
        remedy = f"Write it as a change: {{set: {key}, to: ...}}."
        if key not in known:
            remedy = suggestion(key, (*known, *_WHAT_IF_KEYS), "keys")
        message = f"a what-if has no {key!r} of its own"
        found.error("what-if-key", locate(written, (key,)), key, message, remedy)
    for key in _OWN:
        if key in written:
            base.root.put(key, written[key], written.marks[key])
    told = apply_changes(base.root, written, found)
    Tables(folder, found).fill(base.root)
    return Whole(base.root, (*base.changes, *told))
