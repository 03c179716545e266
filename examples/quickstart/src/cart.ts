import { best, type Discount, reduction } from "./discount.ts";
import { add, type Currency, type Money, money, times } from "./money.ts";

export interface Item {
  readonly sku: string;
  readonly price: Money;
  readonly quantity: number;
}

export interface Total {
  readonly goods: Money;
  readonly discount: Money;
  readonly shipping: Money;
  readonly due: Money;
}

const MAX_QUANTITY = 99;
const SHIPPING = 490;
const FREE_SHIPPING_FROM = 5000;

export class Cart {
  readonly #items = new Map<string, Item>();
  readonly #currency: Currency;

  constructor(currency: Currency) {
    this.#currency = currency;
  }

  get items(): readonly Item[] {
    return [...this.#items.values()];
  }

  add(sku: string, price: Money, quantity = 1): void {
    if (price.currency !== this.#currency) {
      throw new TypeError(`this cart holds prices in ${this.#currency}`);
    }
    const known = this.#items.get(sku);
    this.setQuantity({ sku, price, quantity: (known?.quantity ?? 0) + quantity });
  }

  remove(sku: string): boolean {
    return this.#items.delete(sku);
  }

  total(discounts: readonly Discount[], day: string): Total {
    const none = money(0, this.#currency);
    const goods = this.items.reduce((sum, { price, quantity }) => add(sum, times(price, quantity)), none);
    const applied = best(discounts, goods, day);
    const discount = applied ? reduction(applied, goods) : none;
    const net = money(goods.minor - discount.minor, this.#currency);
    const free = net.minor >= FREE_SHIPPING_FROM || this.#items.size === 0;
    const shipping = free ? none : money(SHIPPING, this.#currency);
    return { goods, discount, shipping, due: add(net, shipping) };
  }

  private setQuantity(item: Item): void {
    if (!Number.isInteger(item.quantity) || item.quantity < 1) {
      throw new RangeError(`${item.sku}: quantity ${item.quantity} is not a positive whole number`);
    }
    if (item.quantity > MAX_QUANTITY) {
      throw new RangeError(`${item.sku}: at most ${MAX_QUANTITY} pieces per order`);
    }
    this.#items.set(item.sku, item);
  }
}
