package peer;

import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Reads the instance file: tables in a fixed order, each with its name and its number of rows. */
final class Reader {

    private final Tokens in;
    private List<Offer> offers;

    Reader(BufferedReader reader) {
        this.in = new Tokens(reader);
    }

    Timetable read() {
        Timetable made = new Timetable();
        Facts facts = facts();
        Rules.facts = facts;
        offers = rows("offers", this::offer);
        made.enrolments = rows("units", this::enrolment);
        made.holdings = rows("holdings", this::holding);
        made.leads = rows("leads", n -> lead(n, facts));
        made.prerequisites = rows("prerequisites", n -> new Prerequisite(in.number(), in.number()));
        made.trainings = rows("trainings", n -> new Training(in.number(), in.number(), in.number()));
        made.followings = rows("followings", n -> new Following(in.number(), in.number(), in.number()));
        made.relations = rows("relations", n -> new Relation(
            in.number(), in.number(), in.number(), in.number(), in.number() == 1));
        made.floors = rows("floors", n -> new Floor(n, in.number()));
        start(made, facts);
        return made;
    }

    private <T> List<T> rows(String name, IntFunction<T> row) {
        int count = in.table(name);
        List<T> found = new ArrayList<>(count);
        for (int n = 0; n < count; n++) {
            found.add(row.apply(n));
        }
        return found;
    }

    private Facts facts() {
        int monday = in.table("monday");
        int[][] bodies = array("bodies", () -> in.row(2));
        int[][] about = array("limits-of-body", in::list);
        int[][] travel = array("travel", in::list);
        List<Limit> limits = rows("limits", n -> new Limit(n, in.number(), in.number(), in.list()));
        long[] cuts = rows("cuts", n -> in.large()).stream().mapToLong(x -> x).toArray();
        int[][] classes = array("classes", in::list);
        int[] pools = IntStream.of(in.row(in.table("pool-days"))).toArray();
        List<Desk> desks = rows("desks", n -> new Desk(
            n, in.number(), in.number(), in.large(), in.large(), in.number(), in.number(), in.number()));
        int[][] rooms = array("rooms", () -> in.row(5));
        int[] seats = in.row(in.table("licences"));
        List<Expert> experts = rows("experts", n -> new Expert(n, in.number(), in.number(), in.large()));
        int[][] coaches = array("coaches", () -> in.row(4));
        int[][] schoolDays = array("school-days", in::list);
        return new Facts(
            monday, column(bodies, 0), column(bodies, 1), about, travel, limits, cuts, classes, pools,
            desks, rooms, seats, experts, coaches, schoolDays);
    }

    private int[][] array(String name, java.util.function.Supplier<int[]> row) {
        return rows(name, n -> row.get()).toArray(int[][]::new);
    }

    private static int[] column(int[][] rows, int place) {
        return IntStream.range(0, rows.length).map(i -> rows[i][place]).toArray();
    }

    private Offer offer(int n) {
        return new Offer(
            n, in.number(), in.number() == 1, in.number(), in.number(), in.number(), in.number(),
            in.number(), in.number(), in.list());
    }

    private Enrolment enrolment(int n) {
        int size = in.number();
        long reach = in.large();
        boolean required = in.number() == 1;
        int[] bodies = in.list();
        return new Enrolment(n, size, reach, required, bodies, some(in.list(), offers));
    }

    private Holding holding(int n) {
        int kind = in.number();
        int source = in.number();
        int offer = in.number();
        int[] facts = in.row(9);
        long reach = in.large();
        int[] limits = in.list();
        int count = in.number();
        List<Way> ways = new ArrayList<>(count);
        for (int w = 0; w < count; w++) {
            ways.add(way(w));
        }
        return new Holding(n, kind, source, offer < 0 ? null : offers.get(offer), facts, reach, limits, ways);
    }

    private Way way(int n) {
        int coach = in.number();
        int week = in.number();
        int venue = in.number();
        int count = in.number();
        List<Piece> pieces = new ArrayList<>(count);
        for (int p = 0; p < count; p++) {
            pieces.add(new Piece(
                in.number(), in.number(), in.number(), in.number(), in.number() == 1));
        }
        int[] rooms = in.list();
        int roomClass = in.number();
        Part own = part();
        int[] counted = in.list();
        int[] others = in.list();
        Map<Integer, Part> parts = new HashMap<>();
        for (int left = in.number(); left > 0; left--) {
            parts.put(in.number(), part());
        }
        Map<Integer, Lesson> leads = new HashMap<>();
        for (int left = in.number(); left > 0; left--) {
            int expert = in.number();
            leads.put(expert, new Lesson(
                expert, in.number(), in.large(), new Money(in.number(), in.large())));
        }
        return new Way(n, coach, week, venue, pieces, rooms, roomClass, own, counted, others, parts, leads);
    }

    private Part part() {
        List<Money> money = new ArrayList<>();
        for (int left = in.number(); left > 0; left--) {
            money.add(new Money(in.number(), in.large()));
        }
        List<Need> needs = new ArrayList<>();
        for (int left = in.number(); left > 0; left--) {
            needs.add(new Need(in.number(), in.number(), in.number() == 1, in.number()));
        }
        return new Part(money, needs, in.list());
    }

    private Lead lead(int n, Facts facts) {
        return new Lead(n, offers.get(in.number()), some(in.list(), facts.experts()));
    }

    /** Where to start from; -1 for what is open. */
    private void start(Timetable made, Facts facts) {
        if (in.table("start") == 0) {
            return;
        }
        for (Holding h : made.holdings) {
            int way = in.number();
            h.setWay(way < 0 ? null : h.getWays().get(way));
            h.setRoom(in.number());
        }
        for (Enrolment e : made.enrolments) {
            int section = in.number();
            e.setSection(section < 0 ? null : offers.get(section));
        }
        for (Lead l : made.leads) {
            int expert = in.number();
            l.setExpert(expert < 0 ? null : facts.experts().get(expert));
        }
    }

    private static <T> List<T> some(int[] places, List<T> all) {
        return IntStream.of(places).mapToObj(all::get).toList();
    }
}
