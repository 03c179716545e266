/** Takes the parameters out of a path that fits `template`; undefined: it does not fit. */
export function pathMatcher(
  template: string,
): (pathname: string) => Readonly<Record<string, string>> | undefined {
  // A ref ("heads/main") and a path may hold slashes, no other parameter does.
  const source = template.replace(
    /\{(\w+)\}/g,
    (_, name: string) => `(?<${name}>${name === "ref" || name === "path" ? ".+" : "[^/]+"})`,
  );
  const pattern = new RegExp(`^${source}$`);
  return (pathname) => {
    const found = pattern.exec(pathname);
    return found === null ? undefined : decoded(found.groups ?? {});
  };
}

/** undefined: not percent-encoded as it should be. */
function decoded(params: Readonly<Record<string, string>>): Readonly<Record<string, string>> | undefined {
  try {
    return Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
  } catch {
    return undefined;
  }
}
