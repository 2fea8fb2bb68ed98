package peer;

import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.sum;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.sumLong;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.toList;
import static ai.timefold.solver.core.api.score.stream.Joiners.equal;

import ai.timefold.solver.core.api.score.buildin.bendablelong.BendableLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.bi.BiConstraintStream;
import ai.timefold.solver.core.api.score.stream.uni.UniConstraintStream;
import java.util.List;
import java.util.stream.IntStream;

/** The rules as constraint streams; what is not stated here stands on the page of this peer. */
public class Rules implements ConstraintProvider {

    static final int THING = 1000;
    private static final BendableLongScore HARD = BendableLongScore.ofHard(1, 3, 0, 1);
    private static final BendableLongScore REQUIRED = BendableLongScore.ofSoft(1, 3, 0, 1);
    private static final BendableLongScore REACH = BendableLongScore.ofSoft(1, 3, 1, 1);
    private static final BendableLongScore COST = BendableLongScore.ofSoft(1, 3, 2, 1);

    /** Tables of the one problem that this process solves. */
    static volatile Facts facts;

    @Override
    public Constraint[] defineConstraints(ConstraintFactory f) {
        return new Constraint[] {
            people(f), facilities(f), capacity(f), licences(f), able(f), ableToLead(f),
            distinctExperts(f), hours(f), contracts(f), size(f), timed(f), gaps(f), missing(f),
            prerequisites(f), neverPrerequisites(f), trainings(f), neverTrainings(f),
            follows(f), later(f), laterMissing(f), pools(f), coachMinutes(f), caseload(f),
            siteCaseload(f), cyclesInOrder(f), limits(f), funds(f),
            requiredHoldings(f), requiredUnits(f), floors(f), reachOfHoldings(f), reachOfUnits(f), cost(f),
        };
    }

    // ---- what is in force ----

    private UniConstraintStream<Holding> inForce(ConstraintFactory f) {
        return given(f).concat(
            f.forEach(Holding.class)
                .filter(Holding::isTaught)
                .ifExists(Enrolment.class, equal(Holding::getOffer, Enrolment::getSection)));
    }

    private UniConstraintStream<Holding> given(ConstraintFactory f) {
        return f.forEach(Holding.class).filter(h -> !h.isTaught());
    }

    private BiConstraintStream<Enrolment, Holding> taught(ConstraintFactory f) {
        return f.forEach(Enrolment.class)
            .join(Holding.class, equal(Enrolment::getSection, Holding::getOffer));
    }

    private BiConstraintStream<Lead, Holding> led(ConstraintFactory f) {
        return f.forEach(Lead.class).join(inForce(f), equal(Lead::getOffer, Holding::getOffer));
    }

    private UniConstraintStream<Sitting> attended(ConstraintFactory f) {
        return given(f).map(Sums::own).flattenLast(s -> s)
            .concat(taught(f).map(Sums::enrolled).flattenLast(s -> s));
    }

    private UniConstraintStream<Sitting> sittings(ConstraintFactory f) {
        return attended(f).concat(led(f).map(Sums::leading).flattenLast(s -> s));
    }

    // ---- people, places, seats ----

    private Constraint people(ConstraintFactory f) {
        return sittings(f)
            .groupBy(Sitting::body, Sitting::day, toList())
            .penalizeLong(HARD, (body, day, list) -> Sums.clashes(list))
            .asConstraint("people");
    }

    private Constraint facilities(ConstraintFactory f) {
        return inForce(f)
            .filter(h -> h.facility() >= 0)
            .map(Sums::occupied).flattenLast(s -> s)
            .groupBy(Sitting::body, Sitting::day, toList())
            .penalizeLong(HARD, (room, day, list) -> Sums.over(list, facts.rooms()[room][0]))
            .asConstraint("facilities");
    }

    private Constraint capacity(ConstraintFactory f) {
        return taught(f)
            .filter((e, h) -> h.facility() >= 0)
            .groupBy((e, h) -> h, sum((e, h) -> e.getSize()))
            .penalizeLong(HARD, (h, n) -> Math.max(0, n - facts.rooms()[h.facility()][1]))
            .asConstraint("capacity of facilities");
    }

