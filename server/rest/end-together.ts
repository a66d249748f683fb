import type { ServerResponse } from 'node:http';

/** So many are written at once at most: the first one waits for the others' work. */
const TOGETHER_MAX = 16;

let ready: { response: ServerResponse; text: string; encoding: BufferEncoding }[] = [];
let waiting = false;

/**
 * Ends answers that become ready in one turn of the event loop one after the other at its end. A write wakes whoever
 * reads, which takes the processor longer than the write; while it is awake, the writes that follow do not wake it.
 */
export function endTogether(response: ServerResponse, text: string, encoding: BufferEncoding): void {
  ready.push({ response, text, encoding });
  if (ready.length >= TOGETHER_MAX) endAll();
  else if (!waiting) {
    waiting = true;
    setImmediate(() => {
      waiting = false;
      endAll();
    });
  }
}

function endAll(): void {
  const ending = ready;
  ready = [];
  for (const { response, text, encoding } of ending) response.end(text, encoding);
}
