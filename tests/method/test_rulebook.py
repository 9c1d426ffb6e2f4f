"""The rulebook's data, and which entry holds when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from jobpakke.lib.periods import Period
from jobpakke.method.rulebook import Entry, Group, Limit, Rulebook, Severity, Verified, entries_of, rulebook

RULES = rulebook()
GOOD = 'limit = "weekly_hours"\nvalues = { hours = 37 }\nsource = "x"\nverified = "own"\nseverity = "stop"\n'


def test_every_limit_has_an_entry_with_a_source() -> None:
    assert {entry.limit for entry in RULES.entries} == set(Limit)
    assert all(entry.source for entry in RULES.entries)


@pytest.mark.parametrize("sector", ["private", "public"])
@pytest.mark.parametrize("limit", Limit)
def test_of_every_limit_it_is_told_for_every_day_what_it_is_or_that_there_is_none(limit: Limit, sector: str) -> None:
    """One whom it concerns; each turn, and the days beside it."""
    days = {day + timedelta(days=more) for day in RULES.turns(limit) for more in (-1, 0, 1)} | {date(2027, 6, 1)}
    for on in days - {date(1899, 12, 31)}:
        told = RULES.told(limit, on=on, group=Group.CLOSE, sector=sector)
        assert told is not None, on
        assert RULES.entry(limit, on=on, group=Group.CLOSE, sector=sector) == (told if told.values else None)


def test_the_main_act_of_2027_is_not_held_against_the_numbers_and_so_stops_nobody() -> None:
    boundary = date(2027, 1, 1)
    of_an_act = [each for each in RULES.entries if "548/2019" in each.source and each.valid.start < boundary]
    assert {each.limit for each in of_an_act} >= {Limit.INTERNSHIP_LENGTH, Limit.SUPPORT_RATIO, Limit.WORK_TRIAL_LENGTH}
    for before in of_an_act:
        assert before.valid.end == boundary
        told = partial(RULES.told, before.limit, group=before.group, sector=before.sector)
        assert told(on=boundary - timedelta(days=1)) == before
        for on in (boundary, boundary + timedelta(days=1)):
            after = told(on=on)
            assert after is not None
            assert (after.values, after.verified, after.severity) == (before.values, Verified.NO, Severity.WARN)
            assert "2027" in after.source


@pytest.mark.parametrize(
    ("limit", "first"),
    [
        (Limit.SUPPORT_RATIO, date(2020, 1, 1)),
        (Limit.FAMILY_TIES, date(2020, 1, 1)),
        (Limit.SAME_PLACE_AGAIN, date(2010, 1, 1)),
    ],
)
def test_a_limit_that_begins_holds_from_its_first_day(limit: Limit, first: date) -> None:
    assert RULES.entry(limit, on=first - timedelta(days=1), group=Group.CLOSE) is None
    assert RULES.entry(limit, on=first, group=Group.CLOSE) is not None
    assert RULES.entry(limit, on=first + timedelta(days=1), group=Group.CLOSE) is not None


def test_an_internship_near_the_labour_market_warned_before_2020_and_stops_since() -> None:
    before = RULES.entry(Limit.INTERNSHIP_LENGTH, on=date(2019, 12, 31), group=Group.CLOSE)
    since = RULES.entry(Limit.INTERNSHIP_LENGTH, on=date(2020, 1, 1), group=Group.CLOSE)
    assert before is not None
    assert since is not None
    assert (before["weeks"], before.severity) == (4, Severity.WARN)
    assert (since["weeks"], since.severity) == (4, Severity.STOP)


def test_a_municipalitys_own_entry_wins_on_its_days() -> None:
    common = RULES.entry(Limit.CONTACT_EVERY, on=date(2026, 3, 1))
    assert common is not None
    days = Period(date(2026, 3, 1), date(2026, 4, 1))
    own = replace(common, values={"days": 14}, valid=days, reason="Tættere kontakt i foråret")
    rules = RULES.with_own([own])
    found = [rules.value(Limit.CONTACT_EVERY, "days", on=on) for on in (date(2026, 2, 28), days.start)]
    assert found == [28, 14]
    assert rules.value(Limit.CONTACT_EVERY, "days", on=date(2026, 3, 31)) == 14
    assert rules.value(Limit.CONTACT_EVERY, "days", on=date(2026, 4, 1)) == 28


def test_numbers_that_an_own_entry_does_not_name_are_the_common_ones() -> None:
    common = RULES.entry(Limit.DRAFT_KEPT, on=date(2026, 3, 1))
    assert common is not None
    rules = RULES.with_own([replace(common, values={"weeks": 4})])
    assert rules.value(Limit.DRAFT_KEPT, "weeks", on=date(2026, 3, 1)) == 4
    assert rules.value(Limit.DRAFT_KEPT, "announced_weeks", on=date(2026, 3, 1)) == common["announced_weeks"]


def test_an_own_entry_is_whole_whatever_it_names_and_whenever_it_holds() -> None:
    for common in RULES.entries:
        for name in common.values:
            own = replace(common, values={name: common[name]}, valid=Period(date(2000, 1, 1)), group=None, sector=None)
            for on in (date(2009, 3, 2), date(2026, 3, 2), date(2027, 3, 2)):
                found = RULES.with_own([own]).entry(common.limit, on=on, group=common.group, sector=common.sector)
                assert found is not None
                assert found[name] == common[name]
                needed = [set(each.values) for each in RULES.entries if each.limit is common.limit and each.values]
                assert set.intersection(*needed) <= set(found.values)


def test_what_does_not_hold_has_no_value() -> None:
    with pytest.raises(KeyError, match="support_ratio"):
        RULES.value(Limit.SUPPORT_RATIO, "per", on=date(2009, 1, 1))
    told = RULES.told(Limit.SUPPORT_RATIO, on=date(2009, 1, 1))
    assert told is not None
    assert (dict(told.values), told.verified) == ({}, Verified.NO)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (GOOD + 'colour = "green"', "unknown: colour"),
        (GOOD.replace('"x"', '" "'), "a source"),
        (GOOD.replace("{ hours = 37 }", "{}"), "a source and values"),
        (GOOD.replace("37", "0"), "out of range: hours"),
        (GOOD.replace("37", "10000"), "out of range: hours"),
        (GOOD.replace("{ hours", "{ colour"), "out of range: colour"),
        (GOOD + "unlimited = true", "or a source and that it is unlimited"),
        (GOOD.replace("37", '"37"'), "whole numbers"),
        (GOOD.replace("weekly_hours", "monthly_hours"), "monthly_hours"),
        (GOOD + "from = 2020-01-01\nto = 2019-01-01", "ends"),
        (GOOD.replace('verified = "own"\n', ""), "verified"),
    ],
)
def test_a_wrong_entry_is_named(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match="a.toml, entry 2") as error:
        list(entries_of(f"[[entry]]\n{GOOD}\n[[entry]]\n{text}", "a.toml"))
    assert wrong in str(error.value)


def test_two_entries_for_the_same_days_are_refused() -> None:
    days = Period(date(2020, 1, 1), date(2021, 1, 1))
    one = Entry(Limit.WEEKLY_HOURS, {"hours": 37}, days, "x", Verified.OWN, Severity.STOP)
    Rulebook([one, replace(one, valid=Period(date(2021, 1, 1))), replace(one, group=Group.CLOSE)])
    with pytest.raises(ValueError, match="two entries"):
        Rulebook([one, replace(one, valid=Period(date(2020, 12, 31)))])
