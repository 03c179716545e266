import sys

import pytest

from shop.stock import OutOfStock, Stock


@pytest.fixture
def stock():
    return Stock({"mug": 12, "lamp": 3})


def test_reserved_pieces_are_not_free(stock):
    stock.reserve("mug", 4)
    assert stock.free("mug") == 8


def test_cannot_reserve_more_than_free(stock):
    with pytest.raises(OutOfStock, match="lamp: 4 wanted, 3 free"):
        stock.reserve("lamp", 4)


def test_unknown_article_is_out_of_stock(stock):
    with pytest.raises(OutOfStock):
        stock.reserve("chair", 1)


def test_released_pieces_are_free_again(stock):
    stock.reserve("mug", 4)
    stock.release("mug", 3)
    assert stock.free("mug") == 11


def test_cannot_release_more_than_reserved(stock):
    stock.reserve("mug", 2)
    with pytest.raises(ValueError, match="mug: only 2 reserved"):
        stock.release("mug", 3)


def test_shipped_pieces_are_gone(stock):
    stock.reserve("mug", 2)
    stock.ship("mug", 2)
    assert stock.free("mug") == 10


def test_low_stock_is_listed(stock):
    assert stock.low() == ["lamp"]


@pytest.mark.skipif(sys.platform != "win32", reason="the label printer has a driver for Windows only")
def test_shelf_labels_are_printed(stock):
    pytest.importorskip("win32print")
    assert stock.low(below=100) == ["lamp", "mug"]
