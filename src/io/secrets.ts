/** Names of environment variables that hold secrets. */
const secretName =
  /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|PRIVATE|WEBHOOK|COOKIE|AUTHORIZATION|CONNECTION_?STRING|API_?KEY|(?:^|_)(?:KEY|PASS|PWD|PAT|DSN|AUTH)$/i;

/** Names that only sound like it: folders, files and facts about a secret. */
const harmlessName =
  /^(?:OLD)?PWD$|(?:_FILE|_PATH|_DIR|_ID|_NAME|_USER|_TYPE|_HOST|_PORT|_SOCK|_REGION|_VERSION|_TTL|_COUNT|_ENABLED)$|^ACTIONS_.*_URL$|CACHE_?KEY|^GOOGLE_APPLICATION_CREDENTIALS$/i;

/** Shortest value that is taken for a secret, and shortest line of one that has several. */
const leastLength = 8;

/** Words such as `postgres` and `changeme`, and plain numbers: masking them would only tear other texts apart. */
const commonWord = /^(?:[a-z]{1,12}|[A-Z]{1,12}|\d{1,12}|[\W_]*)$/;

/**
 * Values of environment variables whose names say that they are secret, in the forms that tools print them in: as they are,
 * line by line, in JSON, XML, a URL, and in base64 wherever it begins.
 */
export function secretValues(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const values = Object.entries(env)
    .filter(([name]) => secretName.test(name) && !harmlessName.test(name))
    .flatMap(([, value = ""]) => [value.trim(), ...value.split(/\r?\n/).map((line) => line.trim())])
    .filter(isSecret);
  return [...new Set(values.flatMap(formsOf))].filter(isSecret);
}

function isSecret(value: string): boolean {
  return value.length >= leastLength && !commonWord.test(value);
}

function formsOf(value: string): readonly string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const xml = value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quoted = xml.replaceAll('"', "&quot;").replaceAll("'", "&apos;");
  // Through bytes, because half a surrogate pair has no form in a URL.
  const url = encodeURIComponent(Buffer.from(value).toString());
  return [value, json, xml, quoted, url, ...base64Forms(value)];
}

/** What base64 makes of a value inside a longer text: it depends on where the value begins, in steps of three bytes. */
function base64Forms(value: string): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]);
    // Characters that also depend on what stands beside the value are left out.
    const own = bytes
      .toString("base64")
      .slice(Math.ceil((before * 4) / 3), Math.floor((bytes.length * 4) / 3));
    return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
