import { channels, type Database, type Query } from '#db/database.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import type { VersionState } from '#server/kernel/projection.ts';
import type { ActName, ActRequest, ActResult } from '#server/projections/operations.ts';

/** A version as an act finds it; its row and its projection's are locked until the act is done. */
export type Target = {
  name: string;
  version: number;
  codeVersion: number;
  state: VersionState;
  checkpoint: Position;
  paused: boolean;
  indexed: boolean;
  servingVersion: number;
  previousVersion: number | null;
  nextVersion: number;
};

const EVENT_TYPE: Record<ActName, string> = {
  pause: 'ProjectionPaused',
  resume: 'ProjectionResumed',
  throttle: 'ProjectionThrottled',
  rebuild: 'ProjectionRebuildStarted',
  cancel: 'ProjectionRebuildCancelled',
  rewind: 'ProjectionRewound',
  promote: 'ProjectionPromoted',
  rollback: 'ProjectionRolledBack',
  drop: 'ProjectionVersionDropped',
};

/** Below a second with all that it does; what is locked longer by somebody else is tried again by the caller. */
const DEADLINE_MS = 10_000;

/**
 * Does an act and appends the event that tells of it, in one transaction; then wakes the workers. `work` gives what the
 * event says beside version and reason.
 */
export async function act(
  database: Database,
  name: ActName,
  request: ActRequest,
  work: (query: Query, target: Target) => Promise<JsonObject>,
): Promise<ActResult> {
  return database.transaction(
    async (query) => {
      const target = await lockTarget(query, name, request);
      const said = await work(query, target);
      const event = await appendAct(query, database.schema, {
        projection: request.name,
        eventType: EVENT_TYPE[name],
        actor: request.actor,
        data: {
          version: target.version,
          reason: request.reason,
          ...(request.experiment !== undefined && { experiment: request.experiment }),
          ...said,
        },
      });
      await query('select pg_notify($1, $2)', [channels(database.schema).control, '']);
      return { name: request.name, act: name, version: target.version, ...event };
    },
    { deadlineMs: DEADLINE_MS },
  );
}

/** Appends one event to `projection-<name>` in the caller's transaction; takes the append marker, so it comes last. */
export async function appendAct(
  query: Query,
  store: string,
  { projection, eventType, actor, data }: { projection: string; eventType: string; actor: string; data: JsonObject },
): Promise<{ globalPosition: Position; streamVersion: number }> {
  const [row] = await query<{ stream_version: string; global_position: Position }>(
    `select * from append_event($1, 'projection', -1, gen_random_uuid(), $2, 1::smallint, $3, $4, null)`,
    [`projection-${projection}`, eventType, JSON.stringify(data), JSON.stringify({ actor })],
  );
  if (row === undefined) throw new Error('append_event gave no row');
  await query('select pg_notify($1, $2)', [channels(store).events, '']);
  return { globalPosition: row.global_position, streamVersion: Number(row.stream_version) };
}

const PROJECTION = `
  select serving_version as "servingVersion", previous_version as "previousVersion", next_version as "nextVersion"
  from projections where name = $1 for update`;

const VERSION = `
  select name, version, code_version as "codeVersion", state, checkpoint, paused is not null as paused, indexed
  from projection_versions where name = $1 and version = $2`;

const BUILT = `select max(version) as version from projection_versions where name = $1 and state = 'building'`;

/**
 * A switch lets the version come to where the serving one is, and locks it then. What drops tables locks them first, as
 * a batch under way has: in the other order the two would wait for each other.
 */
const LOCKED_LATER: ReadonlySet<ActName> = new Set(['promote', 'rollback', 'cancel', 'drop']);

async function lockTarget(query: Query, act: ActName, { name, version }: ActRequest): Promise<Target> {
  const [projection] = await query<Pick<Target, 'servingVersion' | 'previousVersion' | 'nextVersion'>>(PROJECTION, [
    name,
  ]);
  if (projection === undefined) throw unknownProjection(name);
  const wanted = version ?? (await usualVersion(query, act, name, projection));
  const lock = LOCKED_LATER.has(act) ? '' : ' for update';
  const [row] = await query<Omit<Target, keyof typeof projection>>(`${VERSION}${lock}`, [name, wanted]);
  if (row === undefined) {
    throw new TidemarkError('bad-request', `${name} has no version ${wanted}`, { field: 'version' });
  }
  return { ...row, ...projection };
}

/** The version that an act means where none is named. */
export async function usualVersion(
  query: Query,
  act: ActName,
  name: string,
  projection: { servingVersion: number; previousVersion: number | null },
): Promise<number> {
  if (act === 'rollback') {
    if (projection.previousVersion !== null) return projection.previousVersion;
    throw refuse(`${name} has no version to go back to`);
  }
  if (act !== 'cancel' && act !== 'promote') return projection.servingVersion;
  const [built] = await query<{ version: number | null }>(BUILT, [name]);
  if (built?.version != null) return built.version;
  throw refuse(`no version of ${name} is being built`);
}

export function unknownProjection(name: string): TidemarkError {
  return new TidemarkError('unknown-projection', `no projection is named ${name}`, { field: 'name' });
}

/** An act that the state of the version does not allow. */
export function refuse(why: string): TidemarkError {
  return new TidemarkError('act-refused', why, { field: 'version' });
}
