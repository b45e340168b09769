from __future__ import annotations

import pytest

from bot.telegram.limits import Admission, Allowance


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_so_many_at_once_then_so_many_a_second() -> None:
    clock = Clock()
    allowance = Allowance(2, 0.5, clock)

    assert allowance.take(1).granted
    assert allowance.take(1).granted
    assert allowance.take(1) == Admission(False, wait=2.0, first_refusal=True)
    assert allowance.take(1) == Admission(False, wait=2.0, first_refusal=False)
    clock.now += 2
    assert allowance.take(1).granted
    assert allowance.take(1).first_refusal


def test_one_person_does_not_use_up_another_ones() -> None:
    allowance = Allowance(1, 0.1, Clock())
    allowance.take(1)

    assert not allowance.take(1).granted
    assert allowance.take(2).granted


def test_those_who_have_been_quiet_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Allowance, "MOST_PEOPLE", 2)
    clock = Clock()
    allowance = Allowance(1, 1.0, clock)
    allowance.take(1)
    clock.now += 5
    allowance.take(2)

    allowance.take(3)

    assert set(allowance._buckets) == {2, 3}
