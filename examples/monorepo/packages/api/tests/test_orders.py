import pytest

from parcels.addresses import Address
from parcels.orders import Order, totals_by_city

ULM = Address("Town library", "Marktplatz 1", "89073", "Ulm")
KIEL = Address("Sailing school", "Am Kai 2", "24103", "Kiel")


@pytest.fixture
def order():
    order = Order(1001)
    order.add(1_500, ULM)
    order.add(4_000, KIEL, express=True)
    return order


def test_total_is_the_sum_of_the_parcels(order):
    assert order.total() == 489 + 699 + 1_200


def test_five_parcels_are_cheaper(order):
    for _ in range(3):
        order.add(2_000, ULM)
    assert order.total() == 3_855 - 385


def test_paid_order_takes_no_more_parcels(order):
    order.move_to("paid")
    with pytest.raises(ValueError, match="order 1001 is paid"):
        order.add(500, ULM)


def test_new_order_cannot_be_handed_in(order):
    with pytest.raises(ValueError, match="cannot go from new to handed in"):
        order.move_to("handed in")


def test_unknown_country_is_refused(order):
    with pytest.raises(ValueError, match="no delivery to CH"):
        order.add(500, Address("Museum", "Bahnhofplatz 1", "8001", "Basel", "CH"))


def test_totals_by_city(order):
    assert totals_by_city([order]) == {"Kiel": 1_899, "Ulm": 489}
