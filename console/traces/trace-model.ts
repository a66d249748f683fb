import type { Trace, TraceCommand, TraceEvent } from '#server/explorer/traces.ts';

type Common = {
  id: string;
  /** Of the row that caused it; null at the beginning. */
  parent: string | null;
  depth: number;
  /** Milliseconds since the trace began, and how long it took; an event takes none. */
  fromMs: number;
  lengthMs: number;
  /** From its cause to it; null at the beginning. */
  hopMs: number | null;
  /** What caused it is told, and does not belong to this trace. */
  causedElsewhere: boolean;
};

export type TraceRow = Common &
  (
    | { kind: 'command'; command: TraceCommand }
    /** `waiting` names the projections that have not reached it yet. */
    | { kind: 'event'; event: TraceEvent; waiting: readonly string[] }
    | { kind: 'acknowledgement'; projection: string; sink: string; state: string }
  );

export type TraceModel = {
  /** What is caused stands beneath its cause. */
  rows: TraceRow[];
  startedAt: number;
  /** Of the last thing that happened, since the beginning. */
  totalMs: number;
  streams: number;
  deepest: number;
};

/** A trace as rows: a command beneath the event that it answers, its events beneath it, then its acknowledgements. */
export function traceModel(trace: Trace): TraceModel {
  const commands = new Map(trace.commands.map((command) => [command.commandId, command]));
  const known = new Set([...commands.keys(), ...trace.events.map((event) => event.eventId)]);
  const children = new Map<string | null, Item[]>();
  const put = (parent: string | null, item: Item) => {
    const key = parent !== null && known.has(parent) && parent !== item.id ? parent : null;
    const list = children.get(key);
    if (list) list.push(item);
    else children.set(key, [item]);
  };
  const caused = new Map<string, string | null>();
  for (const event of trace.events) {
    const command = event.commandId === null ? undefined : commands.get(event.commandId);
    const cause = event.causationId;
    const at = timeOf(event, commands);
    if (command === undefined) put(cause, { id: event.eventId, at, event });
    else {
      put(command.commandId, { id: event.eventId, at, event });
      // What a command answers is told by its events: where it is not the command itself.
      if (cause !== command.commandId && !caused.has(command.commandId)) caused.set(command.commandId, cause);
    }
  }
  for (const command of trace.commands) {
    const at = Date.parse(command.receivedAt);
    put(caused.get(command.commandId) ?? null, { id: command.commandId, at, command });
    for (const acknowledged of command.projections) {
      put(command.commandId, {
        id: `${command.commandId} ${acknowledged.name}`,
        at: at + appendedAfter(command),
        acknowledged: byNow(trace, command, acknowledged),
      });
    }
  }
  // What was caused elsewhere begins here too: the earliest stands first, and a command before its instant's events.
  children.get(null)?.sort((a, b) => a.at - b.at || Number(b.command !== undefined) - Number(a.command !== undefined));
  return flatten(trace, children, startOf(trace, commands));
}

/**
 * What an import brought was recorded all at once, and happened when it says so itself. What a command of this trace wrote
 * is timed by the store, as the command is.
 */
function timeOf(event: TraceEvent, commands: ReadonlyMap<string, TraceCommand>): number {
  const byCommand = event.commandId !== null && commands.has(event.commandId);
  return Date.parse(byCommand ? event.recordedAt : event.occurredAt);
}

function startOf(trace: Trace, commands: ReadonlyMap<string, TraceCommand>): number {
  return Math.min(
    ...trace.events.map((event) => timeOf(event, commands)),
    ...trace.commands.map((command) => Date.parse(command.receivedAt)),
  );
}

/** A receipt says how far a projection was when it was given: one that was not waited for may have come there since. */
function byNow(trace: Trace, { commandId }: TraceCommand, told: Acknowledged): Acknowledged {
  const last = trace.events.findLast((event) => event.commandId === commandId);
  const now = trace.projections.find((projection) => projection.name === told.name);
  if (told.state !== 'pending' || last === undefined || now === undefined) return told;
  return Number(now.checkpoint) >= Number(last.globalPosition) ? { ...told, state: 'applied' } : told;
}

type Acknowledged = TraceCommand['projections'][number];
type Item = { id: string; at: number; event?: TraceEvent; command?: TraceCommand; acknowledged?: Acknowledged };

function flatten(trace: Trace, children: ReadonlyMap<string | null, Item[]>, startedAt: number): TraceModel {
  const rows: TraceRow[] = [];
  // A stack of its own: a chain of 5,000 causes would overflow the one of calls. What was seen is not entered again.
  const seen = new Set<string>();
  const stack: { item: Item; parent: Item | null; depth: number }[] = [];
  const enter = (parent: Item | null, depth: number) => {
    for (const item of [...(children.get(parent?.id ?? null) ?? [])].reverse()) stack.push({ item, parent, depth });
  };
  const visit = () => {
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const { item, parent, depth } = next;
      if (seen.has(item.id)) continue;
      seen.add(item.id);
      rows.push(...rowsOf(item, parent, depth, startedAt, trace));
      enter(item, depth + 1);
    }
  };
  enter(null, 0);
  visit();
  // Events that name each other as their cause stand at the beginning, rather than nowhere.
  for (const items of children.values()) {
    for (const item of items) {
      if (seen.has(item.id)) continue;
      stack.push({ item, parent: null, depth: 0 });
      visit();
    }
  }
  const ends = rows.map((row) => row.fromMs + row.lengthMs);
  return {
    rows,
    startedAt,
    totalMs: ends.reduce((most, end) => Math.max(most, end), 0),
    streams: new Set(trace.events.map((event) => event.streamId)).size,
    deepest: rows.reduce((most, row) => Math.max(most, row.depth), 0),
  };
}

/** Milliseconds from the beginning of the trace until it had happened: a projection has applied an event at its end. */
export function happenedAfter(row: TraceRow): number {
  return row.kind === 'acknowledgement' ? row.fromMs + row.lengthMs : row.fromMs;
}

function rowsOf(item: Item, parent: Item | null, depth: number, startedAt: number, trace: Trace): TraceRow[] {
  const common = {
    id: item.id,
    parent: parent?.id ?? null,
    depth,
    fromMs: item.at - startedAt,
    lengthMs: 0,
    hopMs: parent === null ? null : Math.max(0, item.at - parent.at),
    causedElsewhere: parent === null && (item.event?.causationId ?? null) !== null,
  };
  const { event, command, acknowledged } = item;
  if (event !== undefined) {
    const waiting = trace.projections.filter(
      ({ checkpoint, categories }) =>
        (categories === null || categories.includes(event.category)) &&
        Number(checkpoint) < Number(event.globalPosition),
    );
    return [{ ...common, kind: 'event', event, waiting: waiting.map((one) => one.name) }];
  }
  if (command !== undefined) return [{ ...common, kind: 'command', command, lengthMs: command.durationMs }];
  if (acknowledged === undefined) return [];
  const { name: projection, sink, state, durationMs } = acknowledged;
  return [
    { ...common, kind: 'acknowledgement', projection, sink, state, lengthMs: durationMs ?? 0, hopMs: durationMs },
  ];
}

/** Milliseconds from the arrival of a command to the end of its append. */
function appendedAfter({ steps }: TraceCommand): number {
  const append = steps.findIndex((one) => one.step === 'append');
  return steps.slice(0, append + 1).reduce((sum, one) => sum + one.durationMs, 0);
}
