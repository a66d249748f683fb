import { expect, test, vi } from 'vitest';
import type { Position } from '#server/kernel/position.ts';
import type { AllPage } from './event-store.ts';
import { follow } from './follow.ts';

/** Pages of one position each up to `head`, and which of them were asked for. */
function source(head: number) {
  const asked: string[] = [];
  const failing = new Set<string>();
  return {
    asked,
    failing,
    onHint: () => () => {},
    async readAll({ after = '0' as Position }: { after?: Position }): Promise<AllPage> {
      asked.push(after);
      if (failing.delete(after)) throw new Error('no answer');
      const upTo = String(Math.min(Number(after) + 1, head)) as Position;
      return { events: [], nextAfter: Number(upTo) < head ? upTo : null, upTo };
    },
  };
}

test('while a page is handled the next is read, and no more than that one', async () => {
  const pages = source(5);
  let go = () => {};
  const handled: string[] = [];
  const subscription = follow(pages, {
    async onEvents(_, upTo) {
      handled.push(upTo);
      await new Promise<void>((resolve) => {
        go = resolve;
      });
    },
  });
  for (const upTo of ['1', '2', '3']) {
    await vi.waitFor(() => expect(handled.at(-1)).toBe(upTo));
    expect(pages.asked.at(-1)).toBe(upTo);
    go();
  }
  await vi.waitFor(() => expect(handled.at(-1)).toBe('4'));
  const stopped = subscription.stop();
  go();
  await stopped;
  expect(handled).toEqual(['1', '2', '3', '4']);
});

test('a page that fails while it is read ahead is read again', async () => {
  const pages = source(4);
  pages.failing.add('2');
  const handled: string[] = [];
  const subscription = follow(pages, { onEvents: (_, upTo) => void handled.push(upTo) });
  await vi.waitFor(() => expect(handled).toEqual(['1', '2', '3', '4']), { timeout: 5000 });
  expect(pages.asked.filter((after) => after === '2')).toHaveLength(2);
  await subscription.stop();
});
