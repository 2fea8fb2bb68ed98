package peer;

import java.util.List;
import java.util.Map;

/**
 * One way to hold something: its time, its place, and what follows from it.
 *
 * <p>{@code counted} and {@code others} are bodies that it takes besides units of a course; only
 * the former count for limits. {@code own} is what follows whoever is enrolled. {@code parts} are the units of a course that can take part;
 * {@code leads} the experts who can lead, with what they cost.
 */
public record Way(
        int number,
        int coach,
        int week,
        int venue,
        List<Piece> pieces,
        int[] rooms,
        int roomClass,
        Part own,
        int[] counted,
        int[] others,
        Map<Integer, Part> parts,
        Map<Integer, Lesson> leads) {

    /** Minutes of all its pieces. */
    public int minutes() {
        return pieces.stream().mapToInt(p -> p.end() - p.start()).sum();
    }

    public int start() {
        return pieces.get(0).start();
    }

    public int end() {
        return pieces.get(pieces.size() - 1).end();
    }
}
