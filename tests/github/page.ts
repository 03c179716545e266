/** The part of a list that a request asks for, and the `link` header to the other parts. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly headers: Readonly<Record<string, string>>;
}

const usual = 30;
const most = 100;

export function pageOf<T>(all: readonly T[], url: URL): Page<T> {
  const size = Math.min(asked(url, "per_page") ?? usual, most);
  const page = asked(url, "page") ?? 1;
  const last = Math.max(1, Math.ceil(all.length / size));
  const links: string[] = [];
  if (page > 1) links.push(link(url, Math.min(page - 1, last), "prev"));
  if (page < last) links.push(link(url, page + 1, "next"), link(url, last, "last"));
  if (page > 1) links.push(link(url, 1, "first"));
  // A list on one page has no such header at all.
  const headers = links.length === 0 ? {} : { link: links.join(", ") };
  return { items: all.slice((page - 1) * size, page * size), headers };
}

/** GitHub takes zero and less as if nothing had been asked. */
function asked(url: URL, name: string): number | undefined {
  const value = Number(url.searchParams.get(name) ?? 0);
  return value > 0 ? value : undefined;
}

function link(url: URL, page: number, rel: string): string {
  const target = new URL(url);
  target.searchParams.set("page", `${page}`);
  return `<${target.href}>; rel="${rel}"`;
}
