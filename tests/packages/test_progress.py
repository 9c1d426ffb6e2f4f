"""Measuring progress, correcting a measure, and a municipality's own questions: what is done, and every refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.method.progress import Answerer, Every
from jobpakke.method.rulebook import Limit, Severity
from jobpakke.packages.models import OwnQuestionnaire, ProgressAnswer, ProgressMeasure
from jobpakke.packages.progress import asked_in, every, in_force, measures_of, spans, with_progress
from jobpakke.packages.questionnaires import (
    Question,
    Words,
    newest_shipped,
    points_of,
    questions_of,
    shipped,
    stored_points,
    stored_questions,
)
from jobpakke.packages.rules import rules_of
from jobpakke.packages.services import correct_measure, override_rule, record_measure, revise_questionnaire
from jobpakke.packages.services.progress import MOST_QUESTIONS, Wording
from tests.builders import DAY, SINCE, Cast, agreed

pytestmark = pytest.mark.django_db
CITIZEN = newest_shipped(Answerer.CITIZEN)
LATER = DAY + timedelta(days=90)


def answered(cast: Cast, day: date = DAY, by: Answerer = Answerer.CITIZEN, **points: int) -> ProgressMeasure:
    asked = in_force(cast.here.pk, by, on=day)
    given = points or {"turns_up": 2, "seeks_work": 1}
    return record_measure(
        actor=cast.bo, citizen=cast.her, questionnaire=asked, points=given, answered_on=day, on=max(day, DAY)
    )


def refused(code: str, verb: Any, **arguments: Any) -> None:
    before = ProgressMeasure.objects.count(), OwnQuestionnaire.objects.count(), Event.objects.count()
    with pytest.raises(Refused, match=f"^{code}$"):
        verb(**arguments)
    assert before == (ProgressMeasure.objects.count(), OwnQuestionnaire.objects.count(), Event.objects.count())


def test_the_shipped_questions_are_whole_and_differ_in_no_code() -> None:
    assert {each.by for each in shipped().values()} == set(Answerer)
    observables = {by: newest_shipped(by).codes for by in Answerer}
    assert observables[Answerer.CITIZEN] == observables[Answerer.CASEWORKER]
    assert len(CITIZEN.codes) == 10
    for each in shipped().values():
        texts = [text for question in each.questions for text in (question.text, question.short)]
        assert all(words.da and words.en and words.da != words.en for words in (*texts, *each.points))
        assert all(len(question.text.da.split()) <= 12 for question in each.questions)
        assert questions_of(stored_questions(each.questions)) == each.questions
        assert points_of(stored_points(each.points)) == each.points
    with pytest.raises(ValueError, match="4 points"):
        points_of([["a", "b"]] * 4)
    with pytest.raises(ValueError, match="questions"):
        questions_of(stored_questions(CITIZEN.questions[:1] * 2))


def test_a_measure_points_to_its_questions_and_its_package(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    early = answered(cast, DAY - timedelta(days=1))
    row = answered(cast)
    assert (early.package, row.package) == (None, stairs.package)
    assert (row.template, row.version, row.own) == ("citizen", 1, None)
    assert asked_in(row) == CITIZEN
    table = ProgressAnswer.objects.filter(measure=row).values_list("question", "point", "measure__answered_on")
    assert list(table) == [("turns_up", 2, DAY), ("seeks_work", 1, DAY)]
    event = Event.objects.filter(kind="progress_measured", subject=row.ref).get()
    assert (event.about, event.data) == (cast.her.ref, {"by": "citizen", "questionnaire": "citizen", "version": 1})


def test_what_a_measure_is_refused_for(cast: Cast) -> None:
    good: dict[str, Any] = {
        "actor": cast.bo,
        "citizen": cast.her,
        "questionnaire": CITIZEN,
        "points": {"turns_up": 2},
        "answered_on": DAY,
        "on": DAY,
    }
    refused("POINT_OUT_OF_RANGE", record_measure, **{**good, "points": {"turns_up": 6}})
    refused("POINT_OUT_OF_RANGE", record_measure, **{**good, "points": {"turns_up": 0, "seeks_work": 3}})
    refused("QUESTION_UNKNOWN", record_measure, **{**good, "points": {"diagnosis": 2}})
    refused("NOTHING_ANSWERED", record_measure, **{**good, "points": {}})
    refused("DATE_AHEAD", record_measure, **{**good, "answered_on": DAY + timedelta(days=1)})
    refused("CITIZEN_NOT_KNOWN_YET", record_measure, **{**good, "answered_on": SINCE - timedelta(days=1)})
    refused("QUESTIONNAIRE_NOT_IN_FORCE", record_measure, **{**good, "questionnaire": replace(CITIZEN, version=2)})
    refused("NOT_FOUND", record_measure, **{**good, "actor": cast.erik})
    refused("ROLE_LACKS_ACT", record_measure, **{**good, "actor": cast.tove})
    record_measure(**{**good, "answered_on": SINCE})
    record_measure(**good)
    refused("MEASURED_THAT_DAY_ALREADY", record_measure, **good)
    record_measure(**{**good, "questionnaire": newest_shipped(Answerer.CASEWORKER)})


def test_a_correction_takes_the_place_and_leaves_the_old_one_to_be_read(cast: Cast) -> None:
    row = answered(cast)
    new = correct_measure(actor=cast.bo, measure=row, points={"turns_up": 4}, answered_on=DAY, on=DAY)
    assert measures_of(cast.her.pk, on=DAY) == [new]
    assert (new.corrects, new.nth) == (row, 2)
    assert [answer.point for answer in row.answers.all()] == [2, 1]
    moved = correct_measure(actor=cast.bo, measure=new, points={"turns_up": 4}, answered_on=DAY - timedelta(1), on=DAY)
    assert measures_of(cast.her.pk, on=DAY) == [moved]
    again = answered(cast)
    assert again.nth == 3
    assert measures_of(cast.her.pk, on=DAY) == [moved, again]
    assert Event.objects.filter(kind="progress_corrected").count() == 2


def test_what_a_correction_is_refused_for(cast: Cast) -> None:
    other, row = answered(cast, DAY - timedelta(days=9)), answered(cast)
    good: dict[str, Any] = {
        "actor": cast.bo,
        "measure": row,
        "points": {"turns_up": 5},
        "answered_on": DAY,
        "on": DAY,
    }
    refused("MEASURE_UNCHANGED", correct_measure, **{**good, "points": {"turns_up": 2, "seeks_work": 1}})
    refused("NOTHING_ANSWERED", correct_measure, **{**good, "points": {}})
    refused("QUESTION_UNKNOWN", correct_measure, **{**good, "points": {"diagnosis": 2}})
    refused("POINT_OUT_OF_RANGE", correct_measure, **{**good, "points": {"turns_up": 7}})
    refused("DATE_AHEAD", correct_measure, **{**good, "answered_on": LATER})
    refused("CITIZEN_NOT_KNOWN_YET", correct_measure, **{**good, "answered_on": SINCE - timedelta(days=1)})
    refused("MEASURED_THAT_DAY_ALREADY", correct_measure, **{**good, "answered_on": other.answered_on})
    refused("NOT_FOUND", correct_measure, **{**good, "actor": cast.dorte})
    correct_measure(**good)
    refused("MEASURE_CORRECTED_ALREADY", correct_measure, **{**good, "points": {"turns_up": 3}})


def test_the_database_holds_what_must_never_be(cast: Cast) -> None:
    row = answered(cast)
    facts = {"citizen": cast.her, "template": "citizen", "version": 1, "by": "citizen", "recorded_by": cast.bo}
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressMeasure.objects.create(answered_on=DAY, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressAnswer.objects.create(measure=row, question="other", point=6)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressAnswer.objects.create(measure=row, question="turns_up", point=3)
    for statement in ("UPDATE packages_progressanswer SET point = 5", "DELETE FROM packages_progressmeasure"):
        with pytest.raises(Exception, match="append_only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def wording(*codes: str) -> Wording:
    kept = tuple(question for question in CITIZEN.questions if question.code in codes)
    return Wording("Vores spørgsmål", CITIZEN.points, kept)


def revised(cast: Cast, what: Wording, starts_on: date = DAY) -> OwnQuestionnaire:
    return revise_questionnaire(
        actor=cast.anna, municipality=cast.here, by=Answerer.CITIZEN, wording=what, starts_on=starts_on, on=DAY
    )


def test_own_questions_hold_there_from_their_day_and_answers_keep_theirs(cast: Cast) -> None:
    before = answered(cast, DAY)
    revised(cast, wording("turns_up"), LATER)
    assert in_force(cast.here.pk, Answerer.CITIZEN, on=LATER - timedelta(days=1)) == CITIZEN
    own = in_force(cast.here.pk, Answerer.CITIZEN, on=LATER)
    assert (own.code, own.version, own.codes) == ("0751-citizen", 1, frozenset({"turns_up"}))
    assert in_force(cast.there.pk, Answerer.CITIZEN, on=LATER) == CITIZEN
    assert in_force(cast.here.pk, Answerer.CASEWORKER, on=LATER).own is None
    row = answered(cast, LATER, turns_up=3)
    assert asked_in(row) == own
    revised(cast, wording("seeks_work"), LATER + timedelta(days=1))
    assert asked_in(ProgressMeasure.objects.get(pk=row.pk)) == own
    assert asked_in(before) == CITIZEN
    late = correct_measure(actor=cast.bo, measure=row, points={"turns_up": 4}, answered_on=LATER, on=LATER)
    assert asked_in(late) == own


def test_what_own_questions_are_refused_for(cast: Cast) -> None:
    good: dict[str, Any] = {
        "actor": cast.anna,
        "municipality": cast.here,
        "by": Answerer.CITIZEN,
        "wording": wording("turns_up", "seeks_work"),
        "starts_on": DAY,
        "on": DAY,
    }
    one = CITIZEN.questions[0]
    empty = replace(one, text=Words("", "x"))
    many = tuple(Question(f"q{number}", one.text, one.short) for number in range(MOST_QUESTIONS + 1))
    same = Wording(CITIZEN.name, CITIZEN.points, CITIZEN.questions)
    long = replace(one, short=Words("x" * 41, "x"))

    def other(*questions: Question) -> dict[str, Any]:
        return {**good, "wording": Wording("x", CITIZEN.points, questions)}

    refused("ROLE_LACKS_ACT", revise_questionnaire, **{**good, "actor": cast.bo})
    refused("ROLE_LACKS_ACT", revise_questionnaire, **{**good, "municipality": cast.there})
    refused("QUESTIONNAIRE_STARTS_IN_PAST", revise_questionnaire, **{**good, "starts_on": DAY - timedelta(days=1)})
    refused("QUESTIONS_MISSING", revise_questionnaire, **other())
    refused("QUESTIONS_TOO_MANY", revise_questionnaire, **other(*many))
    refused("QUESTION_TWICE", revise_questionnaire, **other(one, one))
    refused("TEXT_NEEDED", revise_questionnaire, **other(empty))
    refused("TEXT_TOO_LONG", revise_questionnaire, **other(long))
    refused("QUESTIONNAIRE_UNCHANGED", revise_questionnaire, **{**good, "wording": same})
    revise_questionnaire(**good)
    refused("QUESTIONNAIRE_UNCHANGED", revise_questionnaire, **good)
    refused("QUESTIONNAIRE_STARTS_ALREADY", revise_questionnaire, **{**good, "wording": wording("turns_up")})


def test_the_means_of_a_package_come_with_it(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    rows = with_progress(type(stairs.package).objects.filter(pk=stairs.package.pk), on=LATER)
    assert spans(rows.get()) == ()
    answered(cast, DAY, turns_up=1, seeks_work=2)
    answered(cast, LATER, turns_up=4, seeks_work=5)
    answered(cast, LATER + timedelta(days=1))
    (span,) = spans(rows.get())
    assert (span.by, span.first.on, span.first.mean) == (Answerer.CITIZEN, DAY, 1.5)
    assert (span.last.on, span.last.mean) == (LATER, 4.5)


def test_a_municipality_chooses_how_often(cast: Cast) -> None:
    assert every(rules_of(cast.here.pk, on=DAY), on=DAY) == Every(first_weeks=4, weeks=13)
    assert every(rules_of(cast.here.pk, on=DAY), on=date(2009, 9, 1)) is None
    override_rule(
        actor=cast.anna,
        municipality=cast.here,
        limit=Limit.PROGRESS_EVERY,
        values={"weeks": 6},
        severity=Severity.WARN,
        starts_on=DAY,
        reason="Oftere",
        on=DAY,
    )
    assert every(rules_of(cast.here.pk, on=DAY), on=DAY) == Every(first_weeks=4, weeks=6)
    assert every(rules_of(cast.there.pk, on=DAY), on=DAY) == Every(first_weeks=4, weeks=13)
