import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { NoteStore } from "../src/store.js";

const TRIP = { title: "Trip", text: "book the train", tags: ["home"] };

let folder;
let path;
let store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "notes-"));
  path = join(folder, "notes.json");
  store = new NoteStore(path);
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe("a new store", () => {
  it("starts without a file", async () => {
    assert.deepEqual(await store.list(), []);
  });

  it("writes the first note as JSON", async () => {
    await store.add(TRIP);
    assert.equal(JSON.parse(await readFile(path, "utf8"))[0].title, "Trip");
  });

  it("is read back by a second store", async () => {
    await store.add(TRIP);
    assert.equal((await new NoteStore(path).list())[0].name, "trip");
  });

  it("numbers notes with the same title", async () => {
    await store.add(TRIP);
    assert.equal(await store.add(TRIP), "trip-2");
  });

  it("keeps characters outside of ASCII", async () => {
    await store.add({ title: "Été", text: "crème brûlée" });
    assert.equal((await store.list())[0].text, "crème brûlée");
  });
});

describe("a store with notes", () => {
  beforeEach(async () => {
    await store.add(TRIP);
    await store.add({ title: "List", text: "bread" });
  });

  it("lists the newest note first", async () => {
    assert.deepEqual((await store.list()).map((note) => note.name), ["list", "trip"]);
  });

  it("saves an edited text", async () => {
    await store.edit("trip", "book the bus");
    assert.equal((await store.list())[0].text, "book the bus");
  });

  it("keeps the tags of an edited note", async () => {
    await store.edit("trip", "book the bus");
    assert.deepEqual((await store.list())[0].tags, ["home"]);
  });

  it("saves a removal", async () => {
    await store.remove("trip");
    assert.deepEqual((await store.list()).map((note) => note.name), ["list"]);
  });

  it("leaves the file alone when a name is unknown", async () => {
    const before = await readFile(path, "utf8");
    await assert.rejects(store.remove("tour"), RangeError);
    assert.equal(await readFile(path, "utf8"), before);
  });
});

describe("a damaged file", () => {
  beforeEach(async () => {
    await writeFile(path, "[{");
  });

  it("is reported when notes are listed", async () => {
    await assert.rejects(store.list(), { message: "the notes cannot be read" });
  });

  it("is not overwritten by a new note", async () => {
    await assert.rejects(store.add(TRIP));
    assert.equal(await readFile(path, "utf8"), "[{");
  });

  it("is reported with its cause", async () => {
    await assert.rejects(store.list(), (error) => error.cause instanceof SyntaxError);
  });
});

describe("two stores on one file", () => {
  it("keep both notes when they write at once", async () => {
    const other = new NoteStore(path);
    await store.add(TRIP);
    await Promise.all([store.add({ title: "List", text: "bread" }), other.add({ title: "Recipe", text: "olives" })]);
    assert.equal((await store.list()).length, 3);
  });
});
