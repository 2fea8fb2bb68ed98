package peer;

/** Minutes of coaching that a group is to have in its cycles. */
public record Floor(int number, int minutes) {
}
