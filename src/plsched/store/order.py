"""Lists of what has no number of its own: by the moment it was made, then by id."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute


def older(
    made: InstrumentedAttribute[datetime], ids: InstrumentedAttribute[str], at: datetime, last: str
) -> ColumnElement[bool]:
    """Match what comes after a row in a list with the newest first."""
    return or_(made < at, and_(made == at, ids < last))
