import type { Query } from '#db/database.ts';
import type { BusinessMeasure, ExperimentRange } from '#server/compare/experiment.ts';
import type { DeciderReport, Side } from '#server/compare/report.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { type DecidableCommand, type Decider, isRefusal } from '#server/kernel/decider.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { Json, JsonObject } from '#server/kernel/json.ts';
import { createDeciderTally, type DecidedBoth, type DecidedOne } from './tally.ts';

/** A command as it was recorded, with the version of its stream on which it was decided. */
type RecordedCommand = {
  commandId: string;
  commandType: string;
  streamId: string;
  data: JsonObject;
  actor: string;
  receivedAt: string;
  outcome: 'accepted' | 'rejected' | 'nothing_to_do';
  streamVersion: number;
};

const STREAMS_A_PAGE = 300;

const STREAMS = `
  select distinct stream_id as "streamId" from commands
  where split_part(stream_id, '-', 1) = $1 and stream_id > $2
    and ($3::timestamptz is null or received_at >= $3) and ($4::timestamptz is null or received_at < $4)
  order by 1 limit ${STREAMS_A_PAGE}`;

const COMMANDS = `
  select command_id as "commandId", command_type as "commandType", stream_id as "streamId", data, actor,
    received_at as "receivedAt", outcome,
    ((receipt->>'streamVersion')::int - case outcome when 'accepted' then jsonb_array_length(receipt->'events') else 0 end) as "streamVersion"
  from commands where stream_id = any ($1)
    and ($2::timestamptz is null or received_at >= $2) and ($3::timestamptz is null or received_at < $3)
  order by stream_id, received_at, command_id`;

const EVENTS = `
  select e.stream_id as "streamId", split_part(e.stream_id, '-', 1) as category, e.stream_version::float8 as "streamVersion",
    e.event_type as "eventType", e.schema_version as "schemaVersion", e.data from unnest($1::text[]) s (id)
  cross join lateral (select * from events where stream_id = s.id offset 0) e order by e.stream_id, e.stream_version`;

type Options = {
  category: string;
  range: ExperimentRange;
  deciders: Record<Side, Decider>;
  measure: BusinessMeasure | null;
  seed: number;
  tell(done: number, total: number): Promise<void>;
};

/**
 * Decides recorded commands, refused ones included, by two deciders: each on the history as it was when the command
 * came, so that one difference does not bring forth all that come after it. Reads only.
 */
export async function replayCommands(
  { query, upcast }: { query: Query; upcast: EventStore['upcast'] },
  options: Options,
): Promise<DeciderReport> {
  const { category, range, deciders, measure, seed, tell } = options;
  const times = [range.from ?? null, range.to ?? null];
  const [counted] = await query<{ total: number }>(
    `select count(*)::float8 as total from commands where split_part(stream_id, '-', 1) = $1
       and ($2::timestamptz is null or received_at >= $2) and ($3::timestamptz is null or received_at < $3)`,
    [category, ...times],
  );
  const tally = createDeciderTally({ measure, seed });
  let done = 0;
  for (let after: string | null = ''; after !== null; ) {
    const streams: { streamId: string }[] = await query(STREAMS, [category, after, ...times]);
    const ids = streams.map((one) => one.streamId);
    const commands = byStream(await query<RecordedCommand>(COMMANDS, [ids, ...times]));
    const events = byStream((await query<RecordedEvent>(EVENTS, [ids])).map(upcast));
    for (const id of ids) {
      const states = {
        a: createStates(deciders.a, events.get(id) ?? []),
        b: createStates(deciders.b, events.get(id) ?? []),
      };
      for (const command of commands.get(id) ?? []) {
        const decided = decideBoth(command, deciders, states, done % 2 === 0);
        tally.add(command, decided);
        done += 1;
      }
    }
    await tell(done, counted?.total ?? done);
    after = streams.length < STREAMS_A_PAGE ? null : (ids.at(-1) ?? null);
  }
  return tally.report();
}

function decideBoth(
  command: RecordedCommand,
  deciders: Record<Side, Decider>,
  states: Record<Side, ReturnType<typeof createStates>>,
  aFirst: boolean,
): DecidedBoth {
  const run = (side: Side) => decideOne(command, deciders[side], states[side]);
  if (aFirst) {
    const a = run('a');
    return { a, b: run('b') };
  }
  const b = run('b');
  return { a: run('a'), b };
}

function decideOne(command: RecordedCommand, decider: Decider, states: ReturnType<typeof createStates>): DecidedOne {
  const { commandType, streamId, data, actor, receivedAt, streamVersion } = command;
  const asked: DecidableCommand = { commandType, streamId, data, actor, receivedAt };
  const startedAt = performance.now();
  try {
    const state = states.at(streamVersion);
    const from = performance.now();
    const decision = decider.decide(asked, state);
    const us = (performance.now() - from) * 1000;
    if (isRefusal(decision)) {
      const { code, message } = decision.refused;
      return { outcome: 'rejected', refusal: { code, message }, events: [], state: state as Json, us };
    }
    const outcome = decision.length === 0 ? 'nothing_to_do' : 'accepted';
    const after = decision.reduce((now, event) => decider.evolve(now, event), state);
    return { outcome, refusal: null, events: [...decision], state: after as Json, us };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const us = (performance.now() - startedAt) * 1000;
    return { outcome: 'failed', refusal: { code: 'failed', message }, events: [], state: null, us };
  }
}

/** States of a stream by version, folded forward: commands of one stream come in the order of their versions. */
function createStates(decider: Decider, events: readonly { eventType: string; data: JsonObject }[]) {
  let version = 0;
  let state = decider.initialState;
  return {
    at(wanted: number): JsonObject {
      if (wanted < version) {
        version = 0;
        state = decider.initialState;
      }
      for (; version < wanted && version < events.length; version += 1) {
        const event = events[version];
        if (event !== undefined) state = decider.evolve(state, event);
      }
      return state;
    },
  };
}

function byStream<Row extends { streamId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const map = new Map<string, Row[]>();
  for (const row of rows) {
    const list = map.get(row.streamId);
    if (list === undefined) map.set(row.streamId, [row]);
    else list.push(row);
  }
  return map;
}
