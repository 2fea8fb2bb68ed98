"""Puts a plan together from a solution."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from plsched.plan.costs import account_code, salary_lines
from plsched.plan.models import (
    CostLine,
    ExpertDay,
    LeftOut,
    Occurrence,
    PlanItem,
    Release,
    Substitute,
    Visit,
)
from plsched.scenario.models.learning import Participants, Task
from plsched.scenario.models.observation import Observation
from plsched.solver.decode import chosen as choice
from plsched.solver.decode.chosen import ChosenActivity, ChosenCycle, ChosenRound
from plsched.solver.decode.funding import Funding
from plsched.solver.decode.lines import (
    Classed,
    account_line,
    activity_lines,
    cycle_lines,
    round_lines,
)
from plsched.solver.decode.rooms import name_rooms
from plsched.solver.decode.sub_prices import price
from plsched.solver.decode.subs import NamedSub, Released, name_subs
from plsched.solver.decode.visits import NamedVisit, name_visits
from plsched.solver.index.accounts import account, parts, sub_account
from plsched.solver.index.costing import phase_of
from plsched.solver.model import Model
from plsched.solver.problem import Piece
from plsched.timegrid import to_datetime

ExpertDayKey = tuple[str, int, str]


class Decoder:
    """Reads one solution."""

    def __init__(self, model: Model, values: Sequence[int]) -> None:
        self._model = model
        self._problem = model.problem
        self._directory = model.problem.directory
        self._values = list(values)
        self._activities = choice.activities(model, values)
        self._rounds = choice.rounds(model, values)
        self._cycles = choice.cycles(model, values)
        self._rooms = self._name_rooms()
        self._visits = name_visits(
            self._rounds,
            {
                r.vars.round.id: term.id if term else None
                for r in self._rounds
                for term in [self._directory.term(self._problem.date(r.column.pieces[0].day))]
            },
        )

    def decode(self) -> tuple[tuple[PlanItem, ...], tuple[Substitute, ...], tuple[ExpertDay, ...]]:
        """Give items, subs and expert days, with their cost lines paid to the cent."""
        bare = [
            *(self._session(a) for a in self._activities),
            *(self._observation(r) for r in self._rounds),
            *(self._cycle(c) for c in self._cycles),
        ]
        lines: dict[str, list[Classed]] = {
            **{a.vars.activity.id: activity_lines(self._problem, a) for a in self._activities},
            **{r.vars.round.id: round_lines(self._problem, r) for r in self._rounds},
            **{c.vars.cycle.id: cycle_lines(self._problem, c) for c in self._cycles},
        }
        subs = name_subs(self._problem, self._model.desks, self._values, self._released(bare))
        sub_lines = [self._sub_line(s) for s in subs]
        days = self._expert_day_lines()
        funding = Funding(
            self._problem,
            [
                *(x for table in lines.values() for x in table),
                *(x for x in sub_lines if x is not None),
                *(x for table in days.values() for x in table),
            ],
            self._gates(),
        )
        used: dict[str, list[str]] = defaultdict(list)
        for sub in subs:
            for ident in dict.fromkeys(c.item for c in sub.covers):
                used[ident].append(sub.id)
        items = tuple(
            self._with_costs(item, lines[item.id], funding, used[item.id]) for item in bare
        )
        return (
            tuple(sorted(items, key=lambda i: (i.start, i.id))),
            tuple(
                self._substitute(s, line, funding) for s, line in zip(subs, sub_lines, strict=True)
            ),
            tuple(self._expert_day(key, table, funding) for key, table in days.items()),
        )

    def left_out(self) -> tuple[LeftOut, ...]:
        """List what was asked for and does not stand; the reasons come later."""
        found = []
        for thing in self._model.things:
            if thing.extra or any(self._values[v] for v in thing.literals):
                continue
            reason = "nothing was possible" if thing.refusals else "it did not fit"
            found.append(
                LeftOut(
                    id=thing.id,
                    source=thing.item.id,
                    title=thing.title,
                    required=thing.required,
                    groups=thing.groups,
                    reach_lost=max(thing.reach, default=0),
                    reason=reason,
                )
            )
        return tuple(found)

    def _gates(self) -> frozenset[str]:
        return frozenset(
            course for course, gate in self._model.flows.gate.items() if self._values[gate]
        )

    def _name_rooms(self) -> dict[str, str]:
        uses = [
            (a.vars.activity.id, a.room, a.column.pieces)
            for a in self._activities
            if a.room is not None
        ]
        uses += [
            (
                r.vars.round.id,
                r.room,
                tuple(p for p in r.column.pieces if p.label != "visits"),
            )
            for r in self._rounds
            if r.room is not None
        ]
        return name_rooms(self._problem, uses)

    def _occurrences(self, pieces: Sequence[Piece]) -> tuple[Occurrence, ...]:
        zone = self._directory.scenario.zone
        origin = self._problem.stays.origin
        return tuple(
            Occurrence(
                start=to_datetime(origin, p.start, zone),
                end=to_datetime(origin, p.end, zone),
                label=p.label,
            )
            for p in pieces
        )

    def _session(self, a: ChosenActivity) -> PlanItem:
        bundle = a.vars.bundle.bundle
        item = bundle.item
        units = [bundle.units[u] for u in a.units]
        people = [e for u in units for e in u.members]
        occurrences = self._occurrences(a.column.pieces)
        return PlanItem(
            id=a.vars.activity.id,
            kind="task" if isinstance(item, Task) else "session",
            source=item.id,
            title=item.title,
            section=bundle.section,
            session=a.vars.activity.session,
            start=occurrences[0].start,
            end=occurrences[0].end,
            occurrences=occurrences,
            format=item.format,
            site=a.column.venue,
            facility=self._rooms.get(a.vars.activity.id),
            licence=item.licence,
            groups=item.groups if isinstance(item, Participants) else tuple(u.id for u in units),
            educators=tuple(people),
            experts=tuple(x for x in a.experts if x not in bundle.partners),
            required=item.required,
            pathway=item.pathway,
            department=item.department,
            serves=item.serves,
            phase=phase_of(item),
            releases=self._session_releases(a),
        )

    def _session_releases(self, a: ChosenActivity) -> tuple[Release, ...]:
        bundle = a.vars.bundle.bundle
        found = []
        for u in a.units:
            attendance = a.vars.activity.attendance[u][a.index] or ()
            for members, stays in zip(bundle.units[u].of_profile, attendance, strict=True):
                for piece, stay in zip(a.column.pieces, stays, strict=True):
                    if stay.released:
                        when = self._problem.date(piece.day)
                        found += [
                            Release(educator=e, date=when, periods=stay.released) for e in members
                        ]
        return tuple(sorted(found, key=lambda r: (r.date, r.educator)))

    def _observation(self, r: ChosenRound) -> PlanItem:
        item = r.vars.round.item
        occurrences = self._occurrences(r.column.pieces)
        visits = self._visits[r.vars.round.id]
        when = self._problem.date(r.column.pieces[0].day)
        people = dict.fromkeys((*r.vars.round.observers[r.index], *r.vars.round.hosts[r.index]))
        return PlanItem(
            id=r.vars.round.id,
            kind="observation",
            source=item.id,
            title=item.title,
            session=r.vars.round.number,
            start=occurrences[0].start,
            end=occurrences[0].end,
            occurrences=occurrences,
            site=item.site,
            facility=self._rooms.get(r.vars.round.id),
            groups=tuple(dict.fromkeys((*item.observers, *item.hosts))),
            educators=tuple(people),
            required=item.required,
            pathway=item.pathway,
            department=item.department,
            serves=item.serves,
            phase="delivery",
            releases=tuple(
                Release(educator=e, date=when, periods=periods)
                for e, periods in sorted(self._observer_periods(r, visits).items())
            ),
            visits=tuple(self._visit(item, r, v) for v in visits),
        )

    def _observer_periods(
        self, r: ChosenRound, visits: Sequence[NamedVisit]
    ) -> dict[str, tuple[str, ...]]:
        """Periods that each observer is released from."""
        when = self._problem.date(r.column.pieces[0].day)
        away: dict[str, set[str]] = defaultdict(set)
        for visit in visits:
            for observer in visit.observers:
                away[observer].add(visit.period)
        crowds = r.vars.round.patterns[r.vars.round.pattern[r.index]].crowds
        found = {
            observer: trip.released
            for crowd in crowds
            for trip in crowd.trips
            for observer in crowd.members
            if away.get(observer) == {*trip.visited} and trip.released
        }
        travellers = {e for crowd in crowds if crowd.home is not None for e in crowd.members}
        for observer, periods in away.items():
            if observer in travellers:
                continue
            taught = tuple(p.id for p in self._directory.taught(observer, when) if p.id in periods)
            if taught:
                found[observer] = taught
        return found

    def _visit(self, item: Observation, r: ChosenRound, visit: NamedVisit) -> Visit:
        day = r.column.pieces[0].day
        bell = self._directory.bell(item.site, self._problem.date(day))
        period = next(p for p in bell.periods if p.id == visit.period) if bell else None
        begin = day * 1440 + (period.start_min if period else 0)
        zone = self._directory.scenario.zone
        origin = self._problem.stays.origin
        return Visit(
            period=visit.period,
            start=to_datetime(origin, begin, zone),
            end=to_datetime(origin, begin + item.visit_min, zone),
            host=visit.host,
            observers=visit.observers,
        )

    def _cycle(self, c: ChosenCycle) -> PlanItem:
        cycle = c.vars.cycle
        occurrences = self._occurrences(c.column.column.pieces)
        return PlanItem(
            id=cycle.id,
            kind="cycle",
            source=cycle.item.id,
            title=cycle.item.title,
            session=cycle.number,
            start=occurrences[0].start,
            end=occurrences[0].end,
            occurrences=occurrences,
            site=cycle.site,
            groups=(cycle.group,),
            educators=cycle.members,
            coach=c.column.coach,
            required=cycle.item.required,
            pathway=cycle.item.pathway,
            department=cycle.item.department,
            serves=cycle.item.serves,
            phase="coaching",
        )

    def _released(self, items: Sequence[PlanItem]) -> list[Released]:
        found = []
        for item in items:
            source = self._directory.items[item.source]
            for release in item.releases:
                site = self._directory.site_of(release.educator, release.date)
                day = self._problem.day(release.date)
                purse = sub_account(self._directory, source, release.educator)
                found += [
                    Released(item.id, release.educator, period, (site, day, purse))
                    for period in release.periods
                ]
        return found

    def _sub_line(self, sub: NamedSub) -> Classed | None:
        facts = self._directory.scenario.substitutes
        if facts is None:
            return None
        site, day, purse = sub.desk
        when = self._problem.date(day)
        bell = self._directory.bell(site, when)
        cents, quantity, unit = price(facts, sub, bell)
        return account_line(
            self._problem,
            "substitute",
            purse,
            cents,
            when,
            site=site,
            quantity=quantity,
            unit=unit,
        )

    def _substitute(self, sub: NamedSub, line: Classed | None, funding: Funding) -> Substitute:
        site, day, purse = sub.desk
        return Substitute(
            id=sub.id,
            pool=self._directory.pools[site].id,
            date=self._problem.date(day),
            site=site,
            second_site=sub.second_site,
            shift=sub.shift,
            account=purse,
            covers=tuple(sub.covers),
            cost_lines=self._paid(line, funding, purse) if line is not None else (),
        )

    def _paid(self, line: Classed, funding: Funding, purse: str) -> tuple[CostLine, ...]:
        if not line.line.cash_cents:
            return ()
        workshop = parts(purse)[2]
        return tuple(self._coded(x, workshop) for x in funding.pay(line))

    def _expert_day_lines(self) -> dict[ExpertDayKey, list[Classed]]:
        away: dict[ExpertDayKey, bool] = {}
        for a in self._activities:
            purse = account(a.vars.bundle.bundle.item)
            for expert in a.experts:
                for piece in a.column.pieces:
                    key = (expert, piece.day, purse)
                    away[key] = away.get(key, False) or a.column.venue is not None
        found: dict[ExpertDayKey, list[Classed]] = {}
        for key in sorted(away):
            expert, day, purse = key
            facts = self._directory.experts[expert]
            when = self._problem.date(day)
            lines = []
            if facts.rate is not None and facts.rate.unit == "day" and facts.rate.cents:
                lines.append(
                    account_line(
                        self._problem,
                        "expert_fee",
                        purse,
                        facts.rate.cents,
                        when,
                        obligated=facts.contract_signed,
                    )
                )
            if facts.rate is not None and away[key] and facts.rate.travel_cents_per_day:
                cents = facts.rate.travel_cents_per_day
                lines.append(account_line(self._problem, "expert_travel", purse, cents, when))
            if lines:
                found[key] = lines
        return found

    def _expert_day(self, key: ExpertDayKey, lines: list[Classed], funding: Funding) -> ExpertDay:
        expert, day, purse = key
        return ExpertDay(
            expert=expert,
            date=self._problem.date(day),
            account=purse,
            cost_lines=tuple(x for line in lines for x in self._paid(line, funding, purse)),
        )

    def _with_costs(
        self, item: PlanItem, lines: list[Classed], funding: Funding, subs: list[str]
    ) -> PlanItem:
        cash = [self._coded(x, item.source) for line in lines for x in funding.pay(line)]
        return item.model_copy(
            update={
                "subs": tuple(subs),
                "cost_lines": (*cash, *salary_lines(self._directory, item)),
            }
        )

    def _coded(self, line: CostLine, source: str | None) -> CostLine:
        code = account_code(self._directory.scenario, line, source)
        return line if code is None else line.model_copy(update={"account_code": code})
