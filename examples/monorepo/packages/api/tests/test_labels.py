import pytest

from parcels.addresses import Address
from parcels.orders import Order


@pytest.fixture
def order():
    order = Order(1002)
    order.add(800, Address(" Town library ", "Marktplatz 1", "89073", "Ulm"))
    return order


def test_label_of_a_paid_order(order):
    order.move_to("paid")
    assert order.labels() == ["1002/1\nTown library\nMarktplatz 1\n89073 ULM"]


def test_new_order_has_no_labels(order):
    with pytest.raises(ValueError, match="printed when the order is paid"):
        order.labels()
