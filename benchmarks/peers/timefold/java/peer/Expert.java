package peer;

/** Somebody who leads; -1 where there is no cap. */
public record Expert(int number, int body, int hoursCap, long contractMax) {
}
