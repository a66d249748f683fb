import type { BusinessMeasure } from '#server/compare/experiment.ts';
import type { DecidedExample, DeciderGroup, DeciderReport } from '#server/compare/report.ts';
import { pairedChange } from '#server/compare/statistics/bootstrap.ts';
import { distributionsOf } from '#server/compare/statistics/distribution.ts';
import { createRandom } from '#server/compare/statistics/random.ts';
import type { Json, JsonObject } from '#server/kernel/json.ts';

/** What one decider made of a command, in so many microseconds. */
export type DecidedOne = DecidedExample & { us: number };
export type DecidedBoth = { a: DecidedOne; b: DecidedOne };

type Asked = {
  commandId: string;
  commandType: string;
  streamId: string;
  data: JsonObject;
  receivedAt: string;
  streamVersion: number;
  outcome: 'accepted' | 'rejected' | 'nothing_to_do';
};

const EXAMPLES = 5;

/** Of times so many are kept, drawn evenly from all. */
const TIMES_MAX = 2000;

/** Counts what two deciders made of the same commands, by command type and reason. */
export function createDeciderTally({ measure, seed }: { measure: BusinessMeasure | null; seed: number }) {
  const random = createRandom(seed);
  const groups = new Map<string, DeciderGroup>();
  const counts = {
    commands: 0,
    same: 0,
    acceptedOnlyA: 0,
    acceptedOnlyB: 0,
    differentEvents: 0,
    differentState: 0,
    differentRefusal: 0,
  };
  const recorded = { accepted: 0, rejected: 0, nothing_to_do: 0 };
  const sums = { a: 0, b: 0 };
  const times = { a: [] as number[], b: [] as number[] };

  return {
    add(command: Asked, { a, b }: DecidedBoth): void {
      counts.commands += 1;
      recorded[command.outcome] += 1;
      sums.a += measured(measure, a);
      sums.b += measured(measure, b);
      keepTime(a.us, b.us);
      const found = differenceOf(a, b);
      if (found === null) {
        counts.same += 1;
        return;
      }
      if (found.kind === 'accepted_by_one') {
        if (a.outcome === 'accepted') counts.acceptedOnlyA += 1;
        else counts.acceptedOnlyB += 1;
      } else if (found.kind === 'different_events') counts.differentEvents += 1;
      else if (found.kind === 'different_state') counts.differentState += 1;
      else counts.differentRefusal += 1;
      const { commandType } = command;
      const id = [commandType, found.kind, a.outcome, b.outcome, found.reason].join('\n');
      const group = groups.get(id) ?? { commandType, ...found, a: a.outcome, b: b.outcome, commands: 0, examples: [] };
      group.commands += 1;
      if (group.examples.length < EXAMPLES) {
        const { commandId, streamId, receivedAt, data, streamVersion } = command;
        group.examples.push({ commandId, streamId, receivedAt, data, streamVersion, a: shown(a), b: shown(b) });
      }
      groups.set(id, group);
    },
    report(): DeciderReport {
      const title =
        measure?.count ?? (measure?.sum === undefined ? '' : `${measure.sum.field} of ${measure.sum.eventType}`);
      return {
        ...counts,
        recorded,
        groups: [...groups.values()].sort((x, y) => y.commands - x.commands),
        measure: measure && { title, better: measure.better, ...sums },
        time: { ...distributionsOf(times.a, times.b, 'us', seed), change: pairedChange(times.a, times.b, 0.5, seed) },
      };
    },
  };

  function keepTime(a: number, b: number): void {
    const place = times.a.length < TIMES_MAX ? times.a.length : Math.floor(random() * counts.commands);
    if (place >= TIMES_MAX) return;
    times.a[place] = a;
    times.b[place] = b;
  }
}

function differenceOf(a: DecidedOne, b: DecidedOne): Pick<DeciderGroup, 'kind' | 'reason'> | null {
  if ((a.outcome === 'accepted') !== (b.outcome === 'accepted')) {
    const other = a.outcome === 'accepted' ? b : a;
    return { kind: 'accepted_by_one', reason: other.refusal?.code ?? other.outcome };
  }
  if (a.outcome !== b.outcome || a.refusal?.code !== b.refusal?.code) {
    const word = ({ refusal, outcome }: DecidedOne) => refusal?.code ?? outcome;
    return { kind: 'different_refusal', reason: `${word(a)} → ${word(b)}` };
  }
  const types = ({ events }: DecidedOne) => events.map((event) => event.eventType).join(', ');
  if (types(a) !== types(b)) return { kind: 'different_events', reason: `${types(a)} → ${types(b)}` };
  const paths = a.events.flatMap((event, index) => {
    const where = pathsOf(event.data, b.events[index]?.data ?? null, '');
    return where.map((path) => `${event.eventType}${path}`);
  });
  if (paths.length > 0) return { kind: 'different_events', reason: [...new Set(paths)].join(', ') };
  const state = pathsOf(a.state, b.state, '');
  return state.length === 0
    ? null
    : { kind: 'different_state', reason: [...new Set(state)].map((path) => path.slice(1)).join(', ') };
}

/** Where two values differ, as `.lines[].quantity`; places in a list are not told apart. */
function pathsOf(a: Json, b: Json, path: string): string[] {
  if (JSON.stringify(a) === JSON.stringify(b)) return [];
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  )
    return [path];
  const [x, y] = [a as Record<string, Json>, b as Record<string, Json>];
  return Object.keys({ ...x, ...y }).flatMap((key) =>
    pathsOf(x[key] ?? null, y[key] ?? null, Array.isArray(a) ? `${path}[]` : `${path}.${key}`),
  );
}

function measured(measure: BusinessMeasure | null, { events }: DecidedOne): number {
  if (measure === null) return 0;
  return events.reduce((sum, event) => {
    if (measure.count !== undefined && event.eventType === measure.count) return sum + 1;
    if (measure.sum === undefined || event.eventType !== measure.sum.eventType) return sum;
    const value = measure.sum.field
      .split('.')
      .reduce<Json | undefined>(
        (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, Json>)[key] : undefined),
        event.data,
      );
    return sum + (typeof value === 'number' ? value : 0);
  }, 0);
}

function shown({ us: _, ...example }: DecidedOne): DecidedExample {
  return example;
}
