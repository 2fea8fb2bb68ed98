from tests.plan.breaks.breaking import Break, edit
from tests.plan.district import Raw, row
from tests.plan.handmade import find, move, piece


def _longer(s: Raw, p: Raw) -> None:
    row(s["tasks"], "survey")["duration_min"] = 60
    find(p, "survey/1")["occurrences"] = [piece("2028-01-11", "15:00", 60)]


def _blackout(*blocks: str, day: str = "2027-09-14", site: str = "north") -> Break:
    def change(s: Raw, _p: Raw) -> None:
        s["calendar"]["blackouts"].append(
            {"id": "closed", "first": day, "last": day, "sites": [site], "blocks": blocks}
        )

    return Break(f"{' and '.join(blocks)} blacked out at {site} on {day}", change)


def _when(table: str, item: str, **values: object) -> Break:
    def change(s: Raw, _p: Raw) -> None:
        row(s[table], item)["when"].update(values)

    return Break(f"{item}: when is {values}", change)


def _early_contract(s: Raw, _p: Raw) -> None:
    row(s["calendar"]["bell_schedules"], "north-day")["contract"]["start"] = "07:50"


def _past_midnight(s: Raw, p: Raw) -> None:
    net = row(s["engagements"], "net")
    net["stipend"] = True
    net["when"]["starts"] = ["10:00", "23:30"]
    move(p, "net/1", "2027-09-17", "23:30")


def _no_pool(s: Raw, _p: Raw) -> None:
    s["substitutes"]["pools"][0]["sites"] = ["south"]


def _briefing_late(_s: Raw, p: Raw) -> None:
    find(p, "walk/r1")["occurrences"][0] = piece("2027-10-19", "07:46", 15, "briefing")


def _observer_teaches(s: Raw, p: Raw) -> None:
    row(s["calendar"]["bell_schedules"], "north-day")["periods"][6]["end"] = "15:10"
    row(s["tasks"], "survey")["when"]["starts"] = ["15:10"]
    move(p, "survey/1", "2028-01-11", "15:10")


BREAKS = (
    Break("on a holiday", lambda _s, p: move(p, "survey/1", "2027-11-23", "15:00")),
    Break("at a clock time not offered", lambda _s, p: move(p, "survey/1", "2028-01-11", "15:05")),
    Break("into the evening without stipend", _longer),
    _when("courses", "num", first="2027-08-18"),
    _when("courses", "num", last="2027-10-01"),
    _when("courses", "num", weekdays=["wed", "fri"]),
    _when("courses", "own", terms=["fall"]),
    _when("observations", "walk", weekdays=["wed"]),
    _when("observations", "walk", day_kinds=["pl"]),
    _blackout("sessions"),
    _blackout("releases"),
    _blackout("sessions", day="2027-10-19"),
    _blackout("releases", day="2027-10-19"),
    Break("no release allowed", edit("courses", "num", release=False)),
    Break("no pool of substitutes", _no_pool, also=frozenset({"cover"})),
    Break("a briefing before contract hours", _early_contract),
    Break("a briefing at another time", _briefing_late),
    Break("an observer teaches during the debriefing", _observer_teaches),
    Break("past midnight", _past_midnight),
)
