import type { PublishingClient } from "../core/model/clients.ts";
import { checkClient } from "./github-checks.ts";
import { commentClient } from "./github-comments.ts";
import { type GitHubAccess, openTransport, type World } from "./github-transport.ts";

/** The calls that publishers make, over one transport. */
export function connect(access: GitHubAccess, world?: World): PublishingClient {
  const transport = openTransport(access, world);
  return { ...commentClient(transport), ...checkClient(transport) };
}
