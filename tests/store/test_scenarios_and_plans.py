"""What goes into the store comes out the same."""

from datetime import date, timedelta

import pytest

from plsched.access import LOCAL_TENANT, local
from plsched.errors import NotStored
from plsched.scenario.models.records import Records
from plsched.store import Database, PlanStore, ScenarioStore, StoredPlan, StoredScenario
from tests import tiny


def test_a_scenario_is_kept_once(database: Database) -> None:
    store = ScenarioStore(database, LOCAL_TENANT)
    first, is_new = store.add(tiny.scenario(), by=local(), now=tiny.NOW)
    again, is_new_again = store.add(tiny.scenario(), by=local(), now=tiny.NOW + timedelta(days=1))
    assert (is_new, is_new_again) == (True, False)
    assert first == again == StoredScenario(first.id, "Two teachers, one course", tiny.NOW, "local")
    assert store.content(first.id) == tiny.scenario()
    assert store.page(limit=10) == ([first], 1)


def test_later_records_make_another_content(database: Database) -> None:
    store = ScenarioStore(database, LOCAL_TENANT)
    first, _ = store.add(tiny.scenario(), by=local(), now=tiny.NOW)
    later = tiny.scenario().model_copy(update={"records": Records(as_of=date(2027, 10, 1))})
    second, is_new = store.add(later, by=local(), now=tiny.NOW)
    assert is_new
    assert store.content(second.id) == later
    assert store.content(first.id) == tiny.scenario()


def test_the_id_of_a_scenario_tells_nothing_of_its_content(database: Database) -> None:
    """Who knows all but a salary could compare the hash of each that there may be."""
    store = ScenarioStore(database, LOCAL_TENANT)
    kept, _ = store.add(tiny.scenario(), by=local(), now=tiny.NOW)
    other, _ = store.add(tiny.scenario(name="Other"), by=local(), now=tiny.NOW)
    assert len({kept.id, other.id, tiny.plan().scenario_hash}) == 3
    assert len(bytes.fromhex(kept.id)) * 8 == 128


def test_a_plan_comes_back_to_the_byte(database: Database) -> None:
    scenario, _ = ScenarioStore(database, LOCAL_TENANT).add(
        tiny.scenario(), by=local(), now=tiny.NOW
    )
    store = PlanStore(database, LOCAL_TENANT)
    key = store.add(tiny.plan(), scenario_id=scenario.id, run_id=None, now=tiny.NOW)
    record = StoredPlan(key, scenario.id, "Two teachers, one course", None, "OPTIMAL", tiny.NOW)
    assert store.get(key) == record
    assert store.content(key).model_dump_json() == tiny.plan().model_dump_json()
    assert store.page(limit=10) == ([record], 1)
    assert store.page(limit=10, after=key) == ([], 1)


def test_plan_ids_cannot_be_guessed(database: Database) -> None:
    scenario, _ = ScenarioStore(database, LOCAL_TENANT).add(
        tiny.scenario(), by=local(), now=tiny.NOW
    )
    store = PlanStore(database, LOCAL_TENANT)
    keys = {
        store.add(tiny.plan(), scenario_id=scenario.id, run_id=None, now=tiny.NOW) for _ in range(2)
    }
    assert len(keys) == 2
    assert {len(bytes.fromhex(key)) * 8 for key in keys} == {128}


def test_what_is_not_there_is_said_so(database: Database) -> None:
    with pytest.raises(NotStored, match="no scenario has the id 'x'"):
        ScenarioStore(database, LOCAL_TENANT).get("x")
    with pytest.raises(NotStored, match="no scenario has the id 'x'"):
        ScenarioStore(database, LOCAL_TENANT).content("x")
    with pytest.raises(NotStored, match="no plan has the id 'x'"):
        PlanStore(database, LOCAL_TENANT).get("x")
    with pytest.raises(NotStored, match="no plan has the id 'x'"):
        PlanStore(database, LOCAL_TENANT).content("x")
