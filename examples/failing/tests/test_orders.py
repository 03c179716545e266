import pytest

from shop.orders import Order, read_returns
from shop.pricing import Product
from shop.stock import Stock

MUG = Product("mug", 890)
BOOK = Product("book", 1450, tax="reduced")


@pytest.fixture
def stock():
    return Stock({"mug": 12, "book": 5})


@pytest.fixture
def order(stock):
    order = Order(1001)
    order.add(MUG, 2, stock)
    order.add(BOOK, 1, stock)
    return order


@pytest.fixture
def returns():
    return read_returns("tests/data/returns-2026-10.csv")


def test_adding_a_line_reserves_stock(order, stock):
    assert stock.free("mug") == 10


def test_net_is_the_sum_of_the_lines(order):
    assert order.net() == 3230


def test_gross_adds_tax_by_rate(order):
    assert order.gross() == 3230 + 338 + 102


def test_paid_order_takes_no_more_lines(order, stock):
    order.move_to("paid", stock)
    with pytest.raises(ValueError, match="order 1001 is paid"):
        order.add(MUG, 1, stock)


def test_cancelled_order_gives_stock_back(order, stock):
    order.move_to("cancelled", stock)
    assert stock.free("mug") == 12


def test_shipped_order_leaves_the_shelf(order, stock):
    order.move_to("paid", stock)
    order.move_to("shipped", stock)
    assert stock.free("book") == 4


def test_open_order_cannot_be_shipped(order, stock):
    with pytest.raises(ValueError, match="cannot go from open to shipped"):
        order.move_to("shipped", stock)


def test_returns_are_summed_by_order(returns):
    assert returns == {1001: 2, 1002: 1}
