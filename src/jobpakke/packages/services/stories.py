"""Writing a case story, asking the citizen about it, and recording their consent to a wording and its withdrawal.

Citizens do not sign in: what they say is recorded by their own caseworker, with how they said it.
"""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from jobpakke.access.models import User
from jobpakke.access.policies import Act, require
from jobpakke.history.kinds import StoryAsked, StoryConsented, StoryWithdrawn, StoryWritten
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.method.stories import (
    StoryRefusal,
    WordingFact,
    why_not_ask,
    why_not_consent,
    why_not_tell,
    why_not_withdraw,
    why_not_words,
)
from jobpakke.packages.models import CaseStory, HowTold, JobPackage, StoryAsking, StoryConsent
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.services.plan.checks import refuse
from jobpakke.packages.services.writing import WritingRefusal, note, require_not_ahead, require_package_work, swap


@transaction.atomic
def write_story(*, actor: User, package: JobPackage, told_as: str, text: str, seen: int, on: date) -> CaseStory:
    """Words a package's story, or words it anew: the old wording stays, and so do the consents to it, which are to no
    other. ``seen``: the number of the wording that one had read, 0 where there was none.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PACKAGE_LOCKED (since), what why_not_tell and why_not_words say,
            STORY_CHANGED_MEANWHILE, STORY_UNCHANGED, the codes of plain.
    """
    require_package_work(actor, package, on=on)
    refuse(_why_not_tell(package, on=on))
    name = plain(told_as, CaseStory.told_as.field)
    words = plain(text.replace("\r\n", "\n"), CaseStory.text.field)
    refuse(why_not_words(name, words, (package.citizen.given_name, package.citizen.family_name)))
    newest = package.stories.first()
    if (newest.number if newest else 0) != seen:
        raise Refused(Refusal(StoryRefusal.STORY_CHANGED_MEANWHILE, {}))
    if newest is not None and (newest.told_as, newest.text) == (name, words):
        raise Refused(Refusal(StoryRefusal.STORY_UNCHANGED, {}))
    try:
        with transaction.atomic():
            story = CaseStory.objects.create(
                package=package, number=seen + 1, told_as=name, text=words, written_by=actor, written_on=on
            )
    except IntegrityError as error:
        raise Refused(Refusal(StoryRefusal.STORY_CHANGED_MEANWHILE, {})) from error
    note(actor, package, story.ref, StoryWritten(story.number), on)
    return story


@transaction.atomic
def ask_about_story(*, actor: User, story: CaseStory, asked_on: date, how: HowTold, on: date) -> None:
    """Records that the citizen was shown the wording and asked for consent.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PACKAGE_LOCKED (since), DATE_AHEAD, STORY_OF_PROTECTED, STORY_REPLACED
            (number), what why_not_ask says.
    """
    fact = _take_newest(actor, story, asked_on, on=on)
    refuse(why_not_ask(fact, asked_on))
    try:
        with transaction.atomic():
            StoryAsking.objects.create(story=story, how=how.value, asked_on=asked_on, asked_by=actor)
    except IntegrityError as error:
        raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {})) from error
    note(actor, story.package, story.ref, StoryAsked(story.number, how.value), asked_on)


@transaction.atomic
def consent_to_story(
    *, actor: User, story: CaseStory, given_on: date, on_behalf_reason: OnBehalfReason, on: date
) -> StoryConsent:
    """Records the citizen's yes to the newest wording: from then on notes tell it.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, PACKAGE_LOCKED (since), DATE_AHEAD, STORY_OF_PROTECTED, STORY_REPLACED
            (number), what why_not_consent says.
    """
    fact = _take_newest(actor, story, given_on, on=on)
    refuse(why_not_consent(fact, given_on))
    try:
        with transaction.atomic():
            consent = StoryConsent.objects.create(
                story=story, given_on=given_on, on_behalf_reason=on_behalf_reason.value, recorded_by=actor
            )
    except IntegrityError as error:
        raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {})) from error
    note(actor, story.package, story.ref, StoryConsented(story.number, on_behalf_reason.value), given_on)
    return consent


@transaction.atomic
def withdraw_story_consent(*, actor: User, story: CaseStory, withdrawn_on: date, how: HowTold, on: date) -> None:
    """Takes the consent to a wording back, at any time, also when the citizen is protected or the package locked
    by now: no note that is made
    from then on tells the story.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, what why_not_withdraw says, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require(actor, Act.WORK_CASES, story.package, on=on)  # a locked package too: a consent is taken back at any time
    require_not_ahead(withdrawn_on, on=on)
    refuse(why_not_withdraw(_reread(story), withdrawn_on))
    standing = StoryConsent.objects.filter(story=story, withdrawn_on__isnull=True)
    swap(standing, withdrawn_on=withdrawn_on, withdrawn_how=how.value, withdrawn_by=actor)
    note(actor, story.package, story.ref, StoryWithdrawn(story.number, how.value), withdrawn_on)


def _take_newest(actor: User, story: CaseStory, day: date, *, on: date) -> WordingFact:
    """The wording as it stands in the database, where it is the newest and its citizen is known not to be protected."""
    require_package_work(actor, story.package, on=on)
    require_not_ahead(day, on=on)
    refuse(_why_not_tell(story.package, on=on))
    newer = story.package.stories.filter(number__gt=story.number).first()
    if newer is not None:
        raise Refused(Refusal(StoryRefusal.STORY_REPLACED, {"number": newer.number}))
    return _reread(story)


def _reread(story: CaseStory) -> WordingFact:
    return CaseStory.objects.select_related("asking").prefetch_related("consents").get(pk=story.pk).fact()


def _why_not_tell(package: JobPackage, *, on: date) -> tuple[Refusal, ...]:
    package.citizen.refresh_from_db(fields=["address_protected"])
    return why_not_tell(package.opened_on, is_protected=package.citizen.address_protected is not False, on=on)
