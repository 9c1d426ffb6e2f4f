"""Days as they are written: Danish, and English that no reader takes for another day."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

DAY = date(2009, 9, 1)


@pytest.mark.parametrize(
    ("language", "form", "written"),
    [
        ("da", "DATE_FORMAT", "1. september 2009"),
        ("da", "MEDIUM_DATE_FORMAT", "1. sept 2009"),
        ("da", "SHORT_DATE_FORMAT", "01.09.2009"),
        ("en", "DATE_FORMAT", "1 September 2009"),
        ("en", "MEDIUM_DATE_FORMAT", "1 Sep 2009"),
        ("en", "SHORT_DATE_FORMAT", "1 Sep 2009"),
    ],
)
def test_a_day_is_written_as_its_readers_do(language: str, form: str, written: str) -> None:
    with override(language):
        assert date_format(DAY, form) == written
