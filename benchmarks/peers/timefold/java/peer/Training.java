package peer;

/** Cycles of a programme by a coach begin only after the coach's unit has ended; -1: never. */
public record Training(int source, int coach, int before) {
}
