"""Where parcels go."""

import re
from dataclasses import dataclass

POSTCODES = {"DE": r"\d{5}", "AT": r"\d{4}", "NL": r"\d{4} ?[A-Z]{2}"}
ISLANDS = ("25938", "26465", "27498")


@dataclass(frozen=True)
class Address:
    name: str
    street: str
    postcode: str
    city: str
    country: str = "DE"


def checked(address):
    """The address with its postcode in one spelling."""
    pattern = POSTCODES.get(address.country)
    if pattern is None:
        raise ValueError(f"no delivery to {address.country}")
    postcode = address.postcode.strip().upper()
    if not re.fullmatch(pattern, postcode):
        raise ValueError(f"{address.postcode} is no postcode in {address.country}")
    if not address.name.strip():
        raise ValueError("the name is missing")
    return Address(address.name.strip(), address.street, postcode, address.city, address.country)


def is_island(address):
    return address.country == "DE" and address.postcode in ISLANDS


def label_lines(address):
    """Printed lines; the country only abroad."""
    lines = [address.name, address.street, f"{address.postcode} {address.city}".upper()]
    if address.country != "DE":
        lines.append(address.country)
    return lines
