/** What the names and messages of generated reports are made of. */
export const nouns =
  "order cart invoice session token price stock shipment address account batch cursor".split(" ");
export const verbs = "keeps rejects sorts merges rounds retries expires escapes counts updates reads".split(
  " ",
);
export const states = "empty large missing stale nested negative duplicate unicode cancelled".split(" ");

/** Text outside ASCII: two, three and four bytes a character in UTF-8. */
export const foreign = ["größe", "naïve café", "日本語", "Привет", "smile 😀", "€ 12,50", "→ done"];

export const capital = (word) => word[0].toUpperCase() + word.slice(1);

const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as it stands in XML, in elements and in attributes. */
export const escapeXml = (text) => text.replace(/[&<>"]/g, (character) => entities[character]);
