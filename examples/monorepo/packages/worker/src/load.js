/** Puts parcels into vans, the heaviest first, each into the first van with room. */
export function load(parcels, capacity) {
  const vans = [];
  for (const parcel of [...parcels].sort((a, b) => b.grams - a.grams)) {
    if (parcel.grams > capacity) {
      throw new RangeError(`${parcel.number}: ${parcel.grams} g do not fit into any van`);
    }
    const van = vans.find((candidate) => candidate.grams + parcel.grams <= capacity);
    if (van) {
      van.parcels.push(parcel.number);
      van.grams += parcel.grams;
    } else {
      vans.push({ parcels: [parcel.number], grams: parcel.grams });
    }
  }
  return vans;
}

/** Moves parcels of a van that broke down into the others, as far as they fit. */
export function unload(vans, broken, weights, capacity) {
  const others = vans.filter((van) => van !== broken);
  const stranded = [];
  for (const number of broken.parcels) {
    const grams = weights.get(number);
    const van = others.find((candidate) => candidate.grams + grams <= capacity);
    if (van) {
      van.parcels.push(number);
      van.grams += grams;
    } else {
      stranded.push(number);
    }
  }
  return { vans: others, stranded };
}

export function byDepot(parcels) {
  const depots = Map.groupBy(parcels, (parcel) => parcel.depot ?? "unknown");
  return new Map([...depots].sort(([a], [b]) => (a < b ? -1 : 1)));
}
