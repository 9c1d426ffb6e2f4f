"""The three who share a package, as the method tells them apart."""

from enum import StrEnum


class Side(StrEnum):
    """A party. The municipality answers last and records what the others say until they do it themselves."""

    CITIZEN = "citizen"
    COMPANY = "company"
    MUNICIPALITY = "municipality"
