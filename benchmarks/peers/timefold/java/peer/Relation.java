package peer;

/** All of one source stands after all of another, so many days; -1: no most. */
public record Relation(int later, int earlier, int least, int most, boolean ofLater) {
}
