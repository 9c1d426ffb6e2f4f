"""Measuring progress, correcting a measure, and a municipality's own questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import Min

from jobpakke.access.models import Municipality, User
from jobpakke.access.policies import AccessRefusal, Act, municipalities_for, require
from jobpakke.citizens.access import require_case_work
from jobpakke.citizens.models import CaseAssignment, Citizen
from jobpakke.history.kinds import ProgressCorrected, ProgressMeasured, QuestionnaireRevised
from jobpakke.history.services import Happening, record
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.method.progress import LEAST, MOST, Answerer
from jobpakke.packages.models import JobPackage, OwnQuestionnaire, ProgressAnswer, ProgressMeasure
from jobpakke.packages.progress import asked_in, in_force
from jobpakke.packages.questionnaires import Question, Questionnaire, Words, stored_points, stored_questions
from jobpakke.packages.services.writing import require_not_ahead

MOST_QUESTIONS = 20


class ProgressRefusal(StrEnum):
    """Why a measure was not recorded, or questions not put in force."""

    POINT_OUT_OF_RANGE = "POINT_OUT_OF_RANGE"
    QUESTION_UNKNOWN = "QUESTION_UNKNOWN"
    NOTHING_ANSWERED = "NOTHING_ANSWERED"
    CITIZEN_NOT_KNOWN_YET = "CITIZEN_NOT_KNOWN_YET"
    MEASURED_THAT_DAY_ALREADY = "MEASURED_THAT_DAY_ALREADY"
    QUESTIONNAIRE_NOT_IN_FORCE = "QUESTIONNAIRE_NOT_IN_FORCE"
    MEASURE_CORRECTED_ALREADY = "MEASURE_CORRECTED_ALREADY"
    MEASURE_UNCHANGED = "MEASURE_UNCHANGED"
    QUESTIONS_MISSING = "QUESTIONS_MISSING"
    QUESTIONS_TOO_MANY = "QUESTIONS_TOO_MANY"
    QUESTION_TWICE = "QUESTION_TWICE"
    QUESTIONNAIRE_UNCHANGED = "QUESTIONNAIRE_UNCHANGED"
    QUESTIONNAIRE_STARTS_IN_PAST = "QUESTIONNAIRE_STARTS_IN_PAST"
    QUESTIONNAIRE_STARTS_ALREADY = "QUESTIONNAIRE_STARTS_ALREADY"


@dataclass(frozen=True, slots=True)
class _Given:
    """Which questions, what was answered, when; in the place of which measure, if of one."""

    questionnaire: Questionnaire
    points: Mapping[str, int]
    answered_on: date
    corrects: ProgressMeasure | None = None


@transaction.atomic
def record_measure(
    *,
    actor: User,
    citizen: Citizen,
    questionnaire: Questionnaire,
    points: Mapping[str, int],
    answered_on: date,
    on: date,
) -> ProgressMeasure:
    """Records what a party answered on a day; a question without a point was not answered.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, CITIZEN_NOT_KNOWN_YET (known_from),
            QUESTIONNAIRE_NOT_IN_FORCE (day), QUESTION_UNKNOWN (question), POINT_OUT_OF_RANGE (least, most),
            NOTHING_ANSWERED, MEASURED_THAT_DAY_ALREADY (day).
    """
    require_case_work(actor, citizen, on=on)
    _check_day(citizen, answered_on, on=on)
    held = in_force(citizen.municipality_id, questionnaire.by, on=answered_on)
    if (held.code, held.version) != (questionnaire.code, questionnaire.version):
        raise Refused(Refusal(ProgressRefusal.QUESTIONNAIRE_NOT_IN_FORCE, {"day": answered_on}))
    check_points(questionnaire, points)
    row = _written(actor, citizen, _Given(questionnaire, points, answered_on))
    kind = ProgressMeasured(row.by, row.template, row.version)
    record(Happening(kind, actor.ref, row.ref, citizen.ref, answered_on))
    return row


@transaction.atomic
def correct_measure(
    *, actor: User, measure: ProgressMeasure, points: Mapping[str, int], answered_on: date, on: date
) -> ProgressMeasure:
    """Puts another measure, of the same questions by the same party, in the place of one; that one stays readable.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, MEASURE_CORRECTED_ALREADY, MEASURE_UNCHANGED, and as record_measure but
            for the questions in force.
    """
    require(actor, Act.WORK_CASES, measure, on=on)
    citizen, questionnaire = measure.citizen, asked_in(measure)
    if ProgressMeasure.objects.filter(corrects=measure).exists():
        raise Refused(Refusal(ProgressRefusal.MEASURE_CORRECTED_ALREADY, {}))
    _check_day(citizen, answered_on, on=on)
    check_points(questionnaire, points)
    given = {answer.question: answer.point for answer in measure.answers.all()}
    if answered_on == measure.answered_on and dict(points) == given:
        raise Refused(Refusal(ProgressRefusal.MEASURE_UNCHANGED, {}))
    row = _written(actor, citizen, _Given(questionnaire, points, answered_on, measure))
    record(Happening(ProgressCorrected(row.by), actor.ref, row.ref, citizen.ref, answered_on))
    return row


def _check_day(citizen: Citizen, day: date, *, on: date) -> None:
    require_not_ahead(day, on=on)
    known = CaseAssignment.objects.filter(citizen=citizen).aggregate(since=Min("starts_on"))["since"]
    if known is None or day < known:
        raise Refused(Refusal(ProgressRefusal.CITIZEN_NOT_KNOWN_YET, {"known_from": known}))


def check_points(questionnaire: Questionnaire, points: Mapping[str, int]) -> None:
    """At least one point, each of 1 to 5, each of a question that is asked.

    Raises:
        Refused: QUESTION_UNKNOWN (question), POINT_OUT_OF_RANGE (least, most), NOTHING_ANSWERED.
    """
    for question in sorted(set(points) - questionnaire.codes):
        raise Refused(Refusal(ProgressRefusal.QUESTION_UNKNOWN, {"question": question}))
    if any(not LEAST <= point <= MOST for point in points.values()):
        raise Refused(Refusal(ProgressRefusal.POINT_OUT_OF_RANGE, {"least": LEAST, "most": MOST}))
    if not points:
        raise Refused(Refusal(ProgressRefusal.NOTHING_ANSWERED, {}))


def _written(actor: User, citizen: Citizen, given: _Given) -> ProgressMeasure:
    """The rows; the database holds that a party has one measure a day and that nobody corrects the same twice."""
    questionnaire, day, corrects = given.questionnaire, given.answered_on, given.corrects
    that_day = ProgressMeasure.objects.filter(citizen=citizen, by=questionnaire.by.value, answered_on=day)
    standing = that_day.current().exclude(pk=corrects.pk) if corrects else that_day.current()
    taken = Refusal(ProgressRefusal.MEASURED_THAT_DAY_ALREADY, {"day": day})
    if standing.exists():
        raise Refused(taken)
    row = ProgressMeasure(
        citizen=citizen,
        package=JobPackage.objects.open_on(day).filter(citizen=citizen).first(),
        template=questionnaire.code,
        version=questionnaire.version,
        own_id=questionnaire.own,
        by=questionnaire.by.value,
        answered_on=day,
        nth=that_day.count() + 1,
        corrects=corrects,
        recorded_by=actor,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        twice = Refusal(ProgressRefusal.MEASURE_CORRECTED_ALREADY, {})
        raise Refused(twice if "corrects" in str(error) else taken) from error
    ProgressAnswer.objects.bulk_create(
        ProgressAnswer(measure=row, question=question.code, point=given.points[question.code])
        for question in questionnaire.questions
        if question.code in given.points
    )
    return row


@dataclass(frozen=True, slots=True)
class Wording:
    """What a version of the questions says."""

    name: str
    points: tuple[Words, ...]
    questions: tuple[Question, ...]


@transaction.atomic
def revise_questionnaire(
    *, actor: User, municipality: Municipality, by: Answerer, wording: Wording, starts_on: date, on: date
) -> OwnQuestionnaire:
    """Puts questions of the municipality's own to a party in force from a day; what was answered before stays as asked.

    Raises:
        Refused: ROLE_LACKS_ACT, QUESTIONNAIRE_STARTS_IN_PAST (starts_on, today), QUESTIONS_MISSING,
            QUESTIONS_TOO_MANY (most), QUESTION_TWICE (question), the codes of plain, QUESTIONNAIRE_UNCHANGED,
            QUESTIONNAIRE_STARTS_ALREADY (day).
    """
    if not municipalities_for(actor, Act.MANAGE_USERS, on=on).filter(pk=municipality.pk).exists():
        raise Refused(Refusal(AccessRefusal.ROLE_LACKS_ACT, {"act": Act.MANAGE_USERS.value}))
    if starts_on < on:
        raise Refused(Refusal(ProgressRefusal.QUESTIONNAIRE_STARTS_IN_PAST, {"starts_on": starts_on, "today": on}))
    _check_questions(wording)
    name = plain(wording.name, OwnQuestionnaire.name.field)
    before = in_force(municipality.pk, by, on=starts_on)
    if (before.name, before.points, before.questions) == (name, wording.points, wording.questions):
        raise Refused(Refusal(ProgressRefusal.QUESTIONNAIRE_UNCHANGED, {}))
    row = OwnQuestionnaire(
        municipality=municipality,
        by=by.value,
        number=OwnQuestionnaire.objects.filter(municipality=municipality, by=by.value).count() + 1,
        name=name,
        points=stored_points(wording.points),
        questions=stored_questions(wording.questions),
        starts_on=starts_on,
        made_by=actor,
        made_on=on,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(Refusal(ProgressRefusal.QUESTIONNAIRE_STARTS_ALREADY, {"day": starts_on})) from error
    record(Happening(QuestionnaireRevised(by.value, row.number), actor.ref, row.ref, row.ref, starts_on))
    return row


@dataclass(slots=True)
class _Text:
    """A text that is kept as JSON, so that no column tells how long it may be."""

    max_length: int | None


_TEXT, _WORDS = _Text(200), _Text(40)
"""A question; what it is called in tables, and the words of a point."""


def _check_questions(wording: Wording) -> None:
    if not wording.questions:
        raise Refused(Refusal(ProgressRefusal.QUESTIONS_MISSING, {}))
    if len(wording.questions) > MOST_QUESTIONS:
        raise Refused(Refusal(ProgressRefusal.QUESTIONS_TOO_MANY, {"most": MOST_QUESTIONS}))
    seen: set[str] = set()
    for question in wording.questions:
        if question.code in seen:
            raise Refused(Refusal(ProgressRefusal.QUESTION_TWICE, {"question": question.text.da}))
        seen.add(question.code)
    for question in wording.questions:
        _check_words(question.text, _TEXT)
        _check_words(question.short, _WORDS)
    for words in wording.points:
        _check_words(words, _WORDS)


def _check_words(words: Words, column: _Text) -> None:
    plain(words.da, column)
    plain(words.en, column)
