import type { Database, Query } from '#db/database.ts';
import { WIDEST_LEVEL } from '#server/kernel/density-levels.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import type { Position } from '#server/kernel/position.ts';
import type { BlastRadius, Operations } from '#server/projections/operations.ts';
import { unknownProjection, usualVersion } from './act.ts';
import { BUCKET_POSITIONS } from './checkpoint.ts';
import { bounded, estimate } from './estimate.ts';
import { whyNotInTime } from './in-time.ts';
import { sizeOf, type VersionSize } from './version-schema.ts';

type Facts = {
  name: string;
  servingVersion: number;
  previousVersion: number | null;
  effects: boolean;
  checkpoint: Position;
  state: string;
  paused: boolean;
  indexed: boolean;
  perSecondMax: number | null;
  /** Events that the serving version has handled and this one has not, as far as a switch minds them. */
  behind: number;
  rate: number | null;
  deviation: number | null;
  /** Events of its categories up to its checkpoint, of the whole store, and after `to`. */
  under: number;
  all: number;
  after: number;
  /** Of the last minute; reads as far as they are sampled. */
  reads: number;
  commands: number;
};

// From the counts that the density projection keeps, by category, so that ten million events are not counted one by one;
// where that projection is behind, the rest is the difference of positions at most.
const FACTS = `
  with p as (select * from projections where name = $1),
  counted as (
    select coalesce(sum(d.count), 0)::float8 as events from density d, p
    where d.bucket_seconds = ${WIDEST_LEVEL} and (p.categories is null or d.category = any (p.categories))
  )
  select p.name, p.serving_version as "servingVersion", p.previous_version as "previousVersion", p.effects, v.checkpoint, v.state,
    v.paused is not null as paused, v.indexed, v.events_per_second_max as "perSecondMax",
    (select count(*) from (select 1 from events e where e.global_position > v.checkpoint and e.global_position <= s.checkpoint
      and (p.categories is null or split_part(e.stream_id, '-', 1) = any (p.categories)) limit 10000) e)::float8 as behind,
    coalesce(v.batch_rate, s.batch_rate) as rate,
    coalesce(v.batch_rate_deviation, s.batch_rate_deviation) as deviation,
    v.applied_events::float8 as under, greatest(counted.events, v.applied_events)::float8 as all,
    -- The bucket that the position lies in is counted one by one, those after it as the batches counted them.
    ((select coalesce(sum(a.handled), 0) from projection_accounts a
       where a.name = v.name and a.version = v.version and a.bucket > $3::bigint / ${BUCKET_POSITIONS})
     + (select count(*) from events e where e.global_position > $3 and e.global_position <= v.checkpoint
          and e.global_position < ($3::bigint / ${BUCKET_POSITIONS} + 1) * ${BUCKET_POSITIONS}
          and (p.categories is null or split_part(e.stream_id, '-', 1) = any (p.categories))))::float8 as after,
    (select count(*) from read_requests r where r.name = p.name and r.at > now() - interval '1 minute')::float8 as reads,
    (select count(*) from commands c where p.acknowledges and c.outcome = 'accepted' and c.received_at > now() - interval '1 minute')::float8 as commands
  from p cross join counted join projection_versions s on s.name = p.name and s.version = p.serving_version
  join projection_versions v on v.name = p.name and v.version = $2`;

/** What an act would do if it were done now; nothing is changed. */
export function blastRadius(
  database: Database,
  request: Parameters<Operations['blastRadius']>[0],
): Promise<BlastRadius> {
  const { name, act, to = '0' } = request;
  return database.transaction(async (query) => {
    const [known] = await query<{ servingVersion: number; previousVersion: number | null }>(
      'select serving_version as "servingVersion", previous_version as "previousVersion" from projections where name = $1',
      [name],
    );
    if (known === undefined) throw unknownProjection(name);
    const { version, refused } = await versionOf(query, request, known);
    const [facts] = await query<Facts>(FACTS, [name, version, to]);
    if (facts === undefined) throw unknownProjection(`${name} v${version}`);
    const size = await sizeOf(query, { store: database.schema, name, version });
    const serving = version === facts.servingVersion;
    return {
      name,
      act,
      version,
      serving,
      ...radius(request, facts, size),
      refused: refused ?? refusalOf(act, version, facts),
    };
  });
}

async function versionOf(
  query: Query,
  { name, act, version }: Parameters<Operations['blastRadius']>[0],
  known: { servingVersion: number; previousVersion: number | null },
): Promise<{ version: number; refused: string | null }> {
  try {
    return { version: version ?? (await usualVersion(query, act, name, known)), refused: null };
  } catch (error) {
    if (!isTidemarkError(error, 'act-refused')) throw error;
    return { version: known.servingVersion, refused: error.message };
  }
}

function radius(
  { act, eventsPerSecondMax }: Parameters<Operations['blastRadius']>[0],
  facts: Facts,
  { rows, rowsCounted, bytes }: VersionSize,
) {
  const max = act === 'rebuild' ? (eventsPerSecondMax ?? null) : facts.perSecondMax;
  const reads = act === 'rebuild' ? facts.all : act === 'rewind' ? facts.after : 0;
  const touched = act === 'pause' || act === 'resume' || act === 'throttle' ? 0 : rows;
  return {
    eventsToRead: reads,
    time: reads === 0 ? null : estimate(reads, bounded(facts, max)),
    lastMinute: { reads: facts.reads, commands: facts.commands },
    rows: act === 'rewind' && facts.under > 0 ? Math.round((rows * facts.after) / facts.under) : touched,
    rowsCounted: act !== 'rewind' && (touched === 0 || rowsCounted),
    bytes: touched === 0 || act === 'rewind' ? 0 : bytes,
    effects:
      facts.effects && act === 'rewind'
        ? ['commands and messages of the events after that position are sent again']
        : [],
    irreversible: IRREVERSIBLE[act] ?? [],
  };
}

const IRREVERSIBLE: Partial<Record<BlastRadius['act'], string[]>> = {
  rewind: [
    'events after the position are applied again to the rows as they are; what was parked or skipped after it comes anew',
  ],
  cancel: ['the rows built so far are dropped'],
  drop: ['its rows are dropped; a rollback to it is not possible afterwards'],
};

function refusalOf(act: BlastRadius['act'], version: number, facts: Facts): string | null {
  const what = `${facts.name} v${version}`;
  const serving = version === facts.servingVersion;
  if (act === 'pause' && facts.paused) return `${what} is paused already`;
  if (act === 'resume' && !facts.paused) return `${what} is not paused`;
  if ((act === 'promote' || act === 'drop') && serving) return `${what} is the one that readers see`;
  if (act === 'promote' && !facts.indexed) return `${what} has no indexes yet: they are made when it has caught up`;
  if ((act === 'promote' || act === 'rollback') && facts.paused) return `${what} is paused: resume it first`;
  const late = act === 'promote' || act === 'rollback' ? whyNotInTime(facts.behind, facts.perSecondMax) : null;
  if (late !== null) return late.replace(/^it/, what);
  if (act === 'cancel' && facts.state !== 'building') return `${what} is not being built`;
  return null;
}
