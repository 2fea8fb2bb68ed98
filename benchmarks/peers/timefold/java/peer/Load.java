package peer;

import java.util.ArrayList;
import java.util.List;

/** What a sitting asks of somebody in the window of a limit. */
public record Load(int body, int limit, int window, int amount) {

    static List<Load> of(Sitting sitting) {
        Facts facts = Rules.facts;
        List<Load> found = new ArrayList<>();
        for (int number : facts.limitsOfBody()[sitting.body()]) {
            Limit limit = facts.limits().get(number);
            int[] windows = limit.windowOfDay();
            int window = sitting.day() < windows.length ? windows[sitting.day()] : -1;
            boolean counts = window >= 0 && counts(sitting.holding(), number);
            int amount = counts ? amount(limit, sitting) : 0;
            if (amount > 0) {
                found.add(new Load(sitting.body(), number, window, amount));
            }
        }
        return found;
    }

    static long over(int limit, int amount) {
        int step = Rules.facts.limits().get(limit).unit() == Limit.MINUTES ? 60 : 1;
        int over = amount - Rules.facts.limits().get(limit).atMost();
        return over <= 0 ? 0 : (over + step - 1) / step;
    }

    private static boolean counts(Holding holding, int limit) {
        for (int counted : holding.getLimits()) {
            if (counted == limit) {
                return true;
            }
        }
        return false;
    }

    private static int amount(Limit limit, Sitting sitting) {
        Piece piece = sitting.piece();
        return switch (limit.unit()) {
            case Limit.MINUTES -> piece.minutes() == 0 ? 0 : piece.minutes() + 2 * Sums.way(sitting);
            case Limit.MEETINGS -> piece.meetings();
            default -> sitting.out() ? 1 : 0;
        };
    }
}
