"""What is on the shelves, and what is reserved for open orders."""


class OutOfStock(Exception):
    """There are not enough free pieces of an article."""

    def __init__(self, sku: str, wanted: int, free: int) -> None:
        super().__init__(f"{sku}: {wanted} wanted, {free} free")
        self.sku = sku


class Stock:
    def __init__(self, pieces: dict[str, int]) -> None:
        self._pieces = dict(pieces)
        self._reserved: dict[str, int] = {}

    def free(self, sku: str) -> int:
        """Free pieces of an article; an article nobody knows has none."""
        return self._pieces[sku] - self._reserved.get(sku, 0)

    def reserve(self, sku: str, quantity: int) -> None:
        free = self.free(sku)
        if quantity > free:
            raise OutOfStock(sku, quantity, free)
        self._reserved[sku] = self._reserved.get(sku, 0) + quantity

    def release(self, sku: str, quantity: int) -> None:
        held = self._reserved.get(sku, 0)
        if quantity > held:
            raise ValueError(f"{sku}: only {held} reserved")
        self._reserved[sku] = held - quantity

    def ship(self, sku: str, quantity: int) -> None:
        self.release(sku, quantity)
        self._pieces[sku] -= quantity

    def low(self, below: int = 5) -> list[str]:
        return sorted(sku for sku in self._pieces if self.free(sku) < below)
