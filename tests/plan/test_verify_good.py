from plsched.plan.verify import verify
from tests.plan import district, handmade


def test_the_plan_made_by_hand_breaks_nothing() -> None:
    scenario = district.scenario()
    plan = handmade.settle(scenario, handmade.plan(scenario))
    assert [str(violation) for violation in verify(scenario, plan)] == []
