package peer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Subs hired at a desk, as cheaply as some number of full days and half-days for the rest allows. */
public record Hires(int people, Money money) {

    static Hires of(Desk desk, List<Need> needs) {
        Map<Integer, Integer> early = new HashMap<>();
        Map<Integer, Integer> late = new HashMap<>();
        for (Need need : needs) {
            (need.morning() ? early : late).merge(need.period(), need.count(), Integer::sum);
        }
        Hires best = null;
        int most = Math.max(peak(early), peak(late)) + up(left(early, 0) + left(late, 0), desk.perDay());
        for (int full = 0; full <= most; full++) {
            Hires found = with(desk, full, early, late);
            if (found != null && (best == null || found.money().cents() < best.money().cents())) {
                best = found;
            }
        }
        return best;
    }

    /** Hire so many for the full day; null if half-days cannot do the rest. */
    private static Hires with(
            Desk desk, int full, Map<Integer, Integer> early, Map<Integer, Integer> late) {
        int morning = half(early, full, desk.perMorning());
        int afternoon = half(late, full, desk.perAfternoon());
        int able = full * desk.perDay() + morning * desk.perMorning() + afternoon * desk.perAfternoon();
        if (morning < 0 || afternoon < 0 || able < left(early, 0) + left(late, 0)) {
            return null;
        }
        long cents = full * desk.fullCents() + (morning + afternoon) * desk.halfCents();
        return new Hires(full + morning + afternoon, new Money(desk.costClass(), cents));
    }

    private static int half(Map<Integer, Integer> periods, int full, int most) {
        int left = left(periods, full);
        if (left == 0) {
            return 0;
        }
        return most == 0 ? -1 : Math.max(peak(periods) - full, up(left, most));
    }

    private static int peak(Map<Integer, Integer> periods) {
        return periods.values().stream().mapToInt(n -> n).max().orElse(0);
    }

    /** What is left of all periods when so many subs are there for each. */
    private static int left(Map<Integer, Integer> periods, int full) {
        return periods.values().stream().mapToInt(n -> Math.max(0, n - full)).sum();
    }

    private static int up(int number, int each) {
        return (number + each - 1) / each;
    }
}
