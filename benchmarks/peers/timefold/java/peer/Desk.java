package peer;

/** Where subs are hired: a site, a date and an account; most periods of a full day and of halves. */
public record Desk(
        int number, int poolDay, int costClass, long fullCents, long halfCents, int perDay,
        int perMorning, int perAfternoon) {
}
