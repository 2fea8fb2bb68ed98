"""The XML parts of an XLSX file, read as a stream that cannot grow.

A reader of our own, because openpyxl takes half a second to load and trusts what it unpacks: the
size of each part is bounded before it is unpacked, and no document type is let in, so no entity.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import Protocol
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

MOST_UNPACKED_BYTES = 200 * 2**20
MOST_PARTS = 2_000
MOST_ELEMENTS = 8_000_000
CHUNK = 2**18

WORKBOOK = "xl/workbook.xml"


class WorkbookError(Exception):
    """A file is no XLSX workbook, or one that is not let in; carries the code of the finding."""

    def __init__(self, message: str, code: str = "xlsx") -> None:
        super().__init__(message)
        self.code = code


class EnoughError(Exception):
    """Nothing more needs to be read of a part."""


class Target(Protocol):
    """Takes the elements of a part as they come."""

    def start(self, tag: str, attributes: dict[str, str]) -> object:
        """Begin an element."""

    def end(self, tag: str) -> object:
        """End an element."""

    def data(self, text: str) -> object:
        """Take text."""


class _Guard:
    """Hands elements on by their local names; refuses document types and endless parts."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise WorkbookError(f"a part has more than {MOST_ELEMENTS:,} elements", "too-large")
        self._target.start(tag.rpartition("}")[2], attributes)

    def end(self, tag: str) -> None:
        self._target.end(tag.rpartition("}")[2])

    def data(self, text: str) -> None:
        self._target.data(text)

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        raise WorkbookError(f"it declares XML types of its own ({name}), which workbooks never do")

    def close(self) -> None:
        """End the part."""


class Parts:
    """The parts of one workbook."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
            raise WorkbookError(f"this is no XLSX file: {error}") from error
        infos = self._archive.infolist()
        size = sum(info.file_size for info in infos)
        if len(infos) > MOST_PARTS or size > MOST_UNPACKED_BYTES:
            message = f"the workbook unpacks to {size:,} bytes in {len(infos):,} parts"
            raise WorkbookError(message, "too-large")
        self._names = {info.filename.lower(): info.filename for info in infos}
        if WORKBOOK not in self._names:
            raise WorkbookError("this is no XLSX file: it has no workbook in it")

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def stream(self, name: str, target: Target) -> None:
        """Send the elements of a part to a target, until it has enough.

        Raises
        ------
        WorkbookError
            The part is missing or broken.
        """
        parser = XMLParser(target=_Guard(target))  # noqa: S314 - document types are refused
        try:
            with self._archive.open(self._names[name.lower()]) as part:
                while chunk := part.read(CHUNK):
                    parser.feed(chunk)
            parser.close()
        except EnoughError:
            return
        except KeyError as error:
            raise WorkbookError(f"the part {name} is missing") from error
        except (
            ParseError,
            zipfile.BadZipFile,
            EOFError,
            OSError,
            RuntimeError,
            ValueError,
        ) as error:
            raise WorkbookError(f"the part {name} cannot be read: {error}") from error
        except NotImplementedError as error:
            raise WorkbookError(f"the part {name} is packed in an unknown way") from error

    def tree(self, name: str) -> Element:
        """Read a small part as a whole."""
        builder = _Tree()
        self.stream(name, builder)
        return builder.close()

    def sheets(self) -> Mapping[str, str]:
        """Give the part of each sheet, by the sheet's name, in their order."""
        targets = {
            relation.get("Id", ""): relation.get("Target", "")
            for relation in self.tree("xl/_rels/workbook.xml.rels").iter("Relationship")
            if relation.get("Type", "").endswith("/worksheet")
        }
        found: dict[str, str] = {}
        for sheet in self.tree(WORKBOOK).iter("sheet"):
            key = next((v for k, v in sheet.attrib.items() if k.rpartition("}")[2] == "id"), "")
            if key in targets:
                joined = posixpath.normpath(posixpath.join("/xl", targets[key]))
                found[sheet.get("name", "")] = joined.lstrip("/")
        return found


class _Tree:
    def __init__(self) -> None:
        self._builder = TreeBuilder()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._builder.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._builder.end(tag)

    def data(self, text: str) -> None:
        self._builder.data(text)

    def close(self) -> Element:
        """Give the root."""
        return self._builder.close()
