import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { WIDEST_LEVEL } from '#server/kernel/density-levels.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Json } from '#server/kernel/json.ts';
import { CORRELATION_KEY, correlatedWith } from './correlation-key.ts';
import type { Explorer } from './explorer.ts';
import { nearTypes } from './near-words.ts';
import type { EventHit, EventHits } from './searches.ts';

/** The newest events whose payloads are looked through: no index is kept of payloads. */
const LOOKED_AT_MAX = 20_000;
const TYPES_MAX = 6;
const AROUND_CHARS = 40;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const POSITION = /^\d{1,3}(,?\d{3})*$/;

const EVENT = `global_position as "globalPosition", stream_id as "streamId", event_type as "eventType",
  stream_version::float8 as "streamVersion", occurred_at as "occurredAt"`;

const COLUMNS = `${EVENT}, data`;
const BY_ID = `select ${COLUMNS} from events where event_id = $1::uuid`;
const BY_CORRELATION = `
  select ${COLUMNS} from events where ${correlatedWith('$1')} order by ${CORRELATION_KEY} limit $2`;
const BY_POSITION = `select ${COLUMNS} from events where global_position = $1::bigint`;
const BY_PAYLOAD = `
  select ${EVENT}, case when $5::text[] is null then data else without_fields(data, $5) end as data from (
    select * from events where global_position <= $1 order by global_position desc limit ${LOOKED_AT_MAX}
  ) newest
  where case when $5::text[] is null then data else without_fields(data, $5) end::text ilike $2
    and ($4::text[] is null or split_part(stream_id, '-', 1) = any ($4))
  order by global_position desc limit $3`;
const TYPES = `
  select event_type as "eventType", sum(count)::float8 as count from density
  where bucket_seconds = ${WIDEST_LEVEL} and (event_type ilike $1 or event_type = any ($3))
    and ($2::text[] is null or category = any ($2))
  group by event_type order by count desc, event_type limit ${TYPES_MAX}`;

type Row = Pick<RecordedEvent, 'globalPosition' | 'streamId' | 'eventType' | 'streamVersion' | 'occurredAt' | 'data'>;

/** Events by what was typed: a position, an id, a correlation, a name of a type, a text in the newest payloads. */
export async function searchEvents(
  { database, eventStore }: { database: Database; eventStore: EventStore },
  { q, limit = 20, categories, hiddenFields }: Parameters<Explorer['searchEvents']>[0],
): Promise<EventHits> {
  const like = `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const { position: mark } = await eventStore.highWaterMark();
  const none = Promise.resolve<Row[]>([]);
  const [types, byId, correlated, byPosition, byPayload] = await Promise.all([
    typesLike(database, { q, like, categories }),
    UUID.test(q) ? database.query<Row>(BY_ID, [q]) : none,
    UUID.test(q) ? database.query<Row>(BY_CORRELATION, [q, limit]) : none,
    POSITION.test(q) ? database.query<Row>(BY_POSITION, [q.replaceAll(',', '').slice(0, 18)]) : none,
    q.length >= 3
      ? database.query<Row>(BY_PAYLOAD, [mark, like, limit, categories ?? null, hiddenFields ?? null])
      : none,
  ]);
  const hits = [
    ...byPosition.map((row) => toHit(row, { by: 'position', where: null, text: q })),
    ...byId.map((row) => toHit(row, { by: 'event id', where: null, text: q })),
    ...correlated.map((row) => toHit(row, { by: 'correlation', where: null, text: q })),
    ...byPayload.map((row) => toHit(row, { by: 'payload', ...whereIn(row.data, q) })),
  ];
  const seen = new Set<string>();
  const unique = hits.filter((hit) => !seen.has(hit.globalPosition) && seen.add(hit.globalPosition));
  return { types, hits: unique.slice(0, limit), payloadsLookedAt: q.length >= 3 ? LOOKED_AT_MAX : 0 };
}

/** Types with the text in their names; where there is none, those whose names are spelt like it. */
async function typesLike(
  database: Database,
  { q, like, categories = null }: { q: string; like: string; categories?: readonly string[] | null | undefined },
): Promise<EventHits['types']> {
  const types = await database.query<EventHits['types'][number]>(TYPES, [like, categories, []]);
  if (types.length > 0) return types;
  const near = await nearTypes(database, q);
  return near.length === 0 ? [] : database.query<EventHits['types'][number]>(TYPES, [like, categories, near]);
}

function toHit({ data: _, ...row }: Row, match: EventHit['match']): EventHit {
  return { ...row, match };
}

/** The first value or key with the text in it: where it stands, and the text between U+E000 and U+E001. */
function whereIn(data: Json, q: string): { where: string | null; text: string } {
  const wanted = q.toLowerCase();
  const stack: { path: string; value: Json }[] = [{ path: '', value: data }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { path, value } = next;
    if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value).reverse()) {
        stack.push({
          path: Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`,
          value: inner,
        });
      }
      continue;
    }
    const text = String(value);
    const at = text.toLowerCase().indexOf(wanted);
    if (at >= 0) return { where: path, text: around(text, at, q.length) };
  }
  return { where: null, text: q };
}

function around(text: string, at: number, length: number): string {
  const end = at + length;
  return `${text.slice(Math.max(0, at - AROUND_CHARS), at)}\ue000${text.slice(at, end)}\ue001${text.slice(end, end + AROUND_CHARS)}`;
}
