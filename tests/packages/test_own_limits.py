"""A municipality's own limits: what their numbers may be, and how they end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jobpakke.lib.refusal import Refused
from jobpakke.method.rulebook import RANGES, Limit, Severity, rulebook
from jobpakke.packages.facts import plan_of_version
from jobpakke.packages.models import RuleOverride
from jobpakke.packages.rules import check_plan, rules_of
from jobpakke.packages.services import end_rule, override_rule
from tests.builders import DAY, Cast, draft

pytestmark = pytest.mark.django_db
NEXT = DAY + timedelta(days=1)


def own(cast: Cast, limit: Limit, **more: Any) -> RuleOverride:
    arguments = {"severity": Severity.WARN, "starts_on": DAY, "reason": "Byrådet", "on": DAY, **more}
    return override_rule(actor=cast.anna, municipality=cast.here, limit=limit, **arguments)


def names(limit: Limit) -> set[str]:
    return {name for entry in rulebook().entries if entry.limit is limit for name in entry.values}


@pytest.mark.parametrize("limit", list(Limit))
def test_no_number_that_is_taken_breaks_a_page(cast: Cast, limit: Limit, client: Client) -> None:
    stairs = draft(cast.bo, cast.her)
    client.force_login(cast.bo)
    for end in (0, 1):
        row = own(cast, limit, values={name: RANGES[name][end] for name in names(limit)})
        check_plan(plan_of_version(stairs.version), on=DAY)
        for url in (reverse("today"), reverse("plan", args=[stairs.version.ref]), reverse("rules")):
            assert client.get(url, {"on": NEXT.isoformat()}).status_code == 200
        end_rule(actor=cast.anna, override=row, ended_on=DAY, on=DAY)


@pytest.mark.parametrize("limit", list(Limit))
def test_numbers_out_of_range_and_of_other_limits_are_refused(cast: Cast, limit: Limit) -> None:
    for name in names(limit):
        least, most = RANGES[name]
        for value in (least - 1, most + 1):
            with pytest.raises(Refused, match="RULE_VALUE_OUT_OF_RANGE"):
                own(cast, limit, values={name: value})
    with pytest.raises(Refused, match="RULE_VALUES_WRONG"):
        own(cast, limit, values={"colour": 1})


def test_an_own_limit_ends_and_the_common_one_holds_again(cast: Cast) -> None:
    row = own(cast, Limit.CONTACT_EVERY, values={"days": 14})
    with pytest.raises(Refused, match="RULE_DATES_REVERSED"):
        end_rule(actor=cast.anna, override=row, ended_on=DAY - timedelta(days=1), on=DAY)
    with pytest.raises(Refused, match="ROLE_LACKS_ACT"):
        end_rule(actor=cast.bo, override=row, ended_on=NEXT, on=DAY)
    ended = end_rule(actor=cast.anna, override=row, ended_on=NEXT, on=DAY)
    rules = rules_of(cast.here.pk, on=DAY)
    assert [rules.value(Limit.CONTACT_EVERY, "days", on=on) for on in (DAY, NEXT)] == [14, 28]
    for again in (row, ended):
        with pytest.raises(Refused, match="RULE_ENDED_ALREADY"):
            end_rule(actor=cast.anna, override=again, ended_on=NEXT, on=DAY)
    assert RuleOverride.objects.count() == 2, "what was known before stays"
    own(cast, Limit.CONTACT_EVERY, values={"days": 21}, starts_on=NEXT)


def test_a_mistake_is_ended_on_its_first_day_and_recorded_anew(cast: Cast, client: Client) -> None:
    row = own(cast, Limit.CONTACT_EVERY, values={"days": 3})
    client.force_login(cast.anna)
    url = reverse("end_rule", args=[row.ref])
    assert url in client.get(reverse("rules")).content.decode()
    assert client.post(url, {"day": DAY.isoformat()}).status_code == 302
    assert rules_of(cast.here.pk, on=DAY).value(Limit.CONTACT_EVERY, "days", on=DAY) == 28
    assert "Byrådet" not in client.get(reverse("rules")).content.decode()
    own(cast, Limit.CONTACT_EVERY, values={"days": 30})
