import { createHash } from "node:crypto";

/** Whether a login is an app's: the token of a workflow acts as "github-actions[bot]". */
export function isBot(login: string): boolean {
  return login.endsWith("[bot]");
}

/** An account as other objects carry it (`simple-user`). */
export function account(login: string, api: string): object {
  const id = idOf(login);
  const url = `${api}/users/${encodeURIComponent(login)}`;
  const page = isBot(login) ? `apps/${slugOf(login)}` : encodeURIComponent(login);
  return {
    login,
    id,
    node_id: nodeId("U", id),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: "",
    url,
    html_url: `https://github.com/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: isBot(login) ? "Bot" : "User",
    site_admin: false,
    user_view_type: "public",
  };
}

/** An account as it sees itself (`private-user`). */
export function ownAccount(login: string, api: string): object {
  const unknown = { name: null, company: null, blog: null, location: null, hireable: null, bio: null };
  const counts = { public_repos: 1, public_gists: 0, followers: 0, following: 0, private_gists: 0 };
  const quota = { total_private_repos: 0, owned_private_repos: 0, disk_usage: 0, collaborators: 0 };
  return {
    ...account(login, api),
    user_view_type: "private",
    ...unknown,
    email: null,
    notification_email: null,
    twitter_username: null,
    ...counts,
    ...quota,
    two_factor_authentication: true,
    created_at: "2020-01-01T00:00:00Z",
    updated_at: "2020-01-01T00:00:00Z",
  };
}

/** The app behind a login (`integration`); null for people. */
export function appOf(login: string, api: string) {
  if (!isBot(login)) return null;
  const slug = slugOf(login);
  const id = slug === "github-actions" ? 15_368 : idOf(slug);
  return {
    id,
    slug,
    node_id: nodeId("A", id),
    client_id: `Iv1.${slug}`,
    owner: { ...account("github", api), type: "Organization" },
    name: slug === "github-actions" ? "GitHub Actions" : slug,
    description: null,
    external_url: "https://help.github.com/en/actions",
    html_url: `https://github.com/apps/${slug}`,
    created_at: "2018-07-30T09:30:17Z",
    updated_at: "2024-04-10T20:33:16Z",
    permissions: { checks: "write", issues: "write", metadata: "read", pull_requests: "write" },
    events: ["check_run", "pull_request"],
  };
}

/** Opaque id as GitHub gives one to every object. */
export function nodeId(kind: string, id: number): string {
  return `${kind}_${Buffer.from(`${kind}:${id}`).toString("base64url")}`;
}

/** The same number for the same name in every run. */
export function idOf(name: string): number {
  if (name === "github-actions[bot]") return 41_898_282;
  return createHash("sha256").update(name.toLowerCase()).digest().readUIntBE(0, 4);
}

function slugOf(login: string): string {
  return login.slice(0, -"[bot]".length);
}
