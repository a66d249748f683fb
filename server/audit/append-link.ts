import { v7 as uuidv7 } from 'uuid';
import { channels, type Database, type Query } from '#db/database.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { AUDIT_STREAM } from './audit.ts';
import { linkHash } from './chain.ts';

type NewLink = { eventType: 'ActBegun' | 'ActEnded'; data: JsonObject; metadata: JsonObject };

/** Only the first two links of a store can meet: later ones wait for the stream's row. */
const TRIES_MAX = 5;

/** Appends one event behind the chain's head; one after the other, over all processes. */
export async function appendLink(database: Database, link: NewLink): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await database.transaction((query) => appendWithin(query, database.schema, link));
      return;
    } catch (error) {
      if (tried === TRIES_MAX || !isTidemarkError(error, 'expected-version-conflict')) throw error;
    }
  }
}

async function appendWithin(query: Query, schema: string, { eventType, data, metadata }: NewLink): Promise<void> {
  await query('select 1 from streams where stream_id = $1 for update', [AUDIT_STREAM]);
  const [last] = await query<{ version: string; hash: string | null }>(
    `select stream_version as version, data->'link'->>'hash' as hash from events
      where stream_id = $1 order by stream_version desc limit 1`,
    [AUDIT_STREAM],
  );
  const version = Number(last?.version ?? 0);
  const previous = last?.hash ?? null;
  const eventId = uuidv7();
  const occurredAt = new Date().toISOString();
  const linked = { ...data, link: { previous } };
  const hash = linkHash({ eventId, eventType, streamVersion: version + 1, occurredAt, metadata, data: linked });
  await query(`select * from append_event($1, 'audit', $2, $3, $4, 1::smallint, $5, $6, $7)`, [
    AUDIT_STREAM,
    version,
    eventId,
    eventType,
    JSON.stringify({ ...data, link: { previous, hash } }),
    JSON.stringify(metadata),
    occurredAt,
  ]);
  await query('select pg_notify($1, $2)', [channels(schema).events, '']);
}
