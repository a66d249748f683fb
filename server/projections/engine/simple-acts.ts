import type { Database } from '#db/database.ts';
import type { ActRequest, ActResult } from '#server/projections/operations.ts';
import { act, refuse } from './act.ts';
import { fence, removeVersion } from './remove-version.ts';

/** Holds a version: once this is answered no batch of it commits until it is resumed. */
export function pauseVersion(database: Database, request: ActRequest): Promise<ActResult> {
  return act(database, 'pause', request, async (query, { name, version, paused }) => {
    if (paused) throw refuse(`${name} v${version} is paused already`);
    await query(
      `update projection_versions set paused = jsonb_build_object('actor', $3::text, 'reason', $4::text, 'at',
         to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
       where name = $1 and version = $2`,
      [name, version, request.actor, request.reason],
    );
    return {};
  });
}

export function resumeVersion(database: Database, request: ActRequest): Promise<ActResult> {
  return act(database, 'resume', request, async (query, { name, version, paused }) => {
    if (!paused) throw refuse(`${name} v${version} is not paused`);
    await query('update projection_versions set paused = null where name = $1 and version = $2', [name, version]);
    return {};
  });
}

/** Bounds the events a second of a version; felt within the next half second. */
export function throttleVersion(
  database: Database,
  request: ActRequest & { eventsPerSecondMax: number | null },
): Promise<ActResult> {
  const { eventsPerSecondMax } = request;
  return act(database, 'throttle', request, async (query, { name, version }) => {
    const statement = 'update projection_versions set events_per_second_max = $3 where name = $1 and version = $2';
    await query(statement, [name, version, eventsPerSecondMax]);
    return { eventsPerSecondMax };
  });
}

/** Gives up a version that is being built, with its rows. */
export async function cancelBuild(database: Database, request: ActRequest): Promise<ActResult> {
  return act(database, 'cancel', await fenced(database, 'cancel', request), async (query, target) => {
    if (target.state !== 'building') throw refuse(`${target.name} v${target.version} is not being built`);
    await removeVersion(query, database.schema, target.name, target.version);
    return { checkpoint: target.checkpoint };
  });
}

/** Drops a version that readers no longer see; a rollback to it is not possible afterwards. */
export async function dropVersion(database: Database, request: ActRequest): Promise<ActResult> {
  return act(database, 'drop', await fenced(database, 'drop', request), async (query, target) => {
    const { name, version, state } = target;
    if (state === 'serving') throw refuse(`${name} v${version} is the one that readers see`);
    if (state === 'building') throw refuse(`${name} v${version} was never served: cancel its build instead`);
    await query('update projections set previous_version = nullif(previous_version, $2) where name = $1', [
      name,
      version,
    ]);
    await removeVersion(query, database.schema, name, version);
    return {};
  });
}

/** Has the worker step back first, so that no batch is under way when the tables go. */
async function fenced(database: Database, name: 'cancel' | 'drop', request: ActRequest): Promise<ActRequest> {
  const [built] = await database.query<{ version: number | null }>(
    `select max(version) as version from projection_versions where name = $1 and state = 'building'`,
    [request.name],
  );
  const version = request.version ?? (name === 'cancel' ? built?.version : undefined) ?? undefined;
  const state = name === 'cancel' ? 'building' : 'retired';
  if (version !== undefined) await fence(database, { name: request.name, version, state });
  return { ...request, version };
}
