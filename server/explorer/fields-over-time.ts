import { PAGE_EVENTS_MAX } from '#server/event-store/event-store.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { categoryOf, type StreamId } from '#server/kernel/stream-id.ts';
import type { FieldSeries, FieldsOverTime } from './stream-questions.ts';
import { lastVersionOf, type Parts, walkVersions } from './walk-versions.ts';

/**
 * A stream of so many versions is looked at whole: one fold, and 40 ms at 620 versions of 200 fields (a sample took 15). At
 * 1,000 whose twelve fields are long texts that all change it takes 55 ms, and the answer is 860 kB.
 */
const WHOLE_MAX = 1000;
/** States that are looked at of a longer one, at even distances, and fields that are told. */
const SAMPLES_MAX = 120;
const FIELDS_MAX = 12;
const DEPTH_MAX = 3;
const FIELDS_SEEN_MAX = 200;
const TEXT_MAX = 80;
const AT_ONCE = 4;

type Scalar = number | string | boolean | null;

/** Scalar fields of the state at every version, of a long stream at 120 of them; those that changed first. */
export async function fieldsOverTime(parts: Parts, { streamId }: { streamId: StreamId }): Promise<FieldsOverTime> {
  const lastVersion = await lastVersionOf(parts.eventStore, streamId);
  const wanted = sampledVersions(lastVersion);
  const look = lastVersion <= PAGE_EVENTS_MAX ? walkOver : sample;
  const { samples, unfoldable } = await look(parts, streamId, wanted);
  const versions = samples.map((one) => one.version);
  const fields = new Map<string, Map<number, Scalar>>();
  for (const { version, state } of samples) {
    for (const [path, value] of scalars(state)) {
      const known = fields.get(path);
      if (known) known.set(version, value);
      else if (fields.size < FIELDS_SEEN_MAX) fields.set(path, new Map([[version, value]]));
    }
  }
  const series = [...fields].map(([path, values]): FieldSeries => {
    const list = versions.map((version) => values.get(version) ?? null);
    const kind = list.every((value) => value === null || typeof value === 'number') ? 'number' : 'state';
    return { path, kind, values: list };
  });
  const changing = (one: FieldSeries) => new Set(one.values).size > 1;
  const ordered = [...series.filter(changing), ...series.filter((one) => !changing(one))];
  const at = samples.map((one) => one.at);
  const leftOut = Math.max(0, ordered.length - FIELDS_MAX);
  return { versions, at, series: ordered.slice(0, FIELDS_MAX), lastVersion, leftOut, unfoldable };
}

/** The first and the last version, and as many between as are looked at. */
export function sampledVersions(lastVersion: number): number[] {
  const count = lastVersion <= WHOLE_MAX ? lastVersion : SAMPLES_MAX;
  if (count <= 1) return [lastVersion];
  return Array.from({ length: count }, (_, index) => 1 + Math.round((index * (lastVersion - 1)) / (count - 1)));
}

type Sample = { version: number; at: string; state: JsonObject };

/** A stream of one page is folded once from its beginning, in place of once for each version. */
async function walkOver(parts: Parts, streamId: StreamId, wanted: readonly number[]) {
  const versions = new Set(wanted);
  const samples: Sample[] = [];
  const range = { streamId, after: 0, upTo: wanted.at(-1) ?? 0 };
  const { unfoldable } = await walkVersions(parts, range, ({ event, after }) => {
    const { streamVersion: version, occurredAt: at } = event;
    if (versions.has(version)) samples.push({ version, at, state: after });
    return undefined;
  });
  return { samples, unfoldable };
}

/** Folds each, some at once; what comes after a version that can't be folded is not asked for. */
async function sample({ eventStore, registry }: Parts, streamId: StreamId, wanted: readonly number[]) {
  const folder = registry.folderFor(categoryOf(streamId));
  const samples: Sample[] = [];
  let unfoldable: FieldsOverTime['unfoldable'] = null;
  for (let start = 0; start < wanted.length && unfoldable === null; start += AT_ONCE) {
    const some = await Promise.all(
      wanted.slice(start, start + AT_ONCE).map(async (version): Promise<Sample | undefined> => {
        try {
          const [{ state }, { events }] = await Promise.all([
            eventStore.foldStream(streamId, folder, { version }),
            eventStore.readStream(streamId, { after: version - 1, limit: 1 }),
          ]);
          return { version, at: events[0]?.occurredAt ?? '', state };
        } catch (error) {
          if (!isTidemarkError(error, 'fold-failed')) throw error;
          unfoldable = { streamVersion: Number(error.details.streamVersion), message: error.message };
          return undefined;
        }
      }),
    );
    samples.push(...some.filter((one) => one !== undefined));
  }
  return { samples, unfoldable };
}

function* scalars(value: JsonObject, prefix = '', depth = 1): Generator<[string, Scalar]> {
  for (const [key, inner] of Object.entries(value)) {
    const path = prefix + (PLAIN_KEY.test(key) ? (prefix === '' ? key : `.${key}`) : `[${JSON.stringify(key)}]`);
    if (typeof inner === 'string') yield [path, inner.length > TEXT_MAX ? `${inner.slice(0, TEXT_MAX)}…` : inner];
    else if (Array.isArray(inner)) yield [`${path}.length`, inner.length];
    else if (typeof inner !== 'object' || inner === null) yield [path, inner];
    else if (depth < DEPTH_MAX) yield* scalars(inner, path, depth + 1);
  }
}

const PLAIN_KEY = /^[A-Za-z_$][\w$]*$/;
