import type { Database, Query } from '#db/database.ts';
import type { Projection } from '#server/projections/define-projection.ts';
import type { ActRequest, ActResult } from '#server/projections/operations.ts';
import { act, refuse } from './act.ts';
import { createVersionSchema } from './version-schema.ts';

/**
 * Begins a new version beside the serving one, from the first event, with the newest code. It is a row: a worker takes
 * it as it takes any version, and another goes on with it where that one dies.
 */
export function startRebuild(
  database: Database,
  projections: readonly Projection[],
  request: ActRequest & { eventsPerSecondMax?: number | undefined },
): Promise<ActResult> {
  const { version: _, eventsPerSecondMax = null, ...rest } = request;
  const code = newestCode(projections, request.name);
  return act(database, 'rebuild', rest, async (query, target) => {
    if (code === undefined) throw refuse(`no code for ${request.name} is here`);
    const [building] = await query<{ version: number }>(
      `select version from projection_versions where name = $1 and state = 'building'`,
      [request.name],
    );
    if (building !== undefined) {
      throw refuse(`${request.name} v${building.version} is not serving yet: promote or cancel it first`);
    }
    target.version = target.nextVersion;
    await makeVersion(query, database.schema, code, {
      version: target.nextVersion,
      state: 'building',
      by: request.actor,
      why: request.reason,
    });
    await query('update projection_versions set events_per_second_max = $3 where name = $1 and version = $2', [
      request.name,
      target.nextVersion,
      eventsPerSecondMax,
    ]);
    return { codeVersion: code.version, beside: target.servingVersion, eventsPerSecondMax };
  });
}

export function newestCode(projections: readonly Projection[], name: string): Projection | undefined {
  return projections.filter((one) => one.name === name).sort((a, b) => b.version - a.version)[0];
}

/** A version's row and tables, its indexes yet to be made; uses the projection's next number. */
export async function makeVersion(
  query: Query,
  store: string,
  projection: Projection,
  made: { version: number; state: 'building' | 'scratch'; by: string; why: string },
): Promise<void> {
  const { name, version: codeVersion, code } = projection;
  await createVersionSchema(query, { store, version: made.version, projection }, { indexed: false });
  await query(
    `insert into projection_versions (name, version, code_version, state, indexed, begun_by, begun_why)
     values ($1, $2, $3, $4, false, $5, $6)`,
    [name, made.version, codeVersion, made.state, made.by, made.why],
  );
  await query('update projections set next_version = next_version + 1 where name = $1', [name]);
  if (code === undefined) return;
  await query(
    `insert into projection_code (name, version, from_position, hash)
     select $1, $2, 0, c.hash from projection_code c join projection_versions v on v.name = c.name and v.version = c.version
     where c.name = $1 and v.code_version = $3 order by c.seen_at desc limit 1`,
    [name, made.version, codeVersion],
  );
}
