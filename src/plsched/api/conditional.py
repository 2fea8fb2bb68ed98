"""Answers that a reader who has them already does not get again (RFC 9110, section 13)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus

from fastapi import Request, Response

VALIDATORS = {
    "ETag": {"description": "What to send as `If-None-Match`.", "schema": {"type": "string"}},
    "Last-Modified": {"description": "When it last changed.", "schema": {"type": "string"}},
}
"""Headers by which a reader knows its copy again, for the OpenAPI document."""


def conditional(
    request: Request,
    content: bytes,
    media_type: str,
    *,
    changed_at: datetime,
    file_name: str | None = None,
) -> Response:
    """Answer with a file, or with 304 when the reader's copy is the same.

    Parameters
    ----------
    changed_at
        When the content last changed.
    file_name
        Name under which a browser stores it; ``None`` to show it.
    """
    headers = validators(hashlib.sha256(content).hexdigest()[:32], changed_at)
    if is_known(request, headers["ETag"], changed_at):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if file_name is not None:
        headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return Response(content, media_type=media_type, headers=headers)


def validators(tag: str, changed_at: datetime) -> dict[str, str]:
    """Give the headers by which a reader asks again, for a content that ``tag`` tells."""
    return {
        # Weak: the bytes on the way may be compressed.
        "ETag": f'W/"{tag}"',
        "Last-Modified": format_datetime(changed_at.astimezone(UTC), usegmt=True),
        "Cache-Control": "private, no-cache",
    }


def is_known(request: Request, etag: str, changed_at: datetime) -> bool:
    """Tell whether a reader has the content already, by what the request says of it."""
    known = request.headers.get("if-none-match")
    if known is not None:
        tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
        return "*" in tags or etag.removeprefix("W/") in tags
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except (ValueError, OverflowError):
        return False
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return changed_at.replace(microsecond=0) <= moment
