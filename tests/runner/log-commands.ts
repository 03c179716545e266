/**
 * The commands that the runner sees in what a step prints: `::name` at the beginning of a line after blanks, and the older
 * `##[name]` anywhere. https://github.com/actions/runner, ActionCommand.cs
 */
export function logCommands(log: string): readonly string[] {
  return log.split(/\r\n|[\n\r\u0085\u2028\u2029]/).flatMap((line) => {
    const command = /^\s*::([^: ]*)/.exec(line)?.[1];
    const older = /##\[([^\]]*)/.exec(line)?.[1];
    return [...(command === undefined ? [] : [command]), ...(older === undefined ? [] : [`##[${older}`])];
  });
}