    private Constraint licences(ConstraintFactory f) {
        return given(f).filter(Holding::isSession).map(Sums::seats).flattenLast(s -> s)
            .concat(taught(f).map(Sums::seatsOf).flattenLast(s -> s))
            .groupBy(Sitting::body, Sitting::day, toList())
            .penalizeLong(HARD, (licence, day, list) -> Sums.overSeats(list, facts.seats()[licence]))
            .asConstraint("licences");
    }

    private Constraint able(ConstraintFactory f) {
        return taught(f)
            .filter((e, h) -> !h.getWay().parts().containsKey(e.getNumber()))
            .penalizeLong(HARD, (e, h) -> 1)
            .asConstraint("days of a unit");
    }

    // ---- experts ----

    private Constraint ableToLead(ConstraintFactory f) {
        return led(f)
            .filter((l, h) -> !h.getWay().leads().containsKey(l.getExpert().number()))
            .penalizeLong(HARD, (l, h) -> 1)
            .asConstraint("availability of experts");
    }

    private Constraint distinctExperts(ConstraintFactory f) {
        return f.forEachUniquePair(Lead.class, equal(Lead::getOffer), equal(Lead::getExpert))
            .penalizeLong(HARD, (a, b) -> 1)
            .asConstraint("experts are distinct");
    }

    private UniConstraintStream<Lesson> lessons(ConstraintFactory f) {
        return led(f)
            .filter((l, h) -> h.getWay().leads().containsKey(l.getExpert().number()))
            .map((l, h) -> h.getWay().leads().get(l.getExpert().number()));
    }

    private Constraint hours(ConstraintFactory f) {
        return lessons(f)
            .filter(l -> facts.experts().get(l.expert()).hoursCap() >= 0)
            .groupBy(Lesson::expert, sum(Lesson::minutes))
            .penalizeLong(HARD, (x, n) -> steps(n - facts.experts().get(x).hoursCap(), 60))
            .asConstraint("hours of experts");
    }

    private Constraint contracts(ConstraintFactory f) {
        return lessons(f)
            .filter(l -> facts.experts().get(l.expert()).contractMax() >= 0)
            .groupBy(Lesson::expert, sumLong(Lesson::fee))
            .penalizeLong(HARD, (x, n) -> steps(n - facts.experts().get(x).contractMax(), 10_000))
            .asConstraint("contracts of experts");
    }

    // ---- sections, order ----

    private Constraint size(ConstraintFactory f) {
        return f.forEach(Enrolment.class)
            .groupBy(Enrolment::getSection, sum(Enrolment::getSize))
            .penalizeLong(HARD, (o, n) -> Math.max(0, n - o.size()) + Math.max(0, o.quorum() - n))
            .asConstraint("size of sections");
    }

    /** A session that nobody is enrolled for takes nobody, so that all of them may have a time. */
    private Constraint timed(ConstraintFactory f) {
        return f.forEachIncludingUnassigned(Holding.class)
            .filter(h -> h.isTaught() && h.getWay() == null && !h.getWays().isEmpty())
            .penalizeLong(HARD, h -> 1)
            .asConstraint("sessions have a time");
    }

    private Constraint gaps(ConstraintFactory f) {
        return inForce(f)
            .filter(Holding::isSession)
            .join(Holding.class, equal(Holding::getOffer), equal(Holding::getNext, Holding::getPlace))
            .penalizeLong(HARD, (a, b) -> Sums.gap(a.getWay(), b.getWay(), a.getOffer()))
            .asConstraint("order of a series");
    }

    private Constraint missing(ConstraintFactory f) {
        return f.forEach(Holding.class)
            .filter(h -> h.getBefore() >= 0)
            .ifNotExists(Holding.class, equal(Holding::getBefore, Holding::getNumber))
            .penalizeLong(HARD, h -> 1)
            .asConstraint("nothing without what comes before it");
    }

    private BiConstraintStream<Enrolment, Holding> last(ConstraintFactory f) {
        return taught(f).filter((e, h) -> h.isLast());
    }

    private Constraint prerequisites(ConstraintFactory f) {
        return taught(f)
            .filter((e, h) -> h.isFirst())
            .join(Prerequisite.class, equal((e, h) -> e.getNumber(), Prerequisite::unit))
            .map((e, h, p) -> p.before(), (e, h, p) -> h.getWay().start())
            .join(ends(f), equal((before, start) -> before, Moment::unit))
            .filter((before, start, end) -> end.minute() > start)
            .penalizeLong(HARD, (before, start, end) -> 1)
            .asConstraint("prerequisites");
    }

