import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { MARKED_AMOUNT, MARKER } from './marked-orders.ts';
import { AT_ONCE, type Server } from './server.ts';

const AGAIN_MS = 50;
const LATE_MS_MAX = 500;
const ORDER = {
  customerId: 'load',
  lines: [{ sku: 'TEE', quantity: 1, unitPrice: { amount: 1900, currency: 'EUR' } }],
};

/** Calls `turn` so many times a second, half of what the server is asked at once at most; what is not begun in time is left out. */
export function startPace(perSecond: number, turn: () => Promise<void>) {
  const going = new Set<Promise<void>>();
  let dueAt = performance.now();
  let stopped = false;
  const loop = (async () => {
    while (!stopped) {
      const now = performance.now();
      if (now - dueAt > LATE_MS_MAX) dueAt = now;
      for (; dueAt <= now && going.size < AT_ONCE / 2; dueAt += 1000 / perSecond) {
        const one: Promise<void> = turn().finally(() => going.delete(one));
        going.add(one);
      }
      await pause(2);
    }
  })();
  return {
    async stop(): Promise<void> {
      stopped = true;
      await loop;
      await Promise.all(going);
    },
  };
}

/** Orders that are placed and confirmed, each command with an id of its own and repeated until it is answered. */
export function createCommands(server: Server) {
  const acknowledged: string[] = [];
  const refused: string[] = [];
  let repeated = 0;
  let sent = 0;
  const placed = new Map<string, Promise<void>>();

  async function send(commandType: string, streamId: string, data: object): Promise<void> {
    const body = { commandId: randomUUID(), streamId, data, waitForMs: 0 };
    for (;;) {
      const answer = await server.ask(`/commands/${commandType}`, body);
      if (answer !== undefined && answer.status < 300) break;
      if (answer !== undefined && answer.status < 500 && answer.status !== 429) {
        refused.push(`${commandType} ${streamId}: ${JSON.stringify(answer.body)}`);
        return;
      }
      repeated += 1;
      await pause(AGAIN_MS);
    }
    acknowledged.push(`${commandType} ${streamId}`);
  }

  return {
    acknowledged,
    refused,
    repeated: () => repeated,
    async turn(): Promise<void> {
      const count = sent;
      sent += 1;
      const streamId = `order-load-${Math.floor(count / 2)}`;
      if (count % 2 === 0) {
        const place = send('PlaceOrder', streamId, ORDER);
        placed.set(streamId, place);
        return place;
      }
      await placed.get(streamId);
      placed.delete(streamId);
      return send('ConfirmOrder', streamId, {});
    },
  };
}

type Page = { rows: { total: { amount: number } | null }[]; position: string };

/** Readers of the marked orders, who hold what they see against what was seen before. */
export function createReaders(server: Server) {
  const seen = { reads: 0, unanswered: 0, ofTwoVersions: 0, wentBack: 0, positionWentBack: 0, incomplete: 0 };
  const durations: number[] = [];
  let from = 1;
  let to = 1;
  let switchedAt: number | undefined;
  let position = 0;

  function hold(versions: Set<number>, startedAt: number, endedAt: number): void {
    const [version] = versions;
    if (versions.size !== 1) seen.ofTwoVersions += 1;
    else if (version === to) switchedAt ??= endedAt;
    // What began after another had seen the next version sees it too.
    else if (version !== from || (switchedAt !== undefined && startedAt > switchedAt)) seen.wentBack += 1;
  }

  return {
    seen,
    durations,
    /** From now on a read may see the next version. */
    expect(next: number): void {
      from = to;
      to = next;
      switchedAt = undefined;
    },
    async turn(): Promise<void> {
      const startedAt = performance.now();
      const floor = position;
      const answer = await server.ask(`/read-models/orders?customerId=${MARKER}&limit=100`);
      if (answer === undefined || answer.status !== 200) {
        seen.unanswered += 1;
        return;
      }
      const endedAt = performance.now();
      const page = answer.body as Page;
      seen.reads += 1;
      durations.push(endedAt - startedAt);
      if (page.rows.length !== MARKED_ORDERS) seen.incomplete += 1;
      if (Number(page.position) < floor) seen.positionWentBack += 1;
      position = Math.max(position, Number(page.position));
      hold(new Set(page.rows.map((row) => 1 + (row.total?.amount ?? Number.NaN) - MARKED_AMOUNT)), startedAt, endedAt);
    },
  };
}

export const MARKED_ORDERS = 40;

/** The orders by which readers tell the versions apart. */
export async function placeMarked(server: Server): Promise<void> {
  for (let order = 0; order < MARKED_ORDERS; order += 1) {
    const lines = [{ sku: 'TEE', quantity: 1, unitPrice: { amount: MARKED_AMOUNT, currency: 'EUR' } }];
    const answer = await server.ask('/commands/PlaceOrder', {
      streamId: `order-marked-${order}`,
      data: { customerId: MARKER, lines },
      waitForMs: 10_000,
    });
    if (answer?.status !== 200) throw new Error(`an order was not placed: ${JSON.stringify(answer)}`);
  }
}
