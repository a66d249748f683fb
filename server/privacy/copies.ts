import type { Query } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Json, JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import { REDACTED } from '#server/kernel/private-fields.ts';
import { type Projection, readableToProjections } from '#server/projections/define-projection.ts';
import { inspect } from '#server/projections/engine/inspected.ts';
import { passedEvents } from '#server/projections/engine/replay.ts';
import { inVersion } from '#server/projections/engine/version-schema.ts';

/** What was redacted, with what takes the place of its data wherever that was copied to. */
export type Removed = {
  globalPosition: Position;
  streamId: string;
  category: string;
  streamVersion: number;
  commandId: string | null;
  marker: JsonObject;
};

/** A row is made of its whole stream; one that is longer is left to a rebuild, and said to be. */
const EVENTS_MAX = 20_000;

// The command that made the event has its content as it was asked for; every receipt since shows the state after it.
const COMMANDS = `
  update commands c set
    data = case when c.command_id = $2 then $4::text::jsonb else c.data end,
    receipt = case when c.receipt is null then null else jsonb_set(jsonb_set(c.receipt, '{state}', $4::text::jsonb), '{events}', coalesce((
      select jsonb_agg(case when (e->>'streamVersion')::bigint = $3 then jsonb_set(e, '{data}', $4::text::jsonb) else e end order by n)
      from jsonb_array_elements(c.receipt->'events') with ordinality t (e, n)), '[]')) end
  where c.stream_id = $1 and (c.command_id = $2 or (c.receipt->>'streamVersion')::bigint >= $3)
  returning 1`;

/** Takes the content out of the records of commands, snapshots, what parked events say, and what readers asked for. */
export async function cleanRecords(
  query: Query,
  { streamId, streamVersion, commandId, marker, globalPosition }: Removed,
): Promise<{ commands: number; snapshots: number }> {
  const text = JSON.stringify(marker);
  const commands = await query(COMMANDS, [streamId, commandId, streamVersion, text]);
  const snapshots = await query('delete from snapshots where stream_id = $1 returning 1', [streamId]);
  await query(
    `update parked set message = 'redacted', stack = 'redacted' where stream_id = $1 and global_position >= $2`,
    [streamId, globalPosition],
  );
  await query(`delete from read_requests where request ?| array['q', 'customerId']`);
  return { commands: commands.length, snapshots: snapshots.length };
}

/**
 * Makes the stream's row anew in every version of every projection. Each version changes hands: a worker that has read
 * the event before writes nothing of it.
 */
export async function remakeRows(
  query: Query,
  { store, upcast, projections }: { store: string; upcast: EventStore['upcast']; projections: readonly Projection[] },
  { streamId, category }: Removed,
): Promise<{ rows: { name: string; version: number }[]; notRemade: string[] }> {
  const rows: { name: string; version: number }[] = [];
  const notRemade = new Set<string>();
  for (const { name, version } of await versionsOf(query, category)) {
    await query(
      `update projection_versions set epoch = epoch + 1, owner = null, leased_until = null where name = $1 and version = $2`,
      [name, version],
    );
    const inspected = await inspect(query, projections, { name, version });
    const { projection } = inspected;
    if (projection?.payloads === false) continue;
    const made = projection?.rows;
    if (projection === undefined || made === undefined || !('keyIs' in made)) {
      notRemade.add(name);
      continue;
    }
    const events = await passedEvents({ query, upcast }, inspected, [streamId], EVENTS_MAX + 1);
    if (events.length > EVENTS_MAX) {
      notRemade.add(name);
      continue;
    }
    const run = readableToProjections(events.filter((event) => !event.aside).map(({ aside: _, ...event }) => event));
    await inVersion(query, { store, name, version }, async () => {
      await query(`delete from "${made.table}" where "${made.key}" = $1`, [streamId]);
      if (run.length > 0) await projection.apply(run, query, { version, effects: false });
    });
    rows.push({ name, version });
  }
  return { rows, notRemade: [...notRemade].sort() };
}

export function versionsOf(query: Query, category: string): Promise<{ name: string; version: number }[]> {
  return query(
    `select v.name, v.version from projection_versions v join projections p using (name)
      where p.categories is null or $1 = any (p.categories) order by v.name, v.version`,
    [category],
  );
}

/** Comparisons tell of rows and of the events at which they part: those of the stream lose their values. */
export async function cleanComparisons(query: Query, { streamId, marker }: Removed): Promise<void> {
  await query(`delete from comparison_rows where difference->>'key' = $1`, [streamId]);
  const kept = await query<{ id: string; report: JsonObject | null; parts: JsonObject }>(
    `select experiment_id as id, report, parts from comparisons
      where strpos(report::text, $1) > 0 or strpos(parts::text, $1) > 0`,
    [streamId],
  );
  for (const { id, report, parts } of kept) {
    await query('update comparisons set report = $2::text::jsonb, parts = $3::text::jsonb where experiment_id = $1', [
      id,
      report && JSON.stringify(withoutValues(report, streamId, marker)),
      JSON.stringify(withoutValues(parts, streamId, marker)),
    ]);
  }
}

/** What comparisons and receipts call a payload or a row. */
const VALUES: ReadonlySet<string> = new Set(['data', 'before', 'after', 'a', 'b', 'state', 'fields']);

function withoutValues(value: Json, streamId: string, marker: JsonObject): Json {
  if (Array.isArray(value)) return value.map((one) => withoutValues(one, streamId, marker));
  if (typeof value !== 'object' || value === null) return value;
  const ofStream = value.streamId === streamId || value.key === streamId;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (!ofStream || !VALUES.has(name)) return [name, withoutValues(inner ?? null, streamId, marker)];
      return [
        name,
        Array.isArray(inner)
          ? []
          : typeof inner === 'object' && inner !== null
            ? { [REDACTED]: marker[REDACTED] ?? null }
            : inner,
      ];
    }),
  ) as Json;
}
