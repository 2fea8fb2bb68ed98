package peer;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.List;

/** A session, a series with a pattern, an observation round or a coaching cycle: when and where. */
@PlanningEntity
public class Holding {

    public static final int SESSION = 0;
    public static final int ROUND = 1;
    public static final int CYCLE = 2;

    @PlanningId
    private int number;
    private int kind;
    private int source;
    private Offer offer;
    private int place;
    private int musts;
    private boolean must;
    private boolean required;
    private long reach;
    private int site;
    private int weeks;
    private int before;
    private boolean pattern;
    private int floor;
    private int[] limits;
    private List<Way> ways;
    private List<Integer> choices;

    @PlanningVariable(allowsUnassigned = true)
    private Way way;
    @PlanningVariable
    private Integer room;

    public Holding() {
    }

    /** Numbers as the instance file has them; see the page of this peer. */
    public Holding(
            int number, int kind, int source, Offer offer, int[] facts, long reach, int[] limits,
            List<Way> ways) {
        this.number = number;
        this.kind = kind;
        this.source = source;
        this.offer = offer;
        this.place = facts[0];
        this.musts = facts[1];
        this.must = facts[2] == 1;
        this.required = facts[3] == 1;
        this.site = facts[4];
        this.weeks = facts[5];
        this.before = facts[6];
        this.pattern = facts[7] == 1;
        this.floor = facts[8];
        this.reach = reach;
        this.limits = limits;
        this.ways = ways;
        int most = ways.stream().mapToInt(w -> w.rooms().length).max().orElse(1);
        this.choices = java.util.stream.IntStream.range(0, Math.max(1, most)).boxed().toList();
        this.room = 0;
    }

    @ValueRangeProvider
    public List<Way> getWays() {
        return ways;
    }

    @ValueRangeProvider
    public List<Integer> getChoices() {
        return choices;
    }

    /** Facility class in use, or -1: a choice counts round the classes of the way. */
    public int facility() {
        int[] rooms = way.rooms();
        return rooms.length == 0 ? -1 : rooms[room % rooms.length];
    }

    public boolean isSession() {
        return kind == SESSION;
    }

    public boolean isCycle() {
        return kind == CYCLE;
    }

    /** Of a section of a course: it is in force when somebody is enrolled. */
    public boolean isTaught() {
        return offer != null && offer.course();
    }

    /** A whole series in one: its reach counts by the minute. */
    public boolean isPattern() {
        return pattern;
    }

    /** Holdings of one offer stand together; a round or a cycle stands alone. */
    public int getMustKey() {
        return offer == null ? -1 - number : offer.number();
    }

    public boolean isLast() {
        return offer != null && place == offer.sessions() - 1;
    }

    public boolean isFirst() {
        return place == 0;
    }

    public int getNumber() {
        return number;
    }

    public int getKind() {
        return kind;
    }

    public int getSource() {
        return source;
    }

    public Offer getOffer() {
        return offer;
    }

    public int getPlace() {
        return place;
    }

    public int getNext() {
        return place + 1;
    }

    public int getMusts() {
        return musts;
    }

    public boolean isMust() {
        return must;
    }

    public boolean isRequired() {
        return required;
    }

    public long getReach() {
        return reach;
    }

    public int getSite() {
        return site;
    }

    public int getWeeks() {
        return weeks;
    }

    public int getBefore() {
        return before;
    }

    public int getFloor() {
        return floor;
    }

    public int[] getLimits() {
        return limits;
    }

    public Way getWay() {
        return way;
    }

    public void setWay(Way way) {
        this.way = way;
    }

    public Integer getRoom() {
        return room;
    }

    public void setRoom(Integer room) {
        this.room = room;
    }
}
