import * as fs from "node:fs/promises";
import { addNote, editNote, removeNote } from "./notes.js";

/** Notes in one JSON file. `files` and `clock` can be replaced in tests. */
export class NoteStore {
  #path;
  #files;
  #clock;

  constructor(path, { files = fs, clock = () => new Date().toISOString() } = {}) {
    this.#path = path;
    this.#files = files;
    this.#clock = clock;
  }

  async list() {
    try {
      return JSON.parse(await this.#files.readFile(this.#path, "utf8"));
    } catch (error) {
      if (error.code === "ENOENT") return [];
      throw new Error("the notes cannot be read", { cause: error });
    }
  }

  async add(note) {
    const notes = addNote(await this.list(), note, this.#clock());
    await this.#save(notes);
    return notes[0].name;
  }

  async edit(name, text) {
    await this.#save(editNote(await this.list(), name, text, this.#clock()));
  }

  async remove(name) {
    await this.#save(removeNote(await this.list(), name));
  }

  async #save(notes) {
    await this.#files.writeFile(this.#path, JSON.stringify(notes, null, 2));
  }
}
