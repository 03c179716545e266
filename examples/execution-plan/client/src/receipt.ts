import type { Order, Result } from "./relay.ts";

/** What a customer reads after an order. */
export function receipt(order: Order, result: Result): string {
  var lines: string[] = [];
  if (result.state === "failed") return `Sorry, ${result.at ?? "a step"} did not work. Nothing was charged.`;
  lines.push(order.count === 1 ? "1 parcel" : `${order.count} parcels`);
  if (order.to != undefined) lines.push(`to ${order.to[0]!.toUpperCase()}${order.to.slice(1)}`);
  lines.push(euros(result.cents ?? 0));
  return lines.join(", ");
}

function euros(cents: number): string {
  let text = String(cents).padStart(3, "0");
  return text.slice(0, -2) + "." + text.slice(-2) + " EUR";
}
