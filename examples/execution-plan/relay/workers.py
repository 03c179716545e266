"""The workers of the relay. Each is a function of an order; one that is not in the mood raises Busy."""


class Busy(Exception):
    """Another try may succeed."""


def stock(order: dict) -> dict:
    count = order.get("count", 1)
    if not isinstance(count, int) or count < 1:
        raise ValueError("count must be a whole number from 1")
    return {"reserved": count}


def price(order: dict) -> dict:
    count = order.get("count", 1)
    # Ten of a kind are cheaper.
    cents = 1_990 * count
    return {"cents": cents - cents // 10 if count >= 10 else cents}


def label(order: dict) -> dict:
    return {"label": f"{order.get('to', 'counter')}-{order.get('count', 1):03}"}


class Mail:
    """Sends a message; every so often its server asks to come again."""

    def __init__(self, moody: int = 900):
        self._moody = moody
        self._calls = 0

    def __call__(self, order: dict) -> dict:
        self._calls += 1
        if self._calls % self._moody == 0:
            raise Busy("come again")
        return {"sent": True}
