"""Orders: from the first line to the parcel, and back."""

import csv
from collections import Counter
from dataclasses import dataclass, field

from shop.pricing import Product, format_cents, line_price, tax_on
from shop.stock import Stock

NEXT_STATES = {
    "open": {"paid", "cancelled"},
    "paid": {"shipped", "cancelled"},
    "shipped": {"returned"},
}


@dataclass
class Order:
    number: int
    lines: list[tuple[Product, int]] = field(default_factory=list)
    state: str = "open"

    def add(self, product: Product, quantity: int, stock: Stock) -> None:
        if self.state != "open":
            raise ValueError(f"order {self.number} is {self.state}")
        stock.reserve(product.sku, quantity)
        self.lines.append((product, quantity))

    def net(self) -> int:
        return sum(line_price(product, quantity) for product, quantity in self.lines)

    def gross(self) -> int:
        tax = 0
        for product, quantity in self.lines:
            tax += tax_on(line_price(product, quantity), product.tax)
        return self.net() + tax

    def move_to(self, state: str, stock: Stock) -> None:
        if state not in NEXT_STATES.get(self.state, set()):
            raise ValueError(f"order {self.number} cannot go from {self.state} to {state}")
        for product, quantity in self.lines:
            if state == "cancelled":
                stock.release(product.sku, quantity)
            elif state == "shipped":
                stock.ship(product.sku, quantity)
        self.state = state

    def receipt(self) -> str:
        rows = [f"Order {self.number}"]
        for product, quantity in self.lines:
            price = format_cents(line_price(product, quantity))
            rows.append(f"{quantity} x {product.sku} {price}")
        rows.append(f"Total {format_cents(self.gross())}")
        return "\n".join(rows)


def read_returns(path: str) -> Counter[int]:
    """Returned pieces by order number, from the file of the parcel service."""
    returned: Counter[int] = Counter()
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            number = int(row["order"])
            pieces = int(row["pieces"])
            returned[number] += pieces
    return returned


def refund(order: Order, pieces: int) -> int:
    """What is paid back for returned pieces, in the order of the lines."""
    if order.state != "shipped":
        raise ValueError(f"order {order.number} has not been shipped")
    left = pieces
    cents = 0
    for product, quantity in order.lines:
        taken = min(left, quantity)
        price = line_price(product, quantity) // quantity
        cents += taken * (price + tax_on(price, product.tax))
        left -= taken
    return cents
