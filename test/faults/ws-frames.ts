/**
 * Changes the order of the pokes that a server sends on a websocket: whole frames with `42["event"` that come within `ms` are passed on
 * in reverse; all others keep their place. Frames of servers carry no mask.
 */
export function shuffler(ms: number): (chunk: Buffer, pass: (chunk: Buffer) => void) => void {
  let upgraded = false;
  let rest = Buffer.alloc(0);
  let held: Buffer[] = [];
  let timer: NodeJS.Timeout | null = null;
  return (chunk, pass) => {
    if (!upgraded) {
      upgraded = chunk.includes('101 Switching Protocols');
      const end = chunk.indexOf('\r\n\r\n') + 4;
      pass(upgraded ? chunk.subarray(0, end) : chunk);
      if (!upgraded || end === chunk.length) return;
      chunk = chunk.subarray(end);
    }
    rest = Buffer.concat([rest, chunk]);
    for (let frame = take(); frame; frame = take()) {
      if (!frame.includes('42["event"')) pass(frame);
      else held.push(frame);
    }
    if (held.length > 0)
      timer ??= setTimeout(() => {
        timer = null;
        held.reverse().forEach(pass);
        held = [];
      }, ms);
  };

  /** The next whole frame, taken off what has come. */
  function take(): Buffer | null {
    if (rest.length < 2) return null;
    const short = rest[1] & 0x7f;
    const header = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (rest.length < header) return null;
    const length = short === 126 ? rest.readUInt16BE(2) : short === 127 ? Number(rest.readBigUInt64BE(2)) : short;
    if (rest.length < header + length) return null;
    const frame = rest.subarray(0, header + length);
    rest = rest.subarray(header + length);
    return frame;
  }
}
