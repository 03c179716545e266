const FIRST_DELAY = 30;
const LONGEST_DELAY = 3600;

/** Jobs by the second they are due; a job that fails comes back later, and is given up in the end. */
export class Queue {
  #jobs = [];
  #attempts;

  constructor({ attempts = 5 } = {}) {
    this.#attempts = attempts;
  }

  get size() {
    return this.#jobs.length;
  }

  add(name, due) {
    if (this.#jobs.some((job) => job.name === name)) return false;
    this.#insert({ name, due, failed: 0 });
    return true;
  }

  /** Takes the first job that is due. */
  take(now) {
    const [first] = this.#jobs;
    return first && first.due <= now ? this.#jobs.shift() : undefined;
  }

  /** Puts a failed job back. False when it failed too often. */
  retry(job, now) {
    const failed = job.failed + 1;
    if (failed >= this.#attempts) return false;
    this.#insert({ ...job, failed, due: now + delay(failed) });
    return true;
  }

  /** Forgets all jobs that are due before a second, and says how many. */
  drop(before) {
    const kept = this.#jobs.filter((job) => job.due >= before);
    const dropped = this.#jobs.length - kept.length;
    this.#jobs = kept;
    return dropped;
  }

  #insert(job) {
    const place = this.#jobs.findIndex((other) => other.due > job.due);
    this.#jobs.splice(place < 0 ? this.#jobs.length : place, 0, job);
  }
}

/** Seconds to wait, doubled with every failure. */
export function delay(failed) {
  return Math.min(FIRST_DELAY * 2 ** (failed - 1), LONGEST_DELAY);
}
