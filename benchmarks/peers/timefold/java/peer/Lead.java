package peer;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.List;

/** A place on the team of experts of an offer. */
@PlanningEntity
public class Lead {

    @PlanningId
    private int number;
    private Offer offer;
    private List<Expert> candidates;

    @PlanningVariable
    private Expert expert;

    public Lead() {
    }

    public Lead(int number, Offer offer, List<Expert> candidates) {
        this.number = number;
        this.offer = offer;
        this.candidates = candidates;
    }

    @ValueRangeProvider
    public List<Expert> getCandidates() {
        return candidates;
    }

    public int getNumber() {
        return number;
    }

    public Offer getOffer() {
        return offer;
    }

    public Expert getExpert() {
        return expert;
    }

    public void setExpert(Expert expert) {
        this.expert = expert;
    }
}
