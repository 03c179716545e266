/** Files of text that are part of the program; `tools/build/plugins.mjs` brings them in. */
declare module "*.yml" {
  const text: string;
  export default text;
}
