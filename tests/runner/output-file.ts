/**
 * The file of outputs as the runner reads it: `name=value`, or `name<<delimiter` and lines up to the delimiter. The last
 * value of a name counts. https://github.com/actions/runner, FileCommandManager.cs
 */
export function readOutputs(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    if (line === "") continue;
    const [equals, here] = [line.indexOf("="), line.indexOf("<<")];
    if (equals >= 0 && (here < 0 || equals < here)) {
      outputs[line.slice(0, equals)] = line.slice(equals + 1);
      continue;
    }
    if (here < 0) throw new Error(`invalid format: ${line}`);
    const end = lines.indexOf(line.slice(here + 2), i + 1);
    if (end === -1) throw new Error(`no end of ${line}`);
    outputs[line.slice(0, here)] = lines.slice(i + 1, end).join("\n");
    i = end;
  }
  return outputs;
}
