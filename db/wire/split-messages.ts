/** A letter, then the length of itself and of what follows it. */
const HEAD_BYTES = 5;

/** The type, and where what follows the length begins and ends. */
type OnMessage = (type: number, bytes: Buffer, at: number, end: number) => void;

/**
 * Cuts what comes from the server into messages; one that comes in parts is put together once, when it is whole. A chunk
 * is used until the call returns: what is kept of it is copied.
 */
export function splitMessages(onMessage: OnMessage): (chunk: Buffer) => void {
  let begun: Buffer[] = [];
  let begunBytes = 0;
  let wantedBytes = HEAD_BYTES;

  return (chunk) => {
    let bytes = chunk;
    if (begunBytes > 0) {
      begun.push(Buffer.from(chunk));
      begunBytes += chunk.length;
      if (begunBytes < wantedBytes) return;
      bytes = Buffer.concat(begun, begunBytes);
    }
    let at = 0;
    wantedBytes = HEAD_BYTES;
    while (bytes.length - at >= HEAD_BYTES) {
      wantedBytes = 1 + bytes.readInt32BE(at + 1);
      if (bytes.length - at < wantedBytes) break;
      onMessage(bytes[at] as number, bytes, at + HEAD_BYTES, at + wantedBytes);
      at += wantedBytes;
      wantedBytes = HEAD_BYTES;
    }
    begunBytes = bytes.length - at;
    begun = begunBytes > 0 ? [Buffer.from(bytes.subarray(at))] : [];
  };
}
