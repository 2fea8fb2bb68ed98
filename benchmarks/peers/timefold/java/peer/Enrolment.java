package peer;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.List;

/** A unit of a course: the section that it is in, if any. */
@PlanningEntity
public class Enrolment {

    @PlanningId
    private int number;
    private int size;
    private long reach;
    private boolean required;
    private int[] bodies;
    private List<Offer> sections;

    @PlanningVariable(allowsUnassigned = true)
    private Offer section;

    public Enrolment() {
    }

    public Enrolment(
            int number, int size, long reach, boolean required, int[] bodies, List<Offer> sections) {
        this.number = number;
        this.size = size;
        this.reach = reach;
        this.required = required;
        this.bodies = bodies;
        this.sections = sections;
    }

    @ValueRangeProvider
    public List<Offer> getSections() {
        return sections;
    }

    public int getNumber() {
        return number;
    }

    public int getSize() {
        return size;
    }

    public long getReach() {
        return reach;
    }

    public boolean isRequired() {
        return required;
    }

    public int[] getBodies() {
        return bodies;
    }

    public Offer getSection() {
        return section;
    }

    public void setSection(Offer section) {
        this.section = section;
    }
}
