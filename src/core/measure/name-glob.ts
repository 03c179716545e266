/**
 * Whether a glob fits a name of a test: `*` stands for any characters, `?` for one. Names hold dots, slashes and
 * spaces of every meaning, so none of them ends a `*`. Takes time by the product of both lengths at the worst.
 */
export function fitsName(glob: string, name: string): boolean {
  let [g, n] = [0, 0];
  /** The last star, and where in the name it was tried to end. */
  let [star, ending] = [-1, 0];
  while (n < name.length) {
    if (glob[g] === "*") {
      star = g++;
      ending = n;
    } else if (g < glob.length && (glob[g] === "?" || glob[g] === name[n])) {
      g++;
      n++;
    } else if (star !== -1) {
      g = star + 1;
      n = ++ending;
    } else return false;
  }
  while (glob[g] === "*") g++;
  return g === glob.length;
}
