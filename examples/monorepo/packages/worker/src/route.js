/** A tour that always goes to the nearest stop next. */
export function tour(depot, stops) {
  const left = [...stops];
  const order = [];
  let here = depot;
  while (left.length > 0) {
    const next = nearest(here, left);
    left.splice(left.indexOf(next), 1);
    order.push(next);
    here = next;
  }
  return order;
}

export function length(depot, order) {
  let sum = 0;
  let here = depot;
  for (const stop of [...order, depot]) {
    sum += distance(here, stop);
    here = stop;
  }
  return sum;
}

/** Turns parts of a tour around as long as that makes it shorter. */
export function improve(depot, order) {
  let best = order;
  for (let from = 0; from < order.length - 1; from++) {
    for (let to = from + 1; to < order.length; to++) {
      const turned = [...best.slice(0, from), ...best.slice(from, to + 1).reverse(), ...best.slice(to + 1)];
      if (length(depot, turned) < length(depot, best)) best = turned;
    }
  }
  return best;
}

function nearest(here, stops) {
  return stops.reduce((best, stop) => (distance(here, stop) < distance(here, best) ? stop : best));
}

function distance(a, b) {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}
