import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connectDatabase } from '#db/client.ts';
import type { Database } from '#db/database.ts';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import type { NewEvent } from '#server/kernel/event.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { projections } from '#server/projections/definitions/index.ts';
import { createAcknowledgements } from '#server/projections/engine/acknowledgements.ts';
import { createInspection } from '#server/projections/engine/create-inspection.ts';

export type TakeoverRun = {
  kills: number;
  freezes: number;
  appended: number;
  missing: number;
  appliedTwice: number;
  outOfOrder: number;
  checkpointsBack: number;
  /** Rows of `orders` that a clean fold makes otherwise. */
  differentRows: number;
  unaccounted: number;
  /** Writes and transactions of woken workers that were refused because another had taken over. */
  refused: number;
  takeoverMsP50: number;
  takeoverMsMax: number;
};

/**
 * Two workers under load; in turn the one that holds the journal is killed, or frozen until another has taken over and
 * then woken. Afterwards read models are compared with a clean fold, and every move of a checkpoint is looked at.
 */
export async function runTakeover(options: {
  url: string;
  schema: string;
  rounds: number;
  leaseMs: number;
  writers: number;
}): Promise<TakeoverRun> {
  const { url, schema, rounds, leaseMs, writers } = options;
  const database = connectDatabase({
    url,
    schema,
    applicationName: 'takeover',
    connectionsMax: 12,
    deadlineMs: 60_000,
  });
  const eventStore = createPostgresEventStore(database);
  await watchCheckpoints(database);
  const workers = await Promise.all([startWorker(url, schema, leaseMs), startWorker(url, schema, leaseMs)]);
  let writing = true;
  let appended = 0;
  const ended = Array.from({ length: writers }, async (_, writer) => {
    for (let turn = 0; writing; turn += 1) {
      const streamId = parseStreamId(`order-${writer}-${Math.floor(turn / 5)}`);
      await eventStore.append({ streamId, expectedVersion: 'any', events: [eventOf(turn)] });
      appended += 1;
    }
  });
  const tookMs: number[] = [];
  for (let round = 0; round < rounds * 2; round += 1) {
    const holder = await holderOf(database);
    const index = workers.findIndex((worker) => worker.pid === holder.processId);
    const worker = workers[index];
    if (worker === undefined) throw new Error(`no worker of ours is process ${holder.processId}`);
    await pause(Math.random() * 60);
    const at = performance.now();
    worker.kill(round % 2 === 0 ? 'SIGKILL' : 'SIGSTOP');
    await takenOver(database, holder.epoch);
    tookMs.push(performance.now() - at);
    if (round % 2 === 0) workers[index] = await startWorker(url, schema, leaseMs);
    else worker.kill('SIGCONT');
  }
  writing = false;
  await Promise.all(ended);
  const acknowledgements = createAcknowledgements(database);
  const { position } = await eventStore.highWaterMark();
  await acknowledgements.waitFor(position, { timeoutMs: 60_000 });
  await acknowledgements.stop();
  // A frozen worker counts what it was refused when it has its connections back.
  await pause(leaseMs);
  await Promise.all(workers.map(stopWorker));
  const verdict = await judge(database, eventStore);
  await eventStore.close();
  await database.close();
  tookMs.sort((a, b) => a - b);
  return {
    kills: rounds,
    freezes: rounds,
    appended,
    ...verdict,
    takeoverMsP50: Math.round(tookMs[Math.floor(tookMs.length / 2)] ?? 0),
    takeoverMsMax: Math.round(tookMs.at(-1) ?? 0),
  };
}

function eventOf(turn: number): NewEvent {
  if (turn % 5 > 0) return { eventType: turn % 5 === 1 ? 'OrderConfirmed' : 'OrderShipped', data: { turn } };
  return { eventType: 'OrderPlaced', data: { customerId: `c${turn}`, total: { amount: turn, currency: 'EUR' } } };
}

function startWorker(url: string, schema: string, leaseMs: number): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
  const child = fork(script, [url, schema, String(leaseMs)], { execArgv: ['--import', './bin/typescript.mjs'] });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`a worker ended with ${code} at its start`)));
  });
}

function stopWorker(worker: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    worker.once('exit', () => resolve());
    worker.kill('SIGTERM');
  });
}

async function watchCheckpoints(database: Database): Promise<void> {
  await database.query('create table if not exists checkpoints_back (name text, version int, old bigint, new bigint)');
  await database.query(`
    create or replace function watch_checkpoint() returns trigger language plpgsql as $$
    begin
      insert into checkpoints_back values (new.name, new.version, old.checkpoint, new.checkpoint);
      return null;
    end $$`);
  await database.query(`
    create or replace trigger watch_checkpoint after update of checkpoint on projection_versions for each row
    when (new.checkpoint < old.checkpoint) execute function watch_checkpoint()`);
}

type Holder = { processId: number; epoch: string };

async function holderOf(database: Database): Promise<Holder> {
  for (;;) {
    const [row] = await database.query<Holder>(
      `select w.process_id as "processId", v.epoch from projection_versions v join workers w on w.worker_id = v.owner
       where v.name = 'journal' and v.leased_until > clock_timestamp()`,
    );
    if (row !== undefined) return row;
    await pause(20);
  }
}

async function takenOver(database: Database, epoch: string): Promise<void> {
  for (;;) {
    const statement = `select 1 from projection_versions where name = 'journal' and epoch > $1 and owner is not null`;
    if ((await database.query(statement, [epoch])).length > 0) return;
    await pause(20);
  }
}

async function judge(database: Database, eventStore: ReturnType<typeof createPostgresEventStore>) {
  const one = async (statement: string) => Number((await database.query<{ n: string }>(statement))[0]?.n);
  const inspection = createInspection({ database, eventStore, projections });
  let after: string | null = '';
  let differentRows = 0;
  while (after !== null) {
    const check = await inspection.checkRows({ name: 'orders', after, limit: 1000 });
    differentRows += check.different.length;
    after = check.nextAfter;
  }
  const { account } = await inspection.completeness({ name: 'orders' });
  return {
    missing: await one(`select count(*) as n from events e left join journal j on j.position = e.global_position
      where e.stream_id like 'order-%' and j.position is null`),
    // The journal's key would have refused a second row; what the accounts counted twice shows here.
    appliedTwice: account.repeated + (await one('select count(*) - count(distinct position) as n from journal')),
    outOfOrder: await one(`select count(*) as n from (select stream_version,
      row_number() over (partition by stream_id order by turn) as place from journal) t where stream_version <> place`),
    checkpointsBack: await one('select count(*) as n from checkpoints_back'),
    differentRows,
    unaccounted: account.missing,
    refused: await one('select sum(refused_writes) as n from projection_versions'),
  };
}
