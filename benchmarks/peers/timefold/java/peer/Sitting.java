package peer;

/** Somebody, or several who are alike, taken for a piece of time; whether classes are left for it. */
public record Sitting(
        int body, Piece piece, int venue, Holding holding, boolean counted, boolean out) {

    public Sitting(int body, Piece piece, int venue, Holding holding) {
        this(body, piece, venue, holding, false, false);
    }

    public int day() {
        return piece.day();
    }
}