    private UniConstraintStream<Moment> ends(ConstraintFactory f) {
        return last(f).map((e, h) -> new Moment(e.getNumber(), h.getWay().end()));
    }

    private Constraint neverPrerequisites(ConstraintFactory f) {
        return f.forEach(Enrolment.class)
            .join(Prerequisite.class, equal(Enrolment::getNumber, Prerequisite::unit))
            .ifNotExists(Enrolment.class, equal((e, p) -> p.before(), Enrolment::getNumber))
            .penalizeLong(HARD, (e, p) -> 1)
            .asConstraint("prerequisites missing");
    }

    private BiConstraintStream<Holding, Training> coached(ConstraintFactory f) {
        return given(f)
            .filter(Holding::isCycle)
            .join(Training.class,
                equal(h -> h.getWay().coach(), Training::coach),
                equal(Holding::getSource, Training::source));
    }

    private Constraint trainings(ConstraintFactory f) {
        return coached(f)
            .join(ends(f), equal((h, t) -> t.before(), Moment::unit))
            .filter((h, t, end) -> end.minute() > h.getWay().start())
            .penalizeLong(HARD, (h, t, end) -> 1)
            .asConstraint("own training first");
    }

    private Constraint neverTrainings(ConstraintFactory f) {
        return coached(f)
            .ifNotExists(Enrolment.class, equal((h, t) -> t.before(), Enrolment::getNumber))
            .penalizeLong(HARD, (h, t) -> 1)
            .asConstraint("own training missing");
    }

    private Constraint follows(ConstraintFactory f) {
        return given(f)
            .filter(Holding::isCycle)
            .join(Following.class, equal(Holding::getNumber, Following::holding))
            .join(ends(f), equal((h, w) -> w.unit(), Moment::unit))
            .filter((h, w, end) -> Sums.tooFar(h, w, end.minute()))
            .penalizeLong(HARD, (h, w, end) -> 1)
            .asConstraint("follow-up in time");
    }

    private Constraint later(ConstraintFactory f) {
        return inForce(f)
            .join(Relation.class, equal(Holding::getSource, Relation::later))
            .join(inForce(f), equal((h, r) -> r.earlier(), Holding::getSource))
            .groupBy((h, r, y) -> r, (h, r, y) -> h, toList((h, r, y) -> y))
            .penalizeLong(HARD, Sums::offRelation)
            .asConstraint("relations");
    }

    private Constraint laterMissing(ConstraintFactory f) {
        return inForce(f)
            .join(Relation.class, equal(Holding::getSource, Relation::later))
            .filter((h, r) -> r.ofLater())
            .ifNotExists(inForce(f), equal((h, r) -> r.earlier(), Holding::getSource))
            .penalizeLong(HARD, (h, r) -> 1)
            .asConstraint("relations missing");
    }

    // ---- substitutes ----

    private BiConstraintStream<Integer, List<Need>> desks(ConstraintFactory f) {
        return given(f).map(Sums::needs).flattenLast(s -> s)
            .concat(taught(f).map(Sums::needsOf).flattenLast(s -> s))
            .groupBy(Need::desk, toList());
    }

    private Constraint pools(ConstraintFactory f) {
        return desks(f)
            .groupBy((d, needs) -> facts.desks().get(d).poolDay(),
                sum((d, needs) -> Hires.of(facts.desks().get(d), needs).people()))
            .penalizeLong(HARD, (p, n) -> Math.max(0, n - facts.poolDays()[p]))
            .asConstraint("substitutes of a day");
    }

    // ---- coaching ----

    private Constraint coachMinutes(ConstraintFactory f) {
        return given(f).filter(Holding::isCycle).map(Sums::meetings).flattenLast(s -> s)
            .groupBy(Sitting::body, s -> s.day() / 7, sum(s -> s.piece().minutes()))
            .penalizeLong(HARD, (c, week, n) -> steps(n - facts.coaches()[c][1], 30))
            .asConstraint("minutes of coaches");
    }

    private Constraint caseload(ConstraintFactory f) {
        return given(f).filter(Holding::isCycle).map(Sums::weeks).flattenLast(s -> s)
            .groupBy(Sitting::body, s -> s.piece().start(), sum(s -> 1))
            .penalizeLong(HARD, (c, week, n) -> Math.max(0, n - facts.coaches()[c][2]))
            .asConstraint("caseload");
    }

