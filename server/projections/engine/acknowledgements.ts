import { channels, type Database } from '#db/database.ts';
import type { Acknowledgement, Acknowledgements } from '#server/kernel/acknowledgements.ts';
import { createBatches } from '#server/kernel/batches.ts';
import { comparePositions, type Position } from '#server/kernel/position.ts';

/** The net beneath the hints, while somebody waits. */
const POLL_MS = 100;

const CURRENT = `
  select c.name, c.sink, c.checkpoint, c.fault is not null as faulted, array(
    select k.global_position from parked k
    where k.name = c.name and k.version = c.version and k.global_position = any ($1::bigint[])) as aside
  from checkpoints c where c.acknowledges order by c.sink desc, c.name`;

type CurrentRow = Omit<Acknowledgement, 'parked'> & { aside: Position[] };

/**
 * Tells how far the projections have come. All who wait or ask at once share one query: a thousand commands under way cost no
 * more than one.
 */
export function createAcknowledgements(database: Database): Acknowledgements & { stop(): Promise<void> } {
  const waiting = new Set<(now: Acknowledgement[]) => void>();
  let refreshing = false;
  let again = false;
  let poll: NodeJS.Timeout | undefined;

  const current = createBatches<Position | undefined, Acknowledgement[]>(async (asked) => {
    const positions = asked.filter((position) => position !== undefined);
    const rows = await database.query<CurrentRow>(CURRENT, [positions]);
    return asked.map((position) =>
      rows.map(({ aside, ...row }) => ({ ...row, parked: position !== undefined && aside.includes(position) })),
    );
  });

  async function refresh(): Promise<void> {
    if (waiting.size === 0) return;
    if (refreshing) {
      again = true;
      return;
    }
    refreshing = true;
    try {
      const now = await current(undefined);
      for (const tell of waiting) tell(now);
    } catch {
      // The database is away: whoever waits has a deadline of its own.
    }
    refreshing = false;
    if (again) {
      again = false;
      await refresh();
    }
  }

  let listener: { stop(): Promise<void> } | undefined;

  return {
    current,
    waitFor(position, { timeoutMs, names, signal, onChange }) {
      return new Promise((resolve) => {
        let latest: Acknowledgement[] = [];
        const end = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', end);
          waiting.delete(look);
          if (waiting.size === 0) clearInterval(poll);
          resolve(latest);
        };
        const look = (now: Acknowledgement[]) => {
          latest = names ? now.filter((one) => names.includes(one.name)) : now;
          onChange?.(latest);
          if (latest.every((one) => isSettled(one, position))) end();
        };
        const timer = setTimeout(end, timeoutMs);
        signal?.addEventListener('abort', end, { once: true });
        if (waiting.size === 0) poll = setInterval(() => void refresh(), POLL_MS);
        waiting.add(look);
        listener ??= database.listen(channels(database.schema).checkpoints, () => void refresh());
        void refresh();
      });
    },
    async stop() {
      clearInterval(poll);
      await listener?.stop();
    },
  };
}

function isSettled({ checkpoint, faulted }: Acknowledgement, position: Position): boolean {
  return faulted || comparePositions(checkpoint, position) >= 0;
}
