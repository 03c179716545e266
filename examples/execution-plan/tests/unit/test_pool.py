import threading

from relay.pool import Pool


def test_it_grows_before_it_is_full():
    pool = Pool(least=2)
    places = [pool.place() for _ in range(10)]
    for place in places:
        place.__enter__()
    assert pool.room > 10
    assert pool.efficiency == 1
    for place in places:
        place.__exit__(None, None, None)


def test_it_shrinks_when_nobody_needs_it():
    pool = Pool(least=2)
    places = [pool.place() for _ in range(40)]
    for place in places:
        place.__enter__()
    grown = pool.room
    for place in places:
        place.__exit__(None, None, None)
    assert 2 <= pool.room < grown


def test_who_finds_no_room_waits_and_is_counted():
    pool = Pool(least=1, most=1)
    first = pool.place()
    first.__enter__()
    done = threading.Event()

    def second():
        with pool.place():
            done.set()

    waiting = threading.Thread(target=second)
    waiting.start()
    assert not done.wait(0.05)
    first.__exit__(None, None, None)
    waiting.join()
    assert done.is_set()
    assert pool.efficiency == 0.5


def test_nothing_has_no_efficiency():
    assert Pool().efficiency is None
