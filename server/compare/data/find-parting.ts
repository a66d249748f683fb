import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Sandbox } from './replay-both.ts';

/** Up to so many events each is applied alone and every row is seen; a longer history is halved. */
const STEPPED_MAX = 64;

/** How the rows of a key came to be in a replay of its events by both codes. */
export type Replayed = {
  /** Rows that both codes make of all events. */
  a: JsonObject | null;
  b: JsonObject | null;
  /** Index of the event after which they stay apart; null where the replay makes equal rows. */
  parts: number | null;
  before: { a: JsonObject | null; b: JsonObject | null };
  after: { a: JsonObject | null; b: JsonObject | null };
  /** Whether each code wrote to another of its tables at that event. */
  wroteElsewhere: { a: boolean; b: boolean };
  /** Whether they part only where events come as one page. */
  asOnePage: boolean;
  /** Rows after each event as far as they were seen, for values that were there before. */
  seen: { event: RecordedEvent; a: JsonObject | null; b: JsonObject | null }[];
};

type Pair = { a: JsonObject | null; b: JsonObject | null };

/**
 * Replays the events of one key by both codes and finds the event after which they part: one by one where they are few,
 * else by halves, each half applied behind a savepoint and taken back where the rows differ after it. `equal` says when
 * two rows are equal by the rules.
 */
export async function findParting(
  sandbox: Sandbox,
  key: string,
  events: readonly RecordedEvent[],
  equal: (a: JsonObject | null, b: JsonObject | null) => boolean,
): Promise<Replayed> {
  const look = async (): Promise<Pair> => ({ a: await sandbox.row('a', key), b: await sandbox.row('b', key) });
  const apply = async (part: readonly RecordedEvent[]) => {
    await sandbox.apply('a', part);
    await sandbox.apply('b', part);
    return look();
  };
  const nothing: Pair = { a: null, b: null };

  async function stepped(): Promise<Replayed> {
    const seen: Replayed['seen'] = [];
    const wrote: { a: boolean; b: boolean }[] = [];
    for (const event of events) {
      const others = [await sandbox.others('a'), await sandbox.others('b')];
      seen.push({ event, ...(await apply([event])) });
      wrote.push({ a: others[0] !== (await sandbox.others('a')), b: others[1] !== (await sandbox.others('b')) });
    }
    const same = seen.findLastIndex((one) => equal(one.a, one.b));
    const parts = same === seen.length - 1 ? null : same + 1;
    const last = seen.at(-1) ?? nothing;
    return {
      a: last.a,
      b: last.b,
      parts,
      before: seen[same] ?? nothing,
      after: parts === null ? last : (seen[parts] ?? last),
      wroteElsewhere: wrote[parts ?? -1] ?? { a: false, b: false },
      asOnePage: false,
      seen,
    };
  }

  async function halved(): Promise<Replayed> {
    const last = await sandbox.undone(() => apply(events));
    const same = equal(last.a, last.b);
    let low = 0;
    let high = events.length;
    let before = nothing;
    while (!same && high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      const half = await sandbox.undone(() => apply(events.slice(low, middle)));
      if (equal(half.a, half.b)) {
        before = await apply(events.slice(low, middle));
        low = middle;
      } else high = middle;
    }
    const others = [await sandbox.others('a'), await sandbox.others('b')];
    const after = same ? last : await apply(events.slice(low, high));
    const wroteElsewhere = {
      a: others[0] !== (await sandbox.others('a')),
      b: others[1] !== (await sandbox.others('b')),
    };
    return { ...last, parts: same ? null : low, before, after, wroteElsewhere, asOnePage: false, seen: [] };
  }

  /** The shortest beginning that parts where it comes as one page. */
  async function paged(): Promise<Replayed | undefined> {
    let before = nothing;
    let first: { index: number; pair: Pair; before: Pair } | undefined;
    let last = nothing;
    for (let count = 1; count <= events.length; count += 1) {
      const page = await sandbox.undone(() => apply(events.slice(0, count)));
      const same = equal(page.a, page.b);
      if (same) first = undefined;
      else first ??= { index: count - 1, pair: page, before };
      if (same) before = page;
      last = page;
    }
    if (first === undefined) return undefined;
    const wroteElsewhere = { a: false, b: false };
    return {
      ...last,
      parts: first.index,
      before: first.before,
      after: first.pair,
      wroteElsewhere,
      asOnePage: true,
      seen: [],
    };
  }

  const found = await sandbox.undone(events.length <= STEPPED_MAX ? stepped : halved);
  if (found.parts !== null || events.length > STEPPED_MAX) return found;
  return (await paged()) ?? found;
}
