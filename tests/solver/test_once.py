"""What an attendance asks is worked out once for each object, whatever else it depends on aside."""

from __future__ import annotations

from plsched.solver.once import Once
from plsched.solver.problem import Attendance, Stay


def attendance(site: str) -> Attendance:
    return ((Stay(site, 0, 0, 60, 0, ("p1",)),),)


def test_it_is_worked_out_once_for_each_attendance_and_what_goes_with_it() -> None:
    asked: list[tuple[str, int]] = []

    def work_out(of: Attendance, rate: int) -> str:
        asked.append((of[0][0].site, rate))
        return f"{of[0][0].site} {rate}"

    once = Once(work_out)
    here, there = attendance("here"), attendance("there")
    for _ in range(3):
        assert (once(here, 1), once(there, 1), once(here, 2)) == ("here 1", "there 1", "here 2")
    assert asked == [("here", 1), ("there", 1), ("here", 2)]


def test_an_attendance_that_is_gone_does_not_answer_for_another_in_its_place() -> None:
    once = Once(lambda of: of[0][0].site)
    assert [once(attendance(site)) for site in ("a", "b", "c")] == ["a", "b", "c"]
