"""People: groups that hold somebody, participants, and substitutes where they are needed."""

from __future__ import annotations

from collections.abc import Iterator

from plsched.money import dollars, pay
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Participants
from plsched.scenario.models.observation import Observation
from plsched.scenario.rules.book import Book
from plsched.scenario.rules.problem import Problem, error, warning


def empty_groups(book: Book) -> Iterator[Problem]:
    """See that groups have members."""
    for at, group in enumerate(book.scenario.groups):
        if not book.directory.members[group.id]:
            message = f"the group {group.id!r} has no members"
            remedy = "Name members, describe them by 'where', or name the group in educators' rows."
            yield warning("empty-group", ("groups", at), group.id, message, remedy)


def no_participants(book: Book) -> Iterator[Problem]:
    """Somebody takes part in every engagement and task."""
    for path, item in book.items:
        if isinstance(item, Participants) and not book.people(item):
            message = f"nobody takes part in {item.id!r}"
            remedy = "Name groups that have members, or educators."
            yield error("no-participants", path, item.id, message, remedy)


def visitors_of_the_site(book: Book) -> Iterator[Problem]:
    """Observers and hosts of an observation work at its site on some day."""
    for path, item in book.items:
        if not isinstance(item, Observation):
            continue
        for field, groups in (("observers", item.observers), ("hosts", item.hosts)):
            for at, group in enumerate(groups):
                if field == "observers" and item.from_other_sites:
                    continue
                for person in book.directory.members[group]:
                    if item.site not in book.sites_of(person):
                        message = f"{person!r} never works at {item.site!r}, so takes no part there"
                        remedy = "Take them out of the group, or add the site to their other_sites."
                        if field == "observers":
                            remedy += " Observers who come over need from_other_sites: true."
                        yield warning("not-at-site", (*path, field, at), person, message, remedy)


def minimum_over_a_day(book: Book) -> Iterator[Problem]:
    """See that the minimum of a hire by the period or hour costs no more than a whole day."""
    subs = book.scenario.substitutes
    if subs is None or subs.day_cents is None:
        return
    least = {
        "minimum_periods": (subs.period_cents or 0) * subs.minimum_periods,
        "minimum_min": pay(subs.hour_cents or 0, subs.minimum_min),
    }
    for name, cents in least.items():
        if cents > subs.day_cents:
            message = (
                f"with {name} a substitute costs at least {dollars(cents)}, and a whole day "
                f"{dollars(subs.day_cents)}: nobody would be hired so"
            )
            remedy = f"Look at {name} and its price, or leave both out."
            yield warning("minimum-over-a-day", ("substitutes", name), cents, message, remedy)


def coachees_of_one_site(book: Book) -> Iterator[Problem]:
    """See that groups of coachees have members, all with the same home site."""
    for path, item in book.items:
        if not isinstance(item, Coaching):
            continue
        for at, group in enumerate(item.coachees):
            members = book.directory.members[group]
            sites = {book.directory.educators[person].site for person in members}
            place = (*path, "coachees", at)
            if not members:
                message = f"the group of coachees {group!r} has no members"
                yield error("empty-coachees", place, group, message, "Give it members.")
            elif len(sites) > 1:
                listed = ", ".join(sorted(sites))
                message = f"the members of {group!r} have different home sites: {listed}"
                remedy = "Make a group of coachees for each site."
                yield error("coachees-of-many-sites", place, group, message, remedy)


def missing_pools(book: Book) -> Iterator[Problem]:
    """Sites from whose classes an item takes people have a pool of substitutes."""
    pools = book.directory.pools
    for path, item in book.items:
        if not item.release and not isinstance(item, Observation):
            continue
        people = [book.directory.educators[person] for person in book.people(item)]
        bare = sorted({e.site for e in people if book.teaches(e) and e.site not in pools})
        if bare:
            listed = ", ".join(bare)
            message = f"{item.id!r} takes people out of classes, but no substitutes serve {listed}"
            remedy = "Add the site to a pool in substitutes.pools, or take 'release' away."
            yield warning("no-substitutes", path, listed, message, remedy)
