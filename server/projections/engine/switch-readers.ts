import type { Database, Query } from '#db/database.ts';
import { codeOf } from '#db/sql-state.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import { pause } from '#server/kernel/pause.ts';
import { comparePositions, type Position, positionsBetween } from '#server/kernel/position.ts';
import type { ActRequest, ActResult } from '#server/projections/operations.ts';
import { act, refuse, type Target } from './act.ts';
import { CATCH_UP_MS_MAX } from './in-time.ts';
import { publishViews } from './version-schema.ts';

const LOOK_MS = 10;

/** Where the other does not come so far in that time, on a busy machine, both go on and it is tried again. */
const ARRIVE_MS_MAX = 5000;

class StillBehind extends Error {}

/** A reader that is in the middle of a long query is waited for so long at a time: whoever comes after it waits too. */
const LOCK_MS_MAX = 250;
const TRIES = 20;

/** A lock that was not given in time, or a deadlock that this transaction was chosen to end. */
const TRY_AGAIN = new Set(['55P03', '40P01']);

/** Switches readers to a version that has caught up. The one before it goes on following, for a rollback. */
export function promote(database: Database, request: ActRequest): Promise<ActResult> {
  return switching(database, 'promote', request, async (query, target) => {
    const { name, version, state, indexed } = target;
    if (state === 'scratch' || state === 'serving')
      throw refuse(`${name} v${version} is ${state}: there is nothing to promote`);
    if (!indexed) throw refuse(`${name} v${version} has no indexes yet: they are made when it has caught up`);
    return switchReaders(query, database.schema, target);
  });
}

/** Switches readers back to the version that they saw before. */
export function rollback(database: Database, request: ActRequest): Promise<ActResult> {
  return switching(database, 'rollback', request, async (query, target) => {
    if (target.state !== 'retired') throw refuse(`${target.name} v${target.version} was not served before`);
    return switchReaders(query, database.schema, target);
  });
}

/** Tries again where the other version has not arrived, or a reader's long query holds the view: to wait for it in the queue would hold all others back. */
async function switching(
  database: Database,
  name: 'promote' | 'rollback',
  request: ActRequest,
  work: Parameters<typeof act>[3],
): Promise<ActResult> {
  const until = performance.now() + ARRIVE_MS_MAX;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act(database, name, request, work);
    } catch (error) {
      if (error instanceof StillBehind) {
        if (performance.now() > until) throw refuse(error.message);
        continue;
      }
      if (!TRY_AGAIN.has(codeOf(error) ?? '')) throw error;
      if (attempt === TRIES)
        throw new TidemarkError('overloaded', 'queries on the read model hold the switch; try again', {}, error);
    }
    await pause(LOOK_MS * attempt, AbortSignal.timeout(1000));
  }
}

/**
 * One transaction: the serving version is held, the other comes to where it is and is held too, then views and pointer
 * change together. So no reader sees a position go back, and none sees rows of both.
 */
async function switchReaders(query: Query, store: string, target: Target) {
  const { name, version, servingVersion } = target;
  if (target.paused) throw refuse(`${name} v${version} is paused: resume it first`);
  const serving = await lockVersion(query, name, servingVersion);
  const reached = await reach(query, { name, version, serving });
  await query(`select set_config('lock_timeout', $1, true)`, [`${LOCK_MS_MAX}ms`]);
  await publishViews(query, { store, name, from: servingVersion, to: version });
  // A batch under way began as what its version was: where that decides whether effects are done, it is refused. The
  // speed of a build was bounded for the sake of the serving version, which it now is.
  await query(
    `update projection_versions v set state = case v.version when $2 then 'serving' else 'retired' end,
       events_per_second_max = case when v.state = 'building' then null else v.events_per_second_max end,
       epoch = v.epoch + p.effects::int, owner = case when p.effects then null else v.owner end
     from projections p where p.name = v.name and v.name = $1 and v.version in ($2, $3)`,
    [name, version, servingVersion],
  );
  const point = 'update projections set serving_version = $2, previous_version = $3 where name = $1';
  await query(point, [name, version, servingVersion]);
  return { from: servingVersion, checkpoint: reached };
}

/** Waits until a version is where the serving one is held, and holds it. */
async function reach(
  query: Query,
  { name, version, serving }: { name: string; version: number; serving: Position },
): Promise<Position> {
  const until = performance.now() + CATCH_UP_MS_MAX;
  const look = 'select checkpoint from projection_versions where name = $1 and version = $2';
  for (;;) {
    const [row] = await query<{ checkpoint: Position }>(look, [name, version]);
    if (row !== undefined && comparePositions(row.checkpoint, serving) >= 0) return lockVersion(query, name, version);
    if (performance.now() > until) {
      const behind = row === undefined ? 0 : positionsBetween(row.checkpoint, serving);
      throw new StillBehind(`${name} v${version} is ${behind} positions behind the serving version: let it catch up`);
    }
    await pause(LOOK_MS, AbortSignal.timeout(1000));
  }
}

async function lockVersion(query: Query, name: string, version: number): Promise<Position> {
  const statement = 'select checkpoint from projection_versions where name = $1 and version = $2 for update';
  const [row] = await query<{ checkpoint: Position }>(statement, [name, version]);
  if (row === undefined) throw refuse(`${name} has no version ${version}`);
  return row.checkpoint;
}
