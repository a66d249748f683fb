import { channels, type Database, type Query } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import { comparePositions, type Position, positionsBetween } from '#server/kernel/position.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import type { AsOf, Inspection } from '#server/projections/inspection.ts';
import { refuse, unknownProjection } from './act.ts';
import { makeVersion, newestCode } from './rebuild.ts';
import { dropScratch } from './scratch.ts';

/** Kept this long; whoever needs it longer opens it again. */
const KEPT_MINUTES = 60;

/** Of all projections together: each takes a worker's time and a place on disk. */
const OPEN_MAX = 5;

type Parts = { database: Database; eventStore: EventStore; projections: readonly Projection[] };

/**
 * Begins a read model as of a position, or as of a time: then with the events that had occurred by it, wherever they
 * stand. It is a version like any other: a worker fills it by the real handlers, without effects.
 */
export async function openAsOf(parts: Parts, request: Parameters<Inspection['openAsOf']>[0]): Promise<AsOf> {
  const { database, eventStore, projections } = parts;
  const { name, position, at, actor } = request;
  const code = newestCode(projections, name);
  if (code === undefined) throw unknownProjection(name);
  if ((position === undefined) === (at === undefined)) {
    throw new TidemarkError('bad-request', 'position or at must be there, one of the two', { field: 'position' });
  }
  const { position: mark } = await eventStore.highWaterMark();
  if (position !== undefined && comparePositions(position, mark) > 0) {
    throw new TidemarkError(
      'bad-request',
      `position must be at most ${BigInt(mark).toLocaleString('en')}, the high-water mark`,
      {
        field: 'position',
      },
    );
  }
  const version = await database.transaction(async (query) => {
    const [projection] = await query<{ next: number }>(
      'select next_version as next from projections where name = $1 for update',
      [name],
    );
    if (projection === undefined) throw unknownProjection(name);
    await boundOpen(query);
    const why = position === undefined ? `as of ${at}` : `as of ${position}`;
    await makeVersion(query, database.schema, code, { version: projection.next, state: 'scratch', by: actor, why });
    await query(
      `update projection_versions set stop_at = $3, occurred_until = $4,
         expires_at = clock_timestamp() + ${KEPT_MINUTES} * interval '1 minute'
       where name = $1 and version = $2`,
      [name, projection.next, position ?? mark, at ?? null],
    );
    await query('select pg_notify($1, $2)', [channels(database.schema).control, '']);
    return projection.next;
  });
  const { asOf } = await listAsOf(database, { name });
  const opened = asOf.find((one) => one.version === version);
  if (opened === undefined) throw new TidemarkError('internal', `${name} v${version} is not there`);
  return opened;
}

async function boundOpen(query: Query): Promise<void> {
  const statement = `select count(*)::int as open from projection_versions where state = 'scratch'`;
  const [row] = await query<{ open: number }>(statement);
  if ((row?.open ?? 0) >= OPEN_MAX) throw refuse(`${OPEN_MAX} read models as of a moment are open: close one first`);
}

type Row = Omit<AsOf, 'state' | 'eventsTotal'> & { stopAt: Position; checkpoint: Position; indexed: boolean };

const LIST = `
  select name, version, stop_at as position, stop_at as "stopAt", occurred_until as at, checkpoint, indexed,
    applied_events::float8 as "eventsDone", failure, begun_by as "requestedBy", expires_at as "expiresAt"
  from projection_versions where state = 'scratch' and ($1::text is null or name = $1) order by name, version desc`;

/** Those that are open, the newest first. */
export async function listAsOf(database: Database, { name }: { name?: string | undefined }): Promise<{ asOf: AsOf[] }> {
  const rows = await database.query<Row>(LIST, [name ?? null]);
  return {
    asOf: rows.map(({ stopAt, checkpoint, indexed, ...row }): AsOf => {
      const left = positionsBetween(checkpoint, stopAt);
      const share = Number(checkpoint) === 0 ? 1 : Math.min(1, row.eventsDone / Number(checkpoint));
      const ready = left === 0 && indexed;
      return {
        ...row,
        state: row.failure !== null ? 'failed' : ready ? 'ready' : 'building',
        eventsTotal: row.eventsDone + Math.round(left * share),
      };
    }),
  };
}

/** Drops one before its time. */
export async function closeAsOf(
  database: Database,
  { name, version }: { name: string; version: number },
): Promise<{ closed: boolean }> {
  return { closed: await dropScratch(database, name, version) };
}
