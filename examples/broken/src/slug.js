const MAX_LENGTH = 40;

/** A short name for a note that is safe in an address: "Été à Paris" becomes "ete-a-paris". */
export function slug(title) {
  const words = title
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  if (!words) throw new RangeError(`no letters or digits in "${title}"`);
  let name = words[0].slice(0, MAX_LENGTH);
  for (const word of words.slice(1)) {
    if (name.length + 1 + word.length > MAX_LENGTH) break;
    name += `-${word}`;
  }
  return name;
}

/** The same name, numbered until it is free. */
export function freeSlug(title, taken) {
  const name = slug(title);
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}
