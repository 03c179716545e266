import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addNote, countTags, editNote, removeNote, search } from "../src/notes.js";
import { freeSlug, slug } from "../src/slug.js";
import { NoteStore } from "../src/store.js";

const DAY_ONE = "2026-03-01T08:00:00Z";
const DAY_TWO = "2026-03-02T08:00:00Z";
const NOTES = addNote(
  addNote([], { title: "Shopping list", text: "bread, olives", tags: ["home", "food", "home"] }, DAY_ONE),
  { title: "Trip", text: "book the train", tags: ["home"] },
  DAY_ONE,
);

describe("slug", () => {
  it("drops accents and punctuation", () => {
    assert.equal(slug("Été à Paris!"), "ete-a-paris");
  });

  it("ends at a whole word", () => {
    assert.equal(slug("Minutes of the meeting about the new warehouse"), "minutes-of-the-meeting-about-the-new");
  });

  it("refuses a title without letters and digits", () => {
    assert.throws(() => slug("..."), { name: "RangeError", message: 'no letters or digits in "..."' });
  });

  it("is numbered when taken", () => {
    assert.equal(freeSlug("Trip", new Set(["trip", "trip-2"])), "trip-3");
  });
});

describe("notes", () => {
  it("are listed newest first", () => {
    assert.deepEqual(NOTES.map((note) => note.name), ["trip", "shopping-list"]);
  });

  it("hold each tag once, in order", () => {
    assert.deepEqual(NOTES[1].tags, ["food", "home"]);
  });

  it("move to the front when edited", () => {
    const [first] = editNote(NOTES, "shopping-list", "bread", DAY_TWO);
    assert.deepEqual([first.name, first.text, first.changed], ["shopping-list", "bread", DAY_TWO]);
  });

  it("can be removed", () => {
    assert.equal(removeNote(NOTES, "trip").length, 1);
  });

  it("are found by all words, in title, text and tags", () => {
    assert.deepEqual(search(NOTES, "list FOOD").map((note) => note.name), ["shopping-list"]);
  });
});

describe("tags", () => {
  it("are counted over all notes", () => {
    assert.deepEqual(countTags(NOTES), new Map([["home", 2], ["food", 1]]));
  });
});

describe("store", () => {
  const memory = () => {
    let content;
    return {
      readFile: async () => content ?? Promise.reject(Object.assign(new Error("absent"), { code: "ENOENT" })),
      writeFile: async (_path, text) => {
        content = text;
      },
    };
  };

  it("is empty before the first note", async () => {
    assert.deepEqual(await new NoteStore("notes.json", { files: memory() }).list(), []);
  });

  it("stamps a note with the time of the clock", async () => {
    const store = new NoteStore("notes.json", { files: memory(), clock: () => DAY_ONE });
    await store.add({ title: "Trip", text: "book the train" });
    assert.equal((await store.list())[0].changed, DAY_ONE);
  });
});
