package peer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What follows from single decisions, and how far lists of them are off a rule. */
final class Sums {

    private static final int[] NOBODY = {};

    private Sums() {
    }

    // ---- who is taken ----

    static List<Sitting> own(Holding h) {
        List<Sitting> found = new ArrayList<>();
        add(found, h, h.getWay().counted(), true, h.getWay().own().out());
        add(found, h, h.getWay().others(), false, NOBODY);
        return found;
    }

    static List<Sitting> enrolled(Enrolment e, Holding h) {
        List<Sitting> found = new ArrayList<>();
        Part part = h.getWay().parts().get(e.getNumber());
        add(found, h, e.getBodies(), true, part == null ? NOBODY : part.out());
        return found;
    }

    static List<Sitting> leading(Lead l, Holding h) {
        List<Sitting> found = new ArrayList<>();
        add(found, h, new int[] {l.getExpert().body()}, false, NOBODY);
        return found;
    }

    private static void add(
            List<Sitting> found, Holding h, int[] bodies, boolean counted, int[] out) {
        for (Piece piece : h.getWay().pieces()) {
            for (int body : bodies) {
                boolean away = (h.isSession() || !piece.inside()) && has(out, body);
                found.add(new Sitting(body, piece, h.getWay().venue(), h, counted, away));
            }
        }
    }

