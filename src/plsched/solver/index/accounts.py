"""Accounts: what subs and expert days are charged to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from plsched.scenario.directory import AnyItem, Directory
from plsched.scenario.models.learning import Course

POSITION = "position:"


def is_workshop(item: AnyItem) -> bool:
    """Tell whether an item is a stand-alone workshop: a course of one session."""
    return isinstance(item, Course) and item.sessions == 1


def account(item: AnyItem) -> str:
    """Give the account of an item."""
    base = f"{item.pathway}|{item.department or ''}"
    return f"{base}|{item.id}" if is_workshop(item) else base


def sub_account(directory: Directory, item: AnyItem, educator: str) -> str:
    """Give the account that pays the sub of an educator who is released for an item."""
    subs = directory.scenario.substitutes
    if subs is not None and subs.charge == "position":
        return f"{POSITION}{directory.educators[educator].position_fund or ''}"
    return account(item)


def sub_accounts(
    directory: Directory, item: AnyItem, educators: Sequence[str]
) -> Mapping[str, int]:
    """Count, by the account that pays their subs, educators who are released for an item."""
    subs = directory.scenario.substitutes
    if subs is None or subs.charge != "position":
        return {account(item): len(educators)}
    return Counter(sub_account(directory, item, e) for e in educators)


def parts(name: str) -> tuple[str | None, str | None, str | None, str | None]:
    """Take an account apart: pathway, department, workshop, position fund."""
    if name.startswith(POSITION):
        return None, None, None, name.removeprefix(POSITION) or None
    pathway, department, *workshop = name.split("|")
    return pathway, department or None, workshop[0] if workshop else None, None
