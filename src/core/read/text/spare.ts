/** Most memory that is kept. 1 MiB. */
const most = 1 << 20;

const empty = new Uint8Array(1);

let spare: Uint8Array = empty;

/** Memory of a window that was closed, whatever lies there: thousands of small files need no more than one of them. */
export function takeSpare(): Uint8Array {
  const taken = spare;
  spare = empty;
  return taken;
}

/** Keeps memory for the next window, and gives nothing for it. */
export function giveSpare(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= most) spare = bytes;
  return empty;
}
