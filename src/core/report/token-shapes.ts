/** A kind of secret that can be known by its form: how it begins, and what follows. */
interface TokenShape {
  readonly name: string;
  /** Regular expressions, without groups that capture. */
  readonly begin: string;
  readonly body: string;
  /** So many characters of the body make it a secret; fewer do at the end of a long text, where the rest may be cut off. */
  readonly least: number;
  /** Who describes it. */
  readonly source: string;
}

const word = "[A-Za-z0-9_]";
const dashed = "[A-Za-z0-9_-]";

/** Where GitHub lists the secrets that it looks for, with their makers. */
const scanned =
  "https://docs.github.com/code-security/reference/secret-security/supported-secret-scanning-patterns";

/** Forms of secrets that their makers gave a fixed beginning, so that they can be found. */
export const tokenShapes: readonly TokenShape[] = [
  {
    name: "GitHub tokens",
    begin: "gh[opusr]_",
    // Installation tokens may hold dots and dashes since 2026, and no length is promised.
    body: "[A-Za-z0-9_.-]",
    least: 16,
    source:
      "https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github",
  },
  {
    name: "GitHub fine-grained tokens",
    begin: "github_pat_",
    body: word,
    least: 16,
    source:
      "https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github",
  },
  {
    name: "GitLab tokens",
    begin: "gl(?:pat|oas|dt|rtr?|cbt|ptt|ft|imt|agent|wt|soat|ffct)-",
    body: "[A-Za-z0-9_.-]",
    least: 12,
    source: "https://docs.gitlab.com/security/tokens/#token-prefixes",
  },
  { name: "npm access tokens", begin: "npm_", body: "[A-Za-z0-9]", least: 20, source: scanned },
  {
    name: "PyPI API tokens",
    begin: "pypi-Ag",
    body: dashed,
    least: 16,
    source: scanned,
  },
  {
    name: "AWS access keys",
    begin: "\\b(?:AKIA|ASIA|ABIA|ACCA)",
    body: "[A-Z0-9]",
    least: 12,
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
  },
  {
    name: "Google API keys",
    begin: "AIza",
    body: dashed,
    least: 20,
    source: "https://docs.cloud.google.com/docs/authentication/api-keys",
  },
  { name: "Google access tokens", begin: "ya29\\.", body: dashed, least: 16, source: scanned },
  {
    name: "Slack tokens",
    begin: "xox[a-z]-|xapp-|xoxe\\.xox[a-z]-",
    body: "[A-Za-z0-9-]",
    least: 10,
    source: "https://docs.slack.dev/authentication/tokens",
  },
  {
    name: "Slack webhooks",
    begin: "https://hooks\\.slack\\.com/(?:services|workflows|triggers)/",
    body: "[A-Za-z0-9/_-]",
    least: 8,
    source: "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",
  },
  {
    name: "Stripe keys",
    begin: "\\b(?:sk|rk)_(?:live|test)_",
    body: "[A-Za-z0-9]",
    least: 10,
    source: "https://docs.stripe.com/keys",
  },
  { name: "Stripe signing secrets", begin: "\\bwhsec_", body: "[A-Za-z0-9+/=]", least: 10, source: scanned },
  { name: "SendGrid API keys", begin: "\\bSG\\.", body: "[A-Za-z0-9_.-]", least: 20, source: scanned },
  {
    name: "OpenAI and Anthropic API keys",
    begin: "\\bsk-(?:ant-|proj-|svcacct-)",
    body: dashed,
    least: 16,
    source: scanned,
  },
  { name: "Docker access tokens", begin: "dckr_(?:pat|oat)_", body: dashed, least: 12, source: scanned },
  { name: "HashiCorp Vault tokens", begin: "hv[sbr]\\.", body: dashed, least: 16, source: scanned },
  {
    name: "DigitalOcean tokens",
    begin: "dop_v1_|doo_v1_|dor_v1_",
    body: "[a-f0-9]",
    least: 16,
    source: scanned,
  },
  { name: "Hugging Face tokens", begin: "hf_", body: "[A-Za-z0-9]", least: 20, source: scanned },
  // A JSON Web Token: a header and a payload, each an object in base64url, and a signature. RFC 7519, section 3.
  {
    name: "JSON Web Tokens",
    begin: "eyJ[A-Za-z0-9_-]{5,}\\.eyJ",
    body: "[A-Za-z0-9_.-]",
    least: 4,
    source: "https://www.rfc-editor.org/rfc/rfc7519",
  },
  {
    name: "Authorization headers with a bearer token",
    begin: "[Bb]earer +",
    body: "[A-Za-z0-9_.~+/=-]",
    least: 16,
    source: "https://www.rfc-editor.org/rfc/rfc6750",
  },
  {
    name: "Tokens and signatures in the query of an address",
    begin: "[?&](?:access_token|api_?key|client_secret|token|sig|[Xx]-[Aa]mz-[Ss]ignature)=",
    body: "[A-Za-z0-9_.~+/%=-]",
    least: 8,
    source: "https://www.rfc-editor.org/rfc/rfc6750#section-5.3",
  },
];
