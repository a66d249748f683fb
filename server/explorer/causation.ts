import type { Database } from '#db/database.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { Position } from '#server/kernel/position.ts';
import type { Causation, RelatedEvent } from './causations.ts';
import { CORRELATION_KEY, correlatedWith, correlationKeyAt } from './correlation-key.ts';

/** Events up the chain of causes; the page of the correlation has all of it. */
const CAUSES_MAX = 20;
const EVENTS_MAX = 100;

const COLUMNS = `global_position as "globalPosition", stream_id as "streamId", stream_version::float8 as "streamVersion",
  event_type as "eventType", occurred_at as "occurredAt"`;

/** A text as a UUID, null where it is none: what others wrote as a cause may be anything. */
const uuid = (text: string) =>
  `case when ${text} ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (${text})::uuid end`;

const commandType = (id: string) => `(select command_type from commands where command_id = ${uuid(id)})`;

// One lookup by the unique index of event ids a step; a cause that is no event ends the chain.
const CHAIN = `
  with recursive chain as (
    select events.*, 0 as depth from events where global_position = $1 and global_position <= $2
    union all
    select cause.*, chain.depth + 1 from chain
    join events cause on cause.event_id = ${uuid("chain.metadata->>'causationId'")}
    where chain.depth < $3 and cause.global_position < chain.global_position)
  select ${COLUMNS}, event_id as "eventId", metadata->>'correlationId' as "correlationId",
    metadata->>'commandId' as "commandId", metadata->>'causationId' as "causationId",
    coalesce(${commandType("metadata->>'commandId'")}, metadata->>'commandType') as "commandType",
    ${commandType("metadata->>'causationId'")} as "causeType"
  from chain order by depth`;

/** Of a longer correlation so many events behind the event are looked at for what it led to; so many round it for siblings. */
const LOOKED_AT_MAX = 5000;

// Within one correlation, by its index: an effect stands behind its cause, and what one command appends stands together.
const related = (key: 'causationId' | 'commandId', from: string) => `
  with near as materialized (
    select * from events
    where ${correlatedWith('$1')} and global_position <= $2 and ${CORRELATION_KEY} > ${correlationKeyAt('$1', from)}
    order by ${CORRELATION_KEY} limit ${LOOKED_AT_MAX}
  )
  select found.*, (select count(*) from near)::int as "lookedAt" from (select 1) one left join (
    select ${COLUMNS} from near where global_position <> $3 and metadata->>'${key}' = $4
    order by global_position limit ${EVENTS_MAX + 1}
  ) found on true order by "globalPosition"`;
const EFFECTS = related('causationId', '$3::bigint');
const SIBLINGS = related('commandId', `greatest(0, $3::bigint - ${LOOKED_AT_MAX / 2})`);

type ChainRow = Omit<RelatedEvent, 'kind'> & {
  eventId: string;
  correlationId: string | null;
  commandId: string | null;
  commandType: string | null;
  causationId: string | null;
  /** Of the command that `causationId` names, where it names one that a receipt is kept of. */
  causeType: string | null;
};

type RelatedRow = Omit<RelatedEvent, 'kind'> & { lookedAt: number };

/** What led to an event and what it led to, never past the high-water mark. Rejects with `event-not-found`. */
export async function causation(
  { database, eventStore }: { database: Database; eventStore: EventStore },
  { globalPosition }: { globalPosition: Position },
): Promise<Causation> {
  const { position: mark } = await eventStore.highWaterMark();
  const chain = await database.query<ChainRow>(CHAIN, [globalPosition, mark, CAUSES_MAX]);
  const [event] = chain;
  if (event === undefined) {
    throw new TidemarkError('event-not-found', `no event stands at position ${globalPosition}`, { globalPosition });
  }
  const causes = chain.flatMap((row, index) => (index === 0 ? commandsOf(row) : [asEvent(row), ...commandsOf(row)]));
  const ask = async (statement: string, id: string | null) => {
    if (event.correlationId === null || id === null) return { events: [], truncated: false };
    const rows = await database.query<RelatedRow>(statement, [event.correlationId, mark, globalPosition, id]);
    const found = rows.filter((row) => row.globalPosition !== null);
    const cut = found.length > EVENTS_MAX || rows.some((row) => row.lookedAt >= LOOKED_AT_MAX);
    return { events: found.slice(0, EVENTS_MAX).map(asEvent), truncated: cut };
  };
  // Each has its own bound: a command of 1,000 events must not hide the first effect.
  const [effects, siblings] = await Promise.all([ask(EFFECTS, event.eventId), ask(SIBLINGS, event.commandId)]);
  return {
    causes,
    causesTruncated: chain.length > CAUSES_MAX,
    siblings: siblings.events,
    effects: effects.events,
    eventsMax: EVENTS_MAX,
    truncated: effects.truncated || siblings.truncated,
  };
}

/** The command that made an event; or, of an event that tells of a command's answer, that command. */
function commandsOf({ commandId, commandType, causationId, causeType }: ChainRow): Causation['causes'] {
  if (commandId !== null) return [{ kind: 'command', commandId, commandType }];
  return causationId !== null && causeType !== null
    ? [{ kind: 'command', commandId: causationId, commandType: causeType }]
    : [];
}

function asEvent(row: Omit<RelatedEvent, 'kind'>): RelatedEvent {
  const { globalPosition, streamId, streamVersion, eventType, occurredAt } = row;
  return { kind: 'event', globalPosition, streamId, streamVersion, eventType, occurredAt };
}