    private Constraint siteCaseload(ConstraintFactory f) {
        return given(f)
            .filter(h -> h.isCycle() && facts.coaches()[h.getWay().coach()][3] >= 0)
            .map(Sums::weeks).flattenLast(s -> s)
            .groupBy(Sitting::body, s -> s.piece().start(), Sitting::venue, sum(s -> 1))
            .penalizeLong(HARD, (c, week, site, n) -> Math.max(0, n - facts.coaches()[c][3]))
            .asConstraint("caseload at a site");
    }

    private Constraint cyclesInOrder(ConstraintFactory f) {
        return f.forEach(Holding.class)
            .filter(h -> !h.isSession() && h.getBefore() >= 0)
            .join(Holding.class, equal(Holding::getBefore, Holding::getNumber))
            .filter(Sums::begunTooSoon)
            .penalizeLong(HARD, (after, before) -> 1)
            .asConstraint("rounds and cycles in order");
    }

    // ---- limits and money ----

    private Constraint limits(ConstraintFactory f) {
        return attended(f)
            .filter(Sitting::counted)
            .map(Load::of).flattenLast(s -> s)
            .groupBy(Load::body, Load::limit, Load::window, sum(Load::amount))
            .penalizeLong(HARD, (body, limit, window, n) -> Load.over(limit, n))
            .asConstraint("limits");
    }

    private UniConstraintStream<Money> money(ConstraintFactory f) {
        return inForce(f).map(Sums::money).flattenLast(s -> s)
            .concat(taught(f).map(Sums::moneyOf).flattenLast(s -> s))
            .concat(lessons(f).map(Lesson::money))
            .concat(desks(f).map((d, needs) -> Hires.of(facts.desks().get(d), needs).money()))
            .filter(m -> m.cents() > 0);
    }

    private Constraint funds(ConstraintFactory f) {
        return money(f)
            .groupBy(Money::costClass, sumLong(Money::cents))
            .map((k, cents) -> IntStream.of(facts.cutsOfClass()[k])
                .mapToObj(cut -> new Money(cut, cents)).toList())
            .flattenLast(s -> s)
            .groupBy(Money::costClass, sumLong(Money::cents))
            .penalizeLong(HARD, (cut, cents) -> steps(cents - facts.cuts()[cut], 10_000))
            .asConstraint("funds");
    }

    private Constraint cost(ConstraintFactory f) {
        return money(f).penalizeLong(COST, Money::cents).asConstraint("cost");
    }

    // ---- what is asked for ----

    private Constraint requiredHoldings(ConstraintFactory f) {
        return musts(f)
            .filter((h, n) -> h.isRequired())
            .rewardLong(REQUIRED, (h, n) -> Sums.share(THING, h, n))
            .asConstraint("required items");
    }

    private Constraint requiredUnits(ConstraintFactory f) {
        return f.forEach(Enrolment.class)
            .filter(Enrolment::isRequired)
            .rewardLong(REQUIRED, e -> THING)
            .asConstraint("required units");
    }

    private Constraint floors(ConstraintFactory f) {
        return given(f)
            .filter(h -> h.getFloor() >= 0)
            .groupBy(Holding::getFloor, sum(h -> h.getWay().minutes()))
            .join(Floor.class, equal((floor, n) -> floor, Floor::number))
            .filter((floor, n, rule) -> n >= rule.minutes())
            .rewardLong(REQUIRED, (floor, n, rule) -> THING)
            .asConstraint("floors of coaching");
    }

    private Constraint reachOfHoldings(ConstraintFactory f) {
        return given(f)
            .filter(h -> h.getReach() > 0)
            .rewardLong(REACH, Sums::reach)
            .asConstraint("reach of items");
    }

    private Constraint reachOfUnits(ConstraintFactory f) {
        return f.forEach(Enrolment.class)
            .filter(e -> !e.isRequired())
            .rewardLong(REACH, Enrolment::getReach)
            .asConstraint("reach of units");
    }

    /** The first must of each series that has one, with how many of them stand. */
    private BiConstraintStream<Holding, Integer> musts(ConstraintFactory f) {
        return given(f)
            .filter(Holding::isMust)
            .groupBy(Holding::getMustKey, toList())
            .map((key, list) -> list.get(0), (key, list) -> list.size());
    }

    private static long steps(long over, long step) {
        return over <= 0 ? 0 : (over + step - 1) / step;
    }
}
