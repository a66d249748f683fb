import { randomUUID } from 'node:crypto';
import type { Database } from '#db/database.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import { newKey, type SubjectKey, type SubjectSecrets, subjectHash, unwrapKey, wrapKey } from './seal.ts';

/** The keys of persons. None is kept in memory: what is destroyed opens nothing from that moment on, in any process. */
export type SubjectKeys = {
  /** The person's key, made where there is none. */
  keyOf(subject: string): Promise<SubjectKey>;
  /** The person's key where there is one; nothing is written. */
  standing(subject: string): Promise<SubjectKey | undefined>;
  /** Those of these ids that stand; null for one that was destroyed. */
  byId(keyIds: readonly string[]): Promise<Map<string, Buffer | null>>;
  /** What is sealed for a person: events are looked for among the newest, `eventsLookedAt` of them. */
  radius(subject: string): Promise<{ keys: number; events: number; streams: number; eventsLookedAt: number }>;
  /** Destroys the person's key; how many there were. */
  destroy(subject: string): Promise<number>;
};

// Another process may have made one between the two statements' snapshots: then neither shows it, and it is asked again.
const KEY = `
  with made as (
    insert into subject_keys (key_id, subject_hash, wrapped) values ($1, $2, $3)
    on conflict (subject_hash) where wrapped is not null do nothing returning key_id, wrapped
  )
  select key_id as "keyId", wrapped from made
  union all
  select key_id, wrapped from subject_keys where subject_hash = $2 and wrapped is not null limit 1`;

const STANDING = `
  select key_id as "keyId", wrapped from subject_keys where subject_hash = $1 and wrapped is not null`;

// No index is kept of what is sealed: it would be a list of who bought what.
const LOOKED_AT_MAX = 200_000;
const RADIUS_MS_MAX = 30_000;
const RADIUS = `
  with keys as (select key_id from subject_keys where subject_hash = $1 and wrapped is not null)
  select (select count(*) from keys)::float8 as keys, count(*)::float8 as events, count(distinct e.stream_id)::float8 as streams
  from (select stream_id, data from events order by global_position desc limit ${LOOKED_AT_MAX}) e
  join keys k on strpos(e.data::text, 'sealed:v1:' || k.key_id::text) > 0`;

const TRIES_MAX = 5;

export function createSubjectKeys(database: Database, secrets: SubjectSecrets): SubjectKeys {
  return {
    async keyOf(subject) {
      const fresh = { keyId: randomUUID(), key: newKey() };
      const parameters = [fresh.keyId, subjectHash(secrets, subject), wrapKey(secrets, fresh)];
      for (let tried = 0; tried < TRIES_MAX; tried += 1) {
        const [row] = await database.query<{ keyId: string; wrapped: string }>(KEY, parameters);
        if (row !== undefined) return { keyId: row.keyId, key: unwrapKey(secrets, row.keyId, row.wrapped) };
      }
      throw new TidemarkError('internal', 'a key that was made is not there');
    },
    async standing(subject) {
      const [row] = await database.query<{ keyId: string; wrapped: string }>(STANDING, [subjectHash(secrets, subject)]);
      return row && { keyId: row.keyId, key: unwrapKey(secrets, row.keyId, row.wrapped) };
    },
    async byId(keyIds) {
      const statement = 'select key_id as "keyId", wrapped from subject_keys where key_id = any ($1::uuid[])';
      const rows = await database.query<{ keyId: string; wrapped: string | null }>(statement, [keyIds]);
      return new Map(
        rows.map(({ keyId, wrapped }) => [keyId, wrapped === null ? null : opened(secrets, keyId, wrapped)]),
      );
    },
    async radius(subject) {
      const [row] = await database.query<{ keys: number; events: number; streams: number }>(
        RADIUS,
        [subjectHash(secrets, subject)],
        { deadlineMs: RADIUS_MS_MAX },
      );
      return { keys: 0, events: 0, streams: 0, ...row, eventsLookedAt: LOOKED_AT_MAX };
    },
    async destroy(subject) {
      // Whoever looked for the person by name left it in the sample of what readers ask.
      await database.query(`delete from read_requests where request ? 'q'`);
      const rows = await database.query(
        `update subject_keys set wrapped = null, forgotten_at = clock_timestamp()
          where subject_hash = $1 and wrapped is not null returning 1`,
        [subjectHash(secrets, subject)],
      );
      return rows.length;
    },
  };
}

/** An empty key opens nothing: values that were wrapped under another secret are shown as such, and spoil no page. */
function opened(secrets: SubjectSecrets, keyId: string, wrapped: string): Buffer {
  try {
    return unwrapKey(secrets, keyId, wrapped);
  } catch {
    return newKey();
  }
}
