"""From an order to a label."""

from dataclasses import dataclass, field

from parcels.addresses import checked, label_lines
from parcels.prices import price

NEXT = {"new": ("paid", "cancelled"), "paid": ("handed in", "cancelled"), "handed in": ()}


@dataclass
class Order:
    number: int
    state: str = "new"
    parcels: list = field(default_factory=list)

    def add(self, grams, address, **options):
        if self.state != "new":
            raise ValueError(f"order {self.number} is {self.state}")
        address = checked(address)
        self.parcels.append((grams, address, price(grams, address, **options)))

    def total(self):
        """Five parcels or more are ten percent cheaper."""
        cents = sum(cents for _, _, cents in self.parcels)
        if len(self.parcels) >= 5:
            cents -= cents // 10
        return cents

    def move_to(self, state):
        if state not in NEXT.get(self.state, ()):
            raise ValueError(f"order {self.number} cannot go from {self.state} to {state}")
        self.state = state

    def labels(self):
        if self.state == "new":
            raise ValueError("labels are printed when the order is paid")
        return [
            "\n".join([f"{self.number}/{i}", *label_lines(address)])
            for i, (_, address, _) in enumerate(self.parcels, start=1)
        ]


def merge(orders):
    """One order out of several new ones of a sender."""
    merged = Order(min(order.number for order in orders))
    for order in orders:
        if order.state != "new":
            raise ValueError(f"order {order.number} is {order.state}")
        merged.parcels.extend(order.parcels)
    return merged


def totals_by_city(orders):
    totals = {}
    for order in orders:
        for _, address, cents in order.parcels:
            totals[address.city] = totals.get(address.city, 0) + cents
    return dict(sorted(totals.items()))
