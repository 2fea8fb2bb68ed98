"""Tables as files: how they are described, and how they are answered."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request, Response

from plsched.api.conditional import VALIDATORS, conditional
from plsched.api.problems import Answers

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT = {"type": "string"}


def csv_answers(what: str) -> Answers:
    """Describe a CSV file, for the OpenAPI document."""
    return _answers(what, CSV)


def xlsx_answers(what: str) -> Answers:
    """Describe a workbook, for the OpenAPI document."""
    return _answers(what, XLSX)


def csv_file(request: Request, content: str, *, changed_at: datetime, name: str) -> Response:
    """Answer with a CSV file to store under a name."""
    media = f"{CSV}; charset=utf-8"
    return conditional(request, content.encode(), media, changed_at=changed_at, file_name=name)


def xlsx_file(request: Request, content: bytes, *, changed_at: datetime, name: str) -> Response:
    """Answer with a workbook to store under a name."""
    return conditional(request, content, XLSX, changed_at=changed_at, file_name=name)


def _answers(what: str, media: str) -> Answers:
    schema = _TEXT if media == CSV else _TEXT | {"format": "binary"}
    named = {"Content-Disposition": {"description": "The name to store it under.", "schema": _TEXT}}
    return {
        200: {
            "description": what,
            "content": {media: {"schema": schema}},
            "headers": VALIDATORS | named,
        },
        304: {"description": "The copy that you have is still right.", "headers": VALIDATORS},
    }
