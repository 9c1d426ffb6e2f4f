"""A filled-in print, without a database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from jobpakke.web.print.paper import Paper, Part, PrintedStep, Signature, Stair

WORDS = {
    name: f"<{name}>"
    for name in (
        *("page", "of", "why", "changes", "stairs", "steps", "no_steps", "number", "step", "days", "hours"),
        *("after", "sign", "signatures", "name", "signature", "date", "incomplete"),
    )
}


def filled(steps: int = 2, text: str = "Praktik", **changes: Any) -> Paper:
    """A print whose every text of people is the given one."""
    stairs = [Stair(number, str(number + 1), text, text, "ahead") for number in range(steps)]
    paper = Paper(
        lang="da",
        title="Titel",
        heading=f"Jobpakke: {text}",
        notice="KLADDE",
        footer=text,
        facts=(("Borger", text),),
        reason=text,
        changes=(text,),
        levels=steps,
        stairs=(*stairs, Stair(steps, "Mål", text, text, "ahead")),
        stairs_alt=f"En trappe: {text}",
        steps=tuple(
            PrintedStep(number + 1, text, text, "1. maj", "2. maj", "20", text, "1", (text,)) for number in range(steps)
        ),
        lists=(Part("Tilsagn", (text,)),),
        meaning=(text,),
        signatures=(Signature("Borgeren", text, text),),
        words=WORDS,
    )
    return replace(paper, **changes)
