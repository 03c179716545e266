/** Permission of a workflow's token and how much of it, as the key `permissions` of a workflow writes them. */
export type Permission = `${"actions" | "checks" | "contents" | "pull-requests"}: ${"read" | "write"}`;

/**
 * What each operation takes, by its id in openapi.json. Comments and labels of a pull request also go with `issues`.
 * https://docs.github.com/rest/authentication/permissions-required-for-github-apps
 */
export const permissions: Readonly<Record<string, Permission>> = {
  "actions/download-artifact": "actions: read",
  "actions/list-artifacts-for-repo": "actions: read",
  "actions/list-workflow-run-artifacts": "actions: read",
  "checks/create": "checks: write",
  "checks/get": "checks: read",
  "checks/list-for-ref": "checks: read",
  "checks/update": "checks: write",
  "git/create-commit": "contents: write",
  "git/create-ref": "contents: write",
  "git/create-tree": "contents: write",
  "git/get-commit": "contents: read",
  "git/list-matching-refs": "contents: read",
  "git/update-ref": "contents: write",
  "issues/create-comment": "pull-requests: write",
  "issues/delete-comment": "pull-requests: write",
  "issues/get-comment": "pull-requests: read",
  "issues/list-comments": "pull-requests: read",
  "issues/list-labels-on-issue": "pull-requests: read",
  "issues/update-comment": "pull-requests: write",
  "pulls/get": "pull-requests: read",
  "pulls/list": "pull-requests: read",
  "pulls/list-files": "pull-requests: read",
  "repos/compare-commits-with-basehead": "contents: read",
  "repos/download-zipball-archive": "contents: read",
  "repos/get-content": "contents: read",
  "repos/list-commits": "contents: read",
};
