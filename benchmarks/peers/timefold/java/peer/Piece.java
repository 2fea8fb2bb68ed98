package peer;

/**
 * A piece of time, minutes from the calendar's first midnight; what it counts for limits; whether
 * it needs the facility, which visits of a round do not.
 */
public record Piece(int start, int end, int minutes, int meetings, boolean inside) {

    public Piece(int start, int end, int minutes) {
        this(start, end, minutes, 1, true);
    }

    public int day() {
        return start / 1440;
    }
}
