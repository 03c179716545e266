import pytest

from parcels.addresses import Address
from parcels.prices import insurance, price, weight_price

ULM = Address("Town library", "Marktplatz 1", "89073", "Ulm")
WIEN = Address("Museum", "Burgring 5", "1010", "Wien", "AT")


@pytest.mark.parametrize(("grams", "cents"), [(1, 489), (2_000, 489), (2_001, 699), (31_500, 1_899)])
def test_price_by_weight(grams, cents):
    assert weight_price(grams) == cents


def test_too_heavy_is_refused():
    with pytest.raises(ValueError, match="31501 g is too heavy"):
        weight_price(31_501)


def test_insurance_begins_above_500_euros():
    assert insurance(50_000) == 0
    assert insurance(50_001) == 100
    assert insurance(70_000) == 200


def test_abroad_costs_more():
    assert price(1_500, WIEN) == 1_489


def test_no_express_abroad():
    with pytest.raises(ValueError, match="no express abroad"):
        price(1_500, WIEN, express=True)


@pytest.mark.skip(reason="the surcharge for islands is not agreed with the ferry yet")
def test_island_costs_more():
    assert price(1_500, Address("Lighthouse", "Am Hafen 3", "27498", "Helgoland")) == 1_989
