package peer;

/** A unit (or -1-coach) may begin only after another unit has ended; -1: nobody can end it. */
public record Prerequisite(int unit, int before) {
}
