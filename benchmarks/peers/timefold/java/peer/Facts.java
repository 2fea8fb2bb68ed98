package peer;

import java.util.List;

/** Tables that constraints look up. */
public record Facts(
        int monday,
        int[] siteOfBody,
        int[] sizeOfBody,
        int[][] limitsOfBody,
        int[][] travel,
        List<Limit> limits,
        long[] cuts,
        int[][] cutsOfClass,
        int[] poolDays,
        List<Desk> desks,
        int[][] rooms,
        int[] seats,
        List<Expert> experts,
        int[][] coaches,
        int[][] schoolDays) {
}
