export interface Session {
  readonly id: string;
  readonly owner: string;
  readonly done: number;
}

export interface Order {
  readonly count: number;
  readonly to?: string;
}

export interface Result {
  readonly state: "done" | "failed";
  readonly at?: string;
  readonly cents?: number;
}

/** What the relay refused, in its own words. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const tries = 3;

/** A client of the relay. Asks again when the connection breaks; what was refused stays refused. */
export function createClient(url: string, send: typeof fetch = fetch) {
  async function ask<T>(path: string, body?: object): Promise<T> {
    for (let n = 1; ; n++) {
      try {
        const response = await send(`${url}${path}`, body ? { method: "POST", body: JSON.stringify(body) } : {});
        const content = (await response.json()) as any;
        if (!response.ok) throw new Refused(response.status, content.error ?? "no reason given");
        return content as T;
      } catch (error) {
        if (error instanceof Refused || n == tries) throw error;
      }
    }
  }
  return {
    open: (owner: string) => ask<Session>("/sessions", { owner }),
    session: (id: string) => ask<Session>(`/sessions/${id}`),
    run: (id: string, order: Order, steps: string[]) =>
      ask<Result>(`/sessions/${id}/workflows`, { order, steps }),
  };
}
