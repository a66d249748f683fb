import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { createProcesses } from './list-processes.ts';

let made: TestDatabase;
beforeAll(async () => {
  made = await createTestDatabase();
  const { query } = made.database;
  for (const [index, name] of ['order-1', 'order-2', 'order-3'].entries()) {
    await query(
      `insert into processes (stream_id, manager, command_id, started_at, fault)
       values ($1, 'fulfilment', gen_random_uuid(), now() + $2 * interval '1 second', $3::text::jsonb)`,
      [`fulfilment-${name}`, index, name === 'order-2' ? JSON.stringify({ message: 'no answer' }) : null],
    );
  }
  await query(
    `insert into process_timers (stream_id, name, manager, due_at)
     values ('fulfilment-order-1', 'payment', 'fulfilment', now() - interval '1 minute'),
            ('fulfilment-order-3', 'payment', 'fulfilment', now() + interval '1 hour')`,
  );
});
afterAll(() => made.drop());

test('a manager is told with what fails, its timers, and those whose time is over', async () => {
  const { managers } = await createProcesses(made.database).managers();
  expect(managers).toMatchObject([
    { name: 'fulfilment', worker: null, fault: null, processes: 3, failing: 1, timers: 2, timersDue: 1 },
  ]);
});

test('processes come newest first, page by page, or only those that fail or wait for a time', async () => {
  const { list } = createProcesses(made.database);
  const page = await list({ show: 'all', limit: 2 });
  expect(page.processes.map(({ streamId }) => streamId)).toEqual(['fulfilment-order-3', 'fulfilment-order-2']);
  expect(page.processes[0]?.timers).toMatchObject([{ name: 'payment' }]);
  const rest = await list({ show: 'all', limit: 2, after: page.nextAfter ?? '' });
  expect([rest.processes.map(({ streamId }) => streamId), rest.nextAfter]).toEqual([['fulfilment-order-1'], null]);
  const failing = await list({ show: 'failing', limit: 10 });
  expect(failing.processes).toMatchObject([
    { streamId: 'fulfilment-order-2', fault: 'no answer', lastEventType: null },
  ]);
  expect((await list({ show: 'waiting', limit: 10 })).processes).toHaveLength(2);
});
