import { parseArgs } from 'node:util';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { ShopPlan } from './shop-history.ts';

export const USAGE = `npm run seed -- [--events N] [--streams M] [--seed S] [--days D] [--until TIME]
  --events N     in all (100000)
  --streams M    of them (a sixth of the events)
  --seed S       another one makes another shop (1)
  --days D       how long the history is (one for 33000 events, at most 365)
  --until TIME   when it ends (now)`;

const EVENTS_MAX = 100_000_000;
const DAY_MS = 86_400_000;
/** A shop of this many events a day is a busy one, and its month is a million. */
const EVENTS_A_DAY = 33_000;

export type SeedArguments = ShopPlan & { from: number; to: number };

/** What the shell says, checked; throws `bad-request` that names the option and what would be right. */
export function readSeedArguments(args: readonly string[], now: number): SeedArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      events: { type: 'string' },
      streams: { type: 'string' },
      seed: { type: 'string' },
      days: { type: 'string' },
      until: { type: 'string' },
    },
  });
  const events = whole('--events', values.events ?? '100000', 1, EVENTS_MAX);
  const streams = whole('--streams', values.streams ?? String(Math.max(1, Math.floor(events / 6))), 1, EVENTS_MAX);
  if (streams > events) throw wrong('--streams', `must not be above --events (${events}): a stream has an event`);
  const days = whole(
    '--days',
    values.days ?? String(Math.min(365, Math.max(1, Math.ceil(events / EVENTS_A_DAY)))),
    1,
    36_500,
  );
  const to = values.until === undefined ? now : Date.parse(values.until);
  if (Number.isNaN(to)) throw wrong('--until', 'must be a time, such as 2026-11-24T10:00:00Z');
  return { events, streams, seed: whole('--seed', values.seed ?? '1', 0, 4_294_967_295), from: to - days * DAY_MS, to };
}

function whole(option: string, text: string, min: number, max: number): number {
  const value = Number(text.replaceAll('_', '').replaceAll(',', ''));
  if (!Number.isInteger(value) || value < min || value > max) {
    throw wrong(option, `must be a whole number from ${min} to ${max}, not ${text}`);
  }
  return value;
}

function wrong(option: string, why: string): TidemarkError {
  return new TidemarkError('bad-request', `${option} ${why}`, { field: option });
}
