"""Prices in cents, with tax and quantity discounts."""

from dataclasses import dataclass

BULK_FROM = 10
BULK_PERCENT = 5
TAX_PERCENT = {"standard": 19, "reduced": 7, "exempt": 0}


@dataclass(frozen=True)
class Product:
    sku: str
    cents: int
    tax: str = "standard"


def tax_on(cents: int, rate: str) -> int:
    """The tax on a net amount, half a cent rounded up."""
    if rate not in TAX_PERCENT:
        raise ValueError(f"unknown tax rate {rate!r}")
    return round(cents * TAX_PERCENT[rate] / 100)


def line_price(product: Product, quantity: int) -> int:
    """The net price of one line; from BULK_FROM pieces on it is reduced."""
    if quantity < 1:
        raise ValueError("a line needs at least one piece")
    cents = product.cents * quantity
    if quantity > BULK_FROM:
        cents -= cents * BULK_PERCENT // 100
    return cents


def format_cents(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole}.{rest:02d}"
