package peer;

import java.util.List;

/** What it means that some educators take part: what they cost, who covers them, who is out. */
public record Part(List<Money> money, List<Need> needs, int[] out) {
}
