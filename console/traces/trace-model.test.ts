import { describe, expect, test } from 'vitest';
import type { Trace, TraceCommand, TraceEvent } from '#server/explorer/traces.ts';
import { happenedAfter, traceModel } from './trace-model.ts';

const T0 = Date.parse('2026-11-26T10:00:00Z');
const time = (ms: number) => new Date(T0 + ms).toISOString();

function event(id: string, ms: number, more: Partial<TraceEvent> = {}): TraceEvent {
  return {
    globalPosition: String(ms + 1) as TraceEvent['globalPosition'],
    streamId: `order-${id}` as TraceEvent['streamId'],
    category: 'order',
    streamVersion: 1,
    eventId: id,
    eventType: 'Happened',
    commandId: null,
    causationId: null,
    actor: null,
    occurredAt: time(ms),
    recordedAt: time(ms),
    ...more,
  };
}

function command(id: string, ms: number): TraceCommand {
  return {
    commandId: id,
    commandType: 'Do',
    streamId: 'order-1' as TraceCommand['streamId'],
    outcome: 'accepted',
    actor: 'ada',
    receivedAt: time(ms),
    durationMs: 9,
    steps: [
      { step: 'receive', durationMs: 1 },
      { step: 'append', durationMs: 3 },
      { step: 'project', durationMs: 5 },
    ],
    projections: [{ name: 'orders', sink: 'sql', state: 'applied', durationMs: 5 }],
  };
}

function trace(events: TraceEvent[], commands: TraceCommand[] = []): Trace {
  const checkpoint = '1000' as Trace['projections'][number]['checkpoint'];
  const projections: Trace['projections'] = [{ name: 'orders', sink: 'sql', checkpoint, categories: ['order'] }];
  return { correlationId: 'c', events, commands, projections, eventsMax: 5000, truncated: false };
}

const outline = (rows: ReturnType<typeof traceModel>['rows']) => rows.map((row) => `${'-'.repeat(row.depth)}${row.id}`);

describe('a trace', () => {
  test('a command stands beneath the event it answers, its acknowledgements and events beneath it', () => {
    const { rows, totalMs, streams } = traceModel(
      trace(
        [
          event('e1', 4, { commandId: 'c1', causationId: 'c1' }),
          event('e2', 30, { commandId: 'c2', causationId: 'e1' }),
        ],
        [command('c1', 0), command('c2', 20)],
      ),
    );
    expect(outline(rows)).toEqual(['c1', '-e1', '--c2', '---e2', '---c2 orders', '-c1 orders']);
    expect(rows.map((row) => row.hopMs)).toEqual([null, 4, 16, 10, 5, 5]);
    expect(rows[5]).toMatchObject({ fromMs: 4, lengthMs: 5 });
    expect(rows.map(happenedAfter)).toEqual([0, 4, 20, 30, 29, 9]);
    expect([totalMs, streams]).toEqual([30, 2]);
  });

  test('events that came without commands hang by their causes, and an unknown cause is a beginning', () => {
    const { rows } = traceModel(
      trace([event('a', 0, { causationId: 'elsewhere' }), event('b', 5, { causationId: 'a' })]),
    );
    expect(outline(rows)).toEqual(['a', '-b']);
  });

  test('what was imported is timed by when it happened, what a command wrote by when it was recorded', () => {
    const imported = traceModel(
      trace([event('a', 0, { recordedAt: time(9000) }), event('b', 700, { causationId: 'a', recordedAt: time(9000) })]),
    );
    expect([imported.startedAt, imported.totalMs, imported.rows[1]?.hopMs]).toEqual([T0, 700, 700]);
    const written = event('e1', 4, { commandId: 'c1', causationId: 'c1', occurredAt: time(-60_000) });
    expect(traceModel(trace([written], [command('c1', 0)])).startedAt).toBe(T0);
  });

  test('of several beginnings the earliest stands first, and one that was caused elsewhere says so', () => {
    const { rows } = traceModel(
      trace(
        [event('seen', 45, { causationId: 'elsewhere' }), event('e1', 0, { commandId: 'c1', causationId: 'c1' })],
        [command('c1', 0)],
      ),
    );
    expect(outline(rows)).toEqual(['c1', '-e1', '-c1 orders', 'seen']);
    expect(rows.map((row) => row.causedElsewhere)).toEqual([false, false, false, true]);
  });

  test('a projection that was not waited for is told as it stands now', () => {
    const projections = [{ name: 'orders', sink: 'sql' as const, state: 'pending', durationMs: null }];
    const states = (position: number) => {
      const events = [event('e1', position - 1, { commandId: 'c1', causationId: 'c1' })];
      const { rows } = traceModel(trace(events, [{ ...command('c1', 0), projections }]));
      return rows.flatMap((row) => (row.kind === 'acknowledgement' ? [row.state] : []));
    };
    expect([states(1000), states(1001)]).toEqual([['applied'], ['pending']]);
  });

  test('events that cause each other are shown once, and nothing hangs', () => {
    const { rows } = traceModel(trace([event('a', 0, { causationId: 'b' }), event('b', 5, { causationId: 'a' })]));
    expect(outline(rows)).toEqual(['a', '-b']);
  });

  test('a chain of 5,000 causes does not overflow', () => {
    const chain = Array.from({ length: 5000 }, (_, index) =>
      event(`e${index}`, index, { causationId: index === 0 ? null : `e${index - 1}` }),
    );
    const { rows, deepest } = traceModel(trace(chain));
    expect([rows.length, deepest]).toEqual([5000, 4999]);
  });

  test('a projection that has not come so far is named, one that never sees the category is not', () => {
    const { rows } = traceModel(trace([event('a', 999), event('b', 1000), event('c', 1001, { category: 'stock' })]));
    expect(rows.map((row) => row.kind === 'event' && row.waiting)).toEqual([[], ['orders'], []]);
  });
});
