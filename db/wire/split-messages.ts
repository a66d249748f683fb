/** A letter, then the length of itself and of what follows it. */
const HEAD_BYTES = 5;

/** The type, and where what follows the length begins and ends. */
type OnMessage = (type: number, bytes: Buffer, at: number, end: number) => void;

/**
 * Cuts what comes from the server into messages. A chunk is used where it is until the call returns; of a message that
 * comes in parts, each part is copied, and put together once, when it is whole.
 */
export function splitMessages(onMessage: OnMessage): (chunk: Buffer) => void {
  let begun: Buffer[] = [];
  let begunBytes = 0;
  /** Of the message that has begun, once its head is known; else of its head. */
  let wantedBytes = HEAD_BYTES;
  let isHead = true;

  /** Takes the rest of what has begun; gives back where in the chunk the next message is. */
  function finish(chunk: Buffer): number {
    let at = 0;
    while (begunBytes > 0) {
      const part = Buffer.from(chunk.subarray(at, at + wantedBytes - begunBytes));
      begun.push(part);
      begunBytes += part.length;
      at += part.length;
      if (begunBytes < wantedBytes) break;
      const bytes = Buffer.concat(begun, begunBytes);
      if (isHead) keep(bytes);
      if (begunBytes < wantedBytes) continue;
      begunBytes = 0;
      onMessage(bytes[0] as number, bytes, HEAD_BYTES, wantedBytes);
    }
    return at;
  }

  function keep(bytes: Buffer): void {
    begun = [bytes];
    begunBytes = bytes.length;
    isHead = begunBytes < HEAD_BYTES;
    wantedBytes = isHead ? HEAD_BYTES : 1 + bytes.readInt32BE(1);
  }

  return (chunk) => {
    let at = begunBytes > 0 ? finish(chunk) : 0;
    while (chunk.length - at >= HEAD_BYTES) {
      const end = at + 1 + chunk.readInt32BE(at + 1);
      if (end > chunk.length) break;
      onMessage(chunk[at] as number, chunk, at + HEAD_BYTES, end);
      at = end;
    }
    if (at < chunk.length) keep(Buffer.from(chunk.subarray(at)));
  };
}
