"""The sentence of every refusal code. A test holds that each code has one and that its arguments exist."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise

from jobpakke.web.sentences.agreements import AGREEMENTS
from jobpakke.web.sentences.cards import CARDS
from jobpakke.web.sentences.corrections import CORRECTIONS
from jobpakke.web.sentences.counts import COUNTS
from jobpakke.web.sentences.followup import FOLLOWUP
from jobpakke.web.sentences.journal import JOURNAL
from jobpakke.web.sentences.network import NETWORK
from jobpakke.web.sentences.people import PEOPLE
from jobpakke.web.sentences.plans import PLANS
from jobpakke.web.sentences.progress import PROGRESS
from jobpakke.web.sentences.rules import RULES
from jobpakke.web.sentences.signed import SIGNED
from jobpakke.web.sentences.stories import STORIES

SENTENCES: Mapping[str, Promise | str] = {
    **AGREEMENTS,
    **CARDS,
    **CORRECTIONS,
    **FOLLOWUP,
    **COUNTS,
    **JOURNAL,
    **NETWORK,
    **PEOPLE,
    **PLANS,
    **PROGRESS,
    **RULES,
    **SIGNED,
    **STORIES,
}
