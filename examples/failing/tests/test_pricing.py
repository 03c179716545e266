import pytest

from shop.pricing import Product, format_cents, line_price, tax_on

MUG = Product("mug", 890)


@pytest.mark.parametrize(
    ("cents", "rate", "tax"),
    [(1000, "standard", 190), (1000, "reduced", 70), (1000, "exempt", 0)],
)
def test_tax_on_whole_amounts(cents, rate, tax):
    assert tax_on(cents, rate) == tax


def test_tax_rounds_half_a_cent_up():
    assert tax_on(50, "standard") == 10
    assert tax_on(150, "reduced") == 11
    assert tax_on(350, "reduced") == 25
    assert tax_on(650, "standard") == 124


def test_unknown_tax_rate_is_refused():
    with pytest.raises(ValueError, match="unknown tax rate 'luxury'"):
        tax_on(1000, "luxury")


def test_single_piece_has_full_price():
    assert line_price(MUG, 1) == 890


def test_below_bulk_limit_has_full_price():
    assert line_price(MUG, 9) == 8010


def test_bulk_price_starts_at_ten_pieces():
    assert line_price(MUG, 10) == 8455


def test_bulk_price_above_the_limit():
    assert line_price(MUG, 20) == 16910


def test_line_needs_a_piece():
    with pytest.raises(ValueError):
        line_price(MUG, 0)


def test_format_cents():
    assert format_cents(1205) == "12.05"


@pytest.mark.skip(reason="rounding of cash payments is not agreed with the bookkeepers yet")
def test_cash_total_is_rounded_to_five_cents():
    assert format_cents(1203) == "12.05"
