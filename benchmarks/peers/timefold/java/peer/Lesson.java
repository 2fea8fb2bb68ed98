package peer;

/** What an expert gives at a way: minutes, what the contract pays, and who may pay it. */
public record Lesson(int expert, int minutes, long fee, Money money) {
}
