import { freeSlug } from "./slug.js";

/** Adds a note and returns the new list; the newest note comes first. */
export function addNote(notes, { title, text, tags = [] }, now) {
  const taken = new Set(notes.map((note) => note.name));
  const note = { name: freeSlug(title, taken), title, text, tags: [...new Set(tags)].sort(), changed: now };
  return [note, ...notes];
}

export function editNote(notes, name, text, now) {
  const note = findNote(notes, name);
  return [{ ...note, text, changed: now }, ...notes.filter((other) => other !== note)];
}

export function removeNote(notes, name) {
  const note = findNote(notes, name);
  return notes.filter((other) => other !== note);
}

export function search(notes, words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return notes.filter((note) => {
    const content = `${note.title} ${note.text} ${note.tags.join(" ")}`.toLowerCase();
    return wanted.every((word) => content.includes(word));
  });
}

export function countTags(notes) {
  const counts = new Map();
  for (const tag of notes.flatMap((note) => note.tags)) {
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return counts;
}

function findNote(notes, name) {
  const note = notes.find((candidate) => candidate.name === name);
  if (!note) throw new RangeError(`no note is called "${name}"`);
  return note;
}
