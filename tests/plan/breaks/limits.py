from tests.plan.breaks.breaking import Break, edit
from tests.plan.district import Raw


def _more(**limit: object) -> Break:
    def change(s: Raw, _p: Raw) -> None:
        s["limits"].append({"id": "new", **limit})

    return Break(f"{limit}", change)


BREAKS = (
    Break("a day out too many", edit("limits", "out", at_most=1)),
    Break("a meeting in a month too many", edit("limits", "evenings", at_most=5)),
    Break("a minute in a week too many", edit("limits", "hours", at_most=119)),
    Break("a minute of mandatory training too many", edit("limits", "training", at_most=359)),
    Break("a group out too many", edit("limits", "grades", at_most=1)),
    # 60 minutes and twice the way of 20
    _more(educators=["s1"], window="day", unit="minutes", at_most=99),
    # 15 + 30 + 30 on the observation day
    _more(educators=["n3"], window="day", unit="minutes", at_most=74, counts=["observation"]),
    # three conferences of 45 minutes; visits do not count
    _more(educators=["s2"], window="term", unit="minutes", at_most=134, counts=["coaching"]),
    # nine leadership meetings and one observation day
    _more(educators=["n1"], window="year", unit="meetings", at_most=12),
    # two people, two days each, and a third with two
    _more(per="together", window="year", unit="days_out", at_most=5),
)
