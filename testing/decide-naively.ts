import type { Query } from '#db/database.ts';
import type { DeciderReport } from '#server/compare/report.ts';
import { type Decider, isRefusal } from '#server/kernel/decider.ts';
import type { RecordedEvent } from '#server/kernel/event.ts';
import type { JsonObject } from '#server/kernel/json.ts';

/** What two deciders make of the same commands: how many alike, and how many otherwise by type and way. */
export type NaiveAnswer = { commands: number; same: number; otherwise: Record<string, number> };

type Command = {
  command_type: string;
  stream_id: string;
  data: JsonObject;
  actor: string;
  received_at: string;
  outcome: string;
  receipt: { streamVersion: number; events: object[] };
};

/**
 * Decides every recorded command of a category by both, one after the other, each on a state that is folded from the
 * first event anew. It shares nothing with what it is held against.
 */
export async function decideNaively(
  query: Query,
  { category, a, b, upcast }: { category: string; a: Decider; b: Decider; upcast(event: RecordedEvent): RecordedEvent },
): Promise<NaiveAnswer> {
  const commands = await query<Command>(`select * from commands where stream_id like $1`, [`${category}-%`]);
  const events = await query<RecordedEvent>(
    `select stream_id as "streamId", split_part(stream_id, '-', 1) as category, event_type as "eventType",
       schema_version as "schemaVersion", data from events where stream_id like $1 order by stream_id, stream_version`,
    [`${category}-%`],
  );
  const streams = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const stream = streams.get(event.streamId);
    if (stream === undefined) streams.set(event.streamId, [event]);
    else stream.push(event);
  }
  const answer: NaiveAnswer = { commands: commands.length, same: 0, otherwise: {} };
  for (const command of commands) {
    const { outcome, receipt, command_type: commandType } = command;
    const before = receipt.streamVersion - (outcome === 'accepted' ? receipt.events.length : 0);
    const history = (streams.get(command.stream_id) ?? []).slice(0, before).map(upcast);
    const way = wayOf(decide(a, command, history), decide(b, command, history));
    if (way === null) answer.same += 1;
    else answer.otherwise[`${commandType} ${way}`] = (answer.otherwise[`${commandType} ${way}`] ?? 0) + 1;
  }
  return answer;
}

/** The same figures of a report. */
export function naiveAnswerOf({ commands, same, groups }: DeciderReport): NaiveAnswer {
  const otherwise: Record<string, number> = {};
  for (const { commandType, kind, a, commands: count } of groups) {
    const way = kind === 'accepted_by_one' ? `accepted by ${a === 'accepted' ? 'a' : 'b'}` : kind;
    otherwise[`${commandType} ${way}`] = (otherwise[`${commandType} ${way}`] ?? 0) + count;
  }
  return { commands, same, otherwise };
}

type Decided = { accepted: boolean; said: string; state: string };

function decide(decider: Decider, command: Command, history: readonly RecordedEvent[]): Decided {
  const state = history.reduce((now, event) => decider.evolve(now, event), decider.initialState);
  const { command_type: commandType, stream_id: streamId, data, actor, received_at: receivedAt } = command;
  const decision = decider.decide({ commandType, streamId, data, actor, receivedAt }, state);
  if (isRefusal(decision)) return { accepted: false, said: decision.refused.code, state: JSON.stringify(state) };
  const after = decision.reduce((now, event) => decider.evolve(now, event), state);
  return { accepted: decision.length > 0, said: JSON.stringify(decision), state: JSON.stringify(after) };
}

function wayOf(a: Decided, b: Decided): string | null {
  if (a.accepted !== b.accepted) return `accepted by ${a.accepted ? 'a' : 'b'}`;
  if (a.said !== b.said) return a.accepted ? 'different_events' : 'different_refusal';
  return a.state === b.state ? null : 'different_state';
}