    static long clashes(List<Sitting> list) {
        if (list.size() < 2) {
            return 0;
        }
        List<Sitting> sorted = new ArrayList<>(list);
        sorted.sort(Comparator.comparingInt(s -> s.piece().start()));
        long found = 0;
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = i + 1; j < sorted.size(); j++) {
                found += clash(sorted.get(i), sorted.get(j)) ? 1 : 0;
            }
        }
        return found;
    }

    /** Overlap, or too little time on the way; pieces of one holding never do. */
    private static boolean clash(Sitting early, Sitting late) {
        if (early.holding() == late.holding()) {
            return false;
        }
        int between = late.piece().start() - early.piece().end();
        boolean moves = early.venue() >= 0 && late.venue() >= 0;
        return between < 0 || (moves && between < Rules.facts.travel()[early.venue()][late.venue()]);
    }

    // ---- facilities and seats: the body is the facility class or licence ----

    static List<Sitting> occupied(Holding h) {
        int room = h.facility();
        int[] facts = Rules.facts.rooms()[room];
        List<Sitting> found = new ArrayList<>();
        for (Piece p : h.getWay().pieces()) {
            if (p.inside()) {
                Piece longer = new Piece(p.start() - facts[2], p.end() + facts[3], 0);
                found.add(new Sitting(room, longer, -1, h));
            }
        }
        return found;
    }

    static List<Sitting> seats(Holding h) {
        return seats(h, h.getWay().counted());
    }

    static List<Sitting> seatsOf(Enrolment e, Holding h) {
        return seats(h, e.getSize());
    }

    private static List<Sitting> seats(Holding h, int[] bodies) {
        int people = 0;
        for (int body : bodies) {
            people += Rules.facts.sizeOfBody()[body];
        }
        return seats(h, people);
    }

    private static List<Sitting> seats(Holding h, int people) {
        List<Sitting> found = new ArrayList<>();
        int licence = h.getOffer() == null ? -1 : h.getOffer().licence();
        if (licence >= 0) {
            for (Piece p : h.getWay().pieces()) {
                found.add(new Sitting(licence, new Piece(p.start(), p.end(), people), -1, h));
            }
        }
        return found;
    }

    static long over(List<Sitting> list, int most) {
        return peak(list, false, most);
    }

    static long overSeats(List<Sitting> list, int most) {
        return peak(list, true, most);
    }

    /** How many more are there at some moment than may be. */
    private static long peak(List<Sitting> list, boolean people, int most) {
        long worst = 0;
        for (Sitting at : list) {
            long here = 0;
            for (Sitting s : list) {
                boolean then = s.piece().start() <= at.piece().start() && at.piece().start() < s.piece().end();
                here += then ? (people ? s.piece().minutes() : 1) : 0;
            }
            worst = Math.max(worst, here);
        }
        return Math.max(0, worst - most);
    }

    // ---- order ----

    static long gap(Way before, Way after, Offer offer) {
        int days = after.pieces().get(0).day() - before.pieces().get(0).day();
        boolean late = offer.most() >= 0 && days > offer.most();
        return days < offer.least() || late || after.start() < before.end() ? 1 : 0;
    }

    static boolean begunTooSoon(Holding after, Holding before) {
        if (after.getKind() == Holding.ROUND) {
            int days = after.getWay().pieces().get(0).day() - before.getWay().pieces().get(0).day();
            return days < Math.max(1, after.getWeeks());
        }
        return after.getWay().week() < before.getWay().week() + 7 * before.getWeeks();
    }

    static boolean tooFar(Holding cycle, Following rule, int end) {
        int[] until = Rules.facts.schoolDays()[cycle.getSite()];
        int start = cycle.getWay().start();
        return end > start || until[start / 1440 + 1] - until[(end - 1) / 1440 + 1] > rule.schoolDays();
    }

    static long offRelation(Relation rule, Holding later, List<Holding> earlier) {
        int end = earlier.stream().mapToInt(y -> y.getWay().end()).max().orElseThrow();
        int days = later.getWay().start() / 1440 - (end - 1) / 1440;
        boolean far = rule.most() >= 0 && later.isFirst() && days > rule.most();
        return later.getWay().start() < end || days < rule.least() || far ? 1 : 0;
    }

    // ---- substitutes, coaches ----

    static List<Need> needs(Holding h) {
        return h.getWay().own().needs();
    }

    static List<Need> needsOf(Enrolment e, Holding h) {
        Part part = h.getWay().parts().get(e.getNumber());
        return part == null ? List.of() : part.needs();
    }

    static List<Sitting> meetings(Holding h) {
        List<Sitting> found = new ArrayList<>();
        int monday = Rules.facts.monday();
        for (Piece p : h.getWay().pieces()) {
            int shift = monday * 1440;
            Piece shifted = new Piece(p.start() + shift, p.end() + shift, p.end() - p.start());
            found.add(new Sitting(h.getWay().coach(), shifted, h.getSite(), h));
        }
        return found;
    }

    /** The weeks in which a cycle runs; the start of a piece is the week's number. */
    static List<Sitting> weeks(Holding h) {
        List<Sitting> found = new ArrayList<>();
        int first = (h.getWay().week() + Rules.facts.monday()) / 7;
        for (int week = first; week < first + h.getWeeks(); week++) {
            found.add(new Sitting(h.getWay().coach(), new Piece(week, week, 0), h.getSite(), h));
        }
        return found;
    }

    // ---- limits and money ----

    static int way(Sitting s) {
        return s.venue() < 0 ? 0 : Rules.facts.travel()[Rules.facts.siteOfBody()[s.body()]][s.venue()];
    }

    private static boolean has(int[] bodies, int body) {
        for (int other : bodies) {
            if (other == body) {
                return true;
            }
        }
        return false;
    }

    static List<Money> money(Holding h) {
        List<Money> found = new ArrayList<>(h.getWay().own().money());
        int room = h.facility();
        int rate = room < 0 ? 0 : Rules.facts.rooms()[room][4];
        if (rate > 0) {
            int purse = h.getWay().roomClass();
            for (Piece p : h.getWay().pieces()) {
                long cents = p.inside() ? (rate * (long) (p.end() - p.start()) + 30) / 60 : 0;
                found.add(new Money(purse, cents));
            }
        }
        return found;
    }

    static List<Money> moneyOf(Enrolment e, Holding h) {
        Part part = h.getWay().parts().get(e.getNumber());
        return part == null ? List.of() : part.money();
    }

    // ---- what is asked for ----

    /** A series that is not complete counts half. */
    static long share(long whole, Holding h, int standing) {
        long part = whole * standing / h.getMusts();
        return standing < h.getMusts() ? part / 2 : part;
    }

    static long reach(Holding h) {
        return h.isCycle() || h.isPattern() ? h.getReach() * h.getWay().minutes() : h.getReach();
    }
}
