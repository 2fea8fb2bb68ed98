from tests.plan.breaks.breaking import Break, drop
from tests.plan.district import Raw
from tests.plan.handmade import find, move, piece


def _pin(**pin: object) -> Break:
    def change(s: Raw, _p: Raw) -> None:
        s["pins"].append(pin)

    return Break(f"pinned: {pin}", change)


def _frozen(s: Raw) -> None:
    s["policy"]["freeze_before"] = "2027-07-01"


def _moved(s: Raw, p: Raw) -> None:
    _frozen(s)
    move(p, "write/1", "2027-06-16", "09:00")


def _gone(s: Raw, p: Raw) -> None:
    _frozen(s)
    drop(p, "write/1")
    p["left_out"].append(
        {"id": "write", "source": "write", "title": "w", "required": True, "reason": "gone"}
    )


def _other_expert(s: Raw, p: Raw) -> None:
    _frozen(s)
    for k in (1, 2):
        find(p, f"own/s1/{k}")["experts"] = ["X4"]
    s["experts"].append({"id": "X4", "name": "Partner Four", "skills": ["cognitive"]})


def _new(s: Raw, p: Raw) -> None:
    _frozen(s)
    s["tasks"].append(
        {
            **{k: v for k, v in s["tasks"][0].items() if k not in {"cost_cents", "before"}},
            "id": "more",
            "educators": ["c1"],
        }
    )
    p["items"].append(
        {
            "id": "more/1",
            "source": "more",
            "educators": ["c1"],
            "occurrences": [piece("2027-06-30", "09:00", 240)],
        }
    )


BREAKS = (
    _pin(item="num/s1/1", start="2027-08-17T10:00:00-05:00"),
    _pin(item="num/s1/1", start="2027-08-17T08:30:00-06:00"),
    _pin(item="num/s1/1", facility="R2"),
    _pin(item="num/s1/1", experts=["K1"]),
    _pin(item="num/s3/1"),
    _pin(item="plc", present=False),
    _pin(item="walk/r1", present=False),
    _pin(item="num", present=False),
    Break("frozen and moved", _moved, against_good=True),
    Break("frozen and gone", _gone, against_good=True),
    Break("frozen and with another expert", _other_expert, against_good=True),
    Break("new in what is frozen", _new, against_good=True),
)
