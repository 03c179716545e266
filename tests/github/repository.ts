import { account, idOf, nodeId } from "./accounts.ts";

/** What follows the address of a repository in the addresses of its parts. */
const parts = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
};

const counts = { forks: 0, forks_count: 0, open_issues: 1, open_issues_count: 1, size: 100 };
const audience = { stargazers_count: 0, watchers: 0, watchers_count: 0 };
const features = {
  has_downloads: true,
  has_issues: true,
  has_projects: true,
  has_wiki: true,
  has_pages: false,
};
const unset = { description: null, homepage: null, language: null, mirror_url: null, license: null };
const times = {
  created_at: "2025-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
  pushed_at: "2026-01-01T00:00:00Z",
};

/** A public repository as a pull request carries it (`repository`). */
export function repositoryOf(fullName: string, api: string, fork: boolean): object {
  const [owner = "", name = ""] = fullName.split("/");
  const url = `${api}/repos/${fullName}`;
  const html = `https://github.com/${fullName}`;
  return {
    id: idOf(fullName),
    node_id: nodeId("R", idOf(fullName)),
    name,
    full_name: fullName,
    owner: account(owner, api),
    private: false,
    visibility: "public",
    fork,
    url,
    html_url: html,
    clone_url: `${html}.git`,
    git_url: `git://github.com/${fullName}.git`,
    ssh_url: `git@github.com:${fullName}.git`,
    svn_url: html,
    ...Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, `${url}${part}`])),
    ...counts,
    ...audience,
    ...features,
    ...unset,
    ...times,
    default_branch: "main",
    archived: false,
    disabled: false,
  };
}

/** A repository as a check run's pull requests carry it. */
export function shortRepositoryOf(fullName: string, api: string): object {
  return { id: idOf(fullName), url: `${api}/repos/${fullName}`, name: fullName.split("/")[1] ?? "" };
}
