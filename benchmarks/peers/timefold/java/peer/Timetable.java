package peer;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.score.buildin.bendablelong.BendableLongScore;
import java.util.List;

/** The year: levels of the score are hard, then required, reach and cost. */
@PlanningSolution
public class Timetable {

    @PlanningEntityCollectionProperty
    public List<Holding> holdings;
    @PlanningEntityCollectionProperty
    public List<Enrolment> enrolments;
    @PlanningEntityCollectionProperty
    public List<Lead> leads;
    @ProblemFactCollectionProperty
    public List<Prerequisite> prerequisites;
    @ProblemFactCollectionProperty
    public List<Training> trainings;
    @ProblemFactCollectionProperty
    public List<Following> followings;
    @ProblemFactCollectionProperty
    public List<Relation> relations;

    @ProblemFactCollectionProperty
    public List<Floor> floors;

    @PlanningScore(bendableHardLevelsSize = 1, bendableSoftLevelsSize = 3)
    public BendableLongScore score;

    public Timetable() {
    }
}
