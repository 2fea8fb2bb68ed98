"""YAML to maps and lists that know their lines; nothing that could grow or run is let in.

The reader works on the events of libyaml's parser. No alias is followed, so no text can be larger
in memory than it is in the file, and no tag is obeyed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from plsched.scenario.collect import Findings
from plsched.scenario.source import BAD, Map, Place, Plain, Seq

MOST_VALUES = 200_000
MOST_DEPTH = 30

_NO_ANCHORS = "Write the value out in each place, or put shared rows into a table of their own."


class _StopReadingError(Exception):
    """What follows cannot be read any more; the finding has been told."""


@dataclass
class _Open:
    """A map or list that has not ended yet, with the key that waits for its value."""

    node: Map | Seq
    key: str | None = None
    key_place: Place | None = None
    skip: bool = False


@dataclass
class _Reader:
    file: str
    found: Findings
    stack: list[_Open] = field(default_factory=list)
    root: object = BAD
    documents: int = 0
    values: int = 0

    def take(self, event: Any) -> None:
        """Read one event."""
        place = Place(self.file, event.start_mark.line + 1)
        if isinstance(event, yaml.DocumentStartEvent):
            self._document(place)
        elif isinstance(event, yaml.NodeEvent):
            self._count(place)
            self._refuse_marks(event, place)
            if isinstance(event, yaml.ScalarEvent):
                text = Plain(event.value) if event.implicit[0] else str(event.value)
                self._scalar(text, place)
            elif isinstance(event, yaml.AliasEvent):
                self._scalar(BAD, place)
            else:
                self._begin(Map(place) if isinstance(event, yaml.MappingStartEvent) else Seq(place))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()

    def _tell(self, code: str, place: Place, value: object, message: str, remedy: str) -> None:
        self.found.error(code, (self.file, f"line {place.number}"), value, message, remedy)

    def _document(self, place: Place) -> None:
        self.documents += 1
        if self.documents > 1:
            remedy = "Keep one scenario in each file: remove the line with '---' and what follows."
            self._tell("yaml-documents", place, "---", "a second document begins", remedy)
            raise _StopReadingError

    def _count(self, place: Place) -> None:
        self.values += 1
        if self.values > MOST_VALUES:
            message = f"there are more than {MOST_VALUES:,} values in the file"
            remedy = "Put large tables into CSV or XLSX files beside it."
            self._tell("too-large", place, self.values, message, remedy)
            raise _StopReadingError
        if len(self.stack) > MOST_DEPTH:
            message = f"lists and maps are nested more than {MOST_DEPTH} deep"
            remedy = "No part of a scenario is that deep: look for a bracket that never closes."
            self._tell("nesting", place, len(self.stack), message, remedy)
            raise _StopReadingError

    def _refuse_marks(self, event: Any, place: Place) -> None:
        if isinstance(event, yaml.AliasEvent):
            message = "an alias stands for a value from elsewhere"
            self._tell("yaml-alias", place, f"*{event.anchor}", message, _NO_ANCHORS)
        elif event.anchor is not None:
            message = "an anchor marks a value for use elsewhere"
            self._tell("yaml-alias", place, f"&{event.anchor}", message, _NO_ANCHORS)
        tag = getattr(event, "tag", None)
        if tag is not None:
            message = "a tag asks for a type of its own"
            self._tell("yaml-tag", place, tag, message, "Remove the tag; fields know their types.")

    def _scalar(self, value: object, place: Place) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.node, Map) and top.key is None and not top.skip:
            if isinstance(value, str):
                self._key(top, value, place)
            else:
                top.skip = True
            return
        self._put(value, place)

    def _key(self, top: _Open, key: str, place: Place) -> None:
        if key not in top.node:
            top.key, top.key_place = key, place
            return
        first = top.node.marks[key].number if isinstance(top.node, Map) else 0
        message = f"the key {key!r} stands here twice (first in line {first})"
        self._tell("duplicate-key", place, key, message, "Keep one of the two.")
        top.skip = True

    def _begin(self, node: Map | Seq) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.node, Map) and top.key is None and not top.skip:
            remedy = "A key is a plain text; put quotes around it if it has brackets."
            self._tell(
                "yaml-key", node.place, "", "a list or map stands where a key is meant", remedy
            )
            raise _StopReadingError
        self._put(node, node.place)
        self.stack.append(_Open(node))

    def _put(self, value: object, place: Place) -> None:
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        if isinstance(top.node, Seq):
            top.node.put(value, place)
        elif top.skip:
            top.skip = False
        elif top.key is not None:
            top.node.put(top.key, value, top.key_place or place)
            top.key = None


def read_yaml(text: str, file: str, found: Findings) -> Map | None:
    """Read one document whose root is a map.

    Parameters
    ----------
    text
        The file's text.
    file
        Its name, for findings.
    found
        Takes what is wrong with it.

    Returns
    -------
    Map or None
        ``None`` when the text cannot be read to its end.
    """
    reader = _Reader(file, found)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            reader.take(event)
    except _StopReadingError:
        return None
    except yaml.YAMLError as error:
        _tell_syntax(error, text, file, found)
        return None
    return _root(reader, file, found)


def _root(reader: _Reader, file: str, found: Findings) -> Map | None:
    if isinstance(reader.root, Map):
        return reader.root
    remedy = "Begin with 'format: 1', 'name: ...' and 'timezone: ...', each in a line of its own."
    if reader.documents == 0 or str(reader.root) in {"", "null", "~"}:
        found.error("empty", (file, "line 1"), "", "the file holds no scenario", remedy)
    elif reader.root is not BAD:
        message = "the file holds a list or a text, not keys with values"
        value = "a list" if isinstance(reader.root, Seq) else reader.root
        found.error("not-a-map", (file, "line 1"), value, message, remedy)
    return None


def _tell_syntax(error: yaml.YAMLError, text: str, file: str, found: Findings) -> None:
    mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
    problem = error.problem if isinstance(error, yaml.MarkedYAMLError) else None
    lines = text.splitlines()
    begun = error.context_mark if isinstance(error, yaml.MarkedYAMLError) else None
    if mark is not None and begun is not None and mark.line >= len(lines):
        mark = begun
    line = mark.line if mark is not None else 0
    value = lines[line] if line < len(lines) else ""
    remedy = "Look at this line and the one above it: quotes, brackets, colons and spaces."
    if value[mark.column if mark else 0 :].startswith("\t") or value.startswith("\t"):
        remedy = "Indent with spaces: tabs are not allowed there."
    column = f", column {mark.column + 1}" if mark is not None else ""
    message = f"the YAML cannot be read: {problem or 'it is not well formed'}"
    found.error("yaml-syntax", (file, f"line {line + 1}{column}"), value, message, remedy)
