"""What feeds said before: how often each event changed, when, and what was called off.

A reader takes an event anew only when its SEQUENCE and LAST-MODIFIED rise, and keeps one that
vanishes from a feed for good: so the state is carried from plan to plan, as JSON beside the feeds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from plsched.exports.calendars.cards import Card, Cards
from plsched.exports.calendars.names import FeedKey, key_of

KEPT_DAYS = 30
"""Days for which a called-off event stays in the feeds, as cancelled."""


class Kept(BaseModel):
    """An event through the plans.

    ``card`` is what it says now, or said last; it is dropped once a called-off event leaves the
    feeds, while the ``sequence`` stays, to rise further should the event come back. ``left`` says
    from whose feeds the event went, and when, while it stands for others.
    """

    model_config = ConfigDict(frozen=True)

    sequence: int = 0
    changed_at: AwareDatetime
    card: Card | None
    cancelled_at: AwareDatetime | None = None
    left: dict[str, AwareDatetime] = Field(default_factory=dict)


class FeedState(BaseModel):
    """Every event that the feeds of a district year have shown, by UID.

    ``titles`` are those of everybody's feed, by its key's text; who leaves the district keeps
    theirs, since their feed has to say what is called off.
    """

    model_config = ConfigDict(frozen=True)

    format: int = Field(default=1, ge=1, le=1)
    titles: dict[str, str] = Field(default_factory=dict)
    events: dict[str, Kept] = Field(default_factory=dict)

    def after(self, cards: Cards, titles: Mapping[str, str], changed_at: datetime) -> FeedState:
        """Give the state once a plan's cards replace those before it.

        Parameters
        ----------
        cards
            Events of the new plan.
        titles
            Names of everybody's feed.
        changed_at
            When the plan took effect, aware. Events that say the same as before keep their own
            earlier time and their sequence.
        """
        now = changed_at.astimezone(UTC).replace(microsecond=0)
        events = {uid: _standing(self.events.get(uid), card, now) for uid, card in cards.items()}
        for uid, kept in self.events.items():
            if uid not in events:
                events[uid] = _gone(kept, now)
        left = {key: title for key, title in self.titles.items() if key not in titles}
        return FeedState(titles={**titles, **left}, events=events)

    def readers(self) -> Iterable[FeedKey]:
        """Give everybody in whose feed an event is or was called off."""
        seen: dict[str, None] = {}
        for kept in self.events.values():
            seen |= dict.fromkeys(kept.left)
            if kept.card is not None:
                seen |= dict.fromkeys(kept.card.notes)
        return [key_of(reader) for reader in seen]


def _standing(old: Kept | None, card: Card, now: datetime) -> Kept:
    if old is None:
        return Kept(changed_at=now, card=card)
    before = () if old.card is None else old.card.notes
    left = {reader: at for reader, at in old.left.items() if is_fresh(at, now)}
    left |= dict.fromkeys((r for r in before if r not in card.notes), now)
    left = {reader: at for reader, at in left.items() if reader not in card.notes}
    if old.cancelled_at is None and old.card == card:
        return old.model_copy(update={"left": left})
    return Kept(sequence=old.sequence + 1, changed_at=now, card=card, left=left)


def _gone(old: Kept, now: datetime) -> Kept:
    if old.cancelled_at is None:
        called_off = {"sequence": old.sequence + 1, "changed_at": now, "cancelled_at": now}
        return old.model_copy(update=called_off)
    if is_fresh(old.cancelled_at, now):
        return old
    return old.model_copy(update={"card": None, "left": {}})


def is_fresh(at: datetime, now: datetime) -> bool:
    """Tell whether what was called off at a moment is still shown as cancelled."""
    return now - at <= timedelta(days=KEPT_DAYS)
