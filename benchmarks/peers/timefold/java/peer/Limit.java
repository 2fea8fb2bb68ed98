package peer;

/** A cap on what each educator is asked for in a window. */
public record Limit(int number, int unit, int atMost, int[] windowOfDay) {

    public static final int MINUTES = 0;
    public static final int MEETINGS = 1;
    public static final int DAYS_OUT = 2;
}
