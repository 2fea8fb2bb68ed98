package peer;

/** Releases of a period at a desk (site, date, account), which substitutes cover. */
public record Need(int desk, int period, boolean morning, int count) {
}
