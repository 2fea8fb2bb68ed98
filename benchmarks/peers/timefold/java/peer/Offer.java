package peer;

/** A section of a course, an engagement, a task: what stands together. */
public record Offer(
        int number, int source, boolean course, int quorum, int size, int least, int most,
        int licence, int sessions, int[] limits) {
}
