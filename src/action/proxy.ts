import { warning } from "@actions/core";

const variables = ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"];

/** Lets every request go through the proxy that the usual variables name. NO_PROXY names what is reached without. */
export async function useProxy(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  if (env["NODE_USE_ENV_PROXY"] === "1" || !variables.some((name) => env[name])) return;
  const http: Partial<typeof import("node:http")> = await import("node:http");
  if (http.setGlobalProxyFromEnv) http.setGlobalProxyFromEnv();
  else
    warning(
      `Node ${process.versions.node} of this runner takes no proxy from its variables. Set \`NODE_USE_ENV_PROXY: 1\` in \`env\` of the job.`,
    );
}
