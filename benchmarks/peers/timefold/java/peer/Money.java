package peer;

/** Cents of a cost class: lines that the same funds may pay. */
public record Money(int costClass, long cents) {
}
