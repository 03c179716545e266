"""What a parcel costs, in cents."""

from parcels.addresses import is_island

BANDS = [(2_000, 489), (5_000, 699), (10_000, 999), (31_500, 1_899)]
ABROAD = 1_000
EXPRESS = 1_200
ISLAND = 1_500
INSURANCE_FROM = 50_000
INSURANCE_TO = 250_000


def weight_price(grams):
    if grams <= 0:
        raise ValueError("a parcel weighs something")
    for limit, cents in BANDS:
        if grams <= limit:
            return cents
    raise ValueError(f"{grams} g is too heavy")


def insurance(value):
    """One percent of what exceeds the value that is always insured, begun euros in full."""
    if value > INSURANCE_TO:
        raise ValueError("too valuable for a parcel")
    if value <= INSURANCE_FROM:
        return 0
    over = value - INSURANCE_FROM
    return -(-over // 10_000) * 100


def price(grams, address, express=False, value=0):
    cents = weight_price(grams) + insurance(value)
    if address.country != "DE":
        if express:
            raise ValueError("no express abroad")
        cents += ABROAD
    elif express:
        cents += EXPRESS
    if is_island(address):
        cents += ISLAND
    return cents
