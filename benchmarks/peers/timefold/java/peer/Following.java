package peer;

/** A cycle comes after a unit's last session, within so many school days. */
public record Following(int holding, int unit, int schoolDays) {
}
