import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitMessages } from './split-messages.ts';

const message = fc.record({ type: fc.integer({ min: 1, max: 127 }), body: fc.uint8Array({ maxLength: 40 }) });

function toBytes({ type, body }: { type: number; body: Uint8Array }): Buffer {
  const head = Buffer.alloc(5);
  head[0] = type;
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

test('messages come out whole and in order, wherever the bytes were cut on their way', () => {
  fc.assert(
    fc.property(fc.array(message), fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (sent, cuts) => {
      const got: { type: number; body: Uint8Array }[] = [];
      const take = splitMessages((type, bytes, at, end) =>
        got.push({ type, body: Uint8Array.from(bytes.subarray(at, end)) }),
      );
      const bytes = Buffer.concat(sent.map(toBytes));
      for (let at = 0, cut = 0; at < bytes.length; cut += 1) {
        const size = cuts[cut % cuts.length] ?? 1;
        take(bytes.subarray(at, at + size));
        at += size;
      }
      expect(got).toEqual(sent);
    }),
  );
});
