package peer;

/** The minute at which a unit ends. */
public record Moment(int unit, int minute) {
}
