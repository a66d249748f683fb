import { randomUUID } from 'node:crypto';
import type { Database } from '#db/database.ts';
import { isTidemarkError, TidemarkError } from '#server/kernel/errors.ts';
import type { ExportPage } from './event-export.ts';
import type { ExportEnd, ExportOwner, KeptExport, KeptExports } from './kept-exports.ts';

/** Some three million usual events; a larger export is taken by the shell, to a disk of its own. */
const BYTES_MAX = 2_000_000_000;
/** All that is kept together. */
const KEPT_BYTES_MAX = 8_000_000_000;
const RUNNING_MAX = 2;
const KEPT_HOURS = 24;
/** A page is written within seconds; nothing for this long, and the process that wrote is gone. */
const SILENT_SECONDS_MAX = 60;
const SWEEP_MS = 600_000;

const COLUMNS = `export_id as "exportId", what, format, up_to as "upTo", state, message, events::float8 as events,
  expected::float8 as expected, bytes::float8 as bytes, system_events as "systemEvents", started_at as "startedAt",
  extract(epoch from coalesce(ended_at, clock_timestamp()) - started_at)::float8 * 1000 as "elapsedMs",
  ended_at + interval '${KEPT_HOURS} hours' as "expiresAt"`;

/** Puts a page away while the export is still wanted; no row where it is not. */
const KEEP_PAGE = `
  with wanted as (
    update exports set events = events + $3, bytes = bytes + $4, parts = parts + 1, written_at = clock_timestamp()
    where export_id = $1 and state = 'running' returning parts, bytes::float8 as bytes
  ), kept as (insert into export_parts (export_id, part, lines) select $1, parts, $2 from wanted)
  select bytes from wanted`;

/** Exports in the database: whichever web process is asked has them. */
export function createKeptExports(database: Database): KeptExports {
  const running = new Map<string, { abort: AbortController; ended: Promise<void> }>();
  const sweeping = setInterval(() => void sweep(database).catch(() => {}), SWEEP_MS).unref();

  return {
    async start({ owner, pages, signal, onEnd, ...said }) {
      await sweep(database);
      await checkRoom(database, owner);
      const abort = new AbortController();
      const exportId = randomUUID();
      const [kept] = await database.query<KeptExport>(
        `insert into exports (export_id, owner_kind, owner_id, what, format, up_to, expected, system_events)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${COLUMNS}`,
        [exportId, owner.kind, owner.id, said.what, said.format, said.upTo, said.expected, said.systemEvents],
      );
      const ended = write(database, { exportId, pages, signal: AbortSignal.any([signal, abort.signal]) })
        .then(onEnd)
        // What can't be told is found by the sweep.
        .catch(() => {})
        .finally(() => running.delete(exportId));
      running.set(exportId, { abort, ended });
      return kept as KeptExport;
    },

    async list(owner) {
      await sweep(database);
      return database.query<KeptExport>(
        `select ${COLUMNS} from exports where owner_kind = $1 and owner_id = $2 order by started_at desc`,
        [owner.kind, owner.id],
      );
    },

    async remove(owner, exportId) {
      const gone = await database.query(
        'delete from exports where export_id = $1 and owner_kind = $2 and owner_id = $3 returning 1',
        [exportId, owner.kind, owner.id],
      );
      if (gone.length === 0) throw notFound();
    },

    async removeAll() {
      await database.query('delete from exports');
    },

    async read(owner, exportId) {
      const [kept] = await database.query<KeptExport & { parts: number }>(
        `select ${COLUMNS}, parts from exports
         where export_id = $1 and owner_kind = $2 and owner_id = $3 and state = 'done'`,
        [exportId, owner.kind, owner.id],
      );
      if (kept === undefined) throw notFound();
      return { kept, texts: texts(database, exportId, kept.parts) };
    },

    async stop() {
      clearInterval(sweeping);
      for (const { abort } of running.values()) abort.abort(new Error('the server was stopped'));
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
}

type Writing = { exportId: string; pages: AsyncIterable<ExportPage>; signal: AbortSignal };

async function write(database: Database, { exportId, pages, signal }: Writing): Promise<ExportEnd> {
  const end = async (state: 'done' | 'failed', message: string | null): Promise<ExportEnd> => {
    const rows = await database.query(
      `update exports set state = $2, message = $3, ended_at = clock_timestamp() where export_id = $1 returning 1`,
      [exportId, state, message],
    );
    return rows.length === 0 ? 'removed' : state;
  };
  try {
    for await (const { text, events } of pages) {
      signal.throwIfAborted();
      const values = [exportId, text, events, Buffer.byteLength(text)];
      const [row] = await database.query<{ bytes: number }>(KEEP_PAGE, values, { signal });
      if (row === undefined) return 'removed';
      if (row.bytes > BYTES_MAX) return await end('failed', 'it is larger than 2 GB: take its address to a shell');
    }
    // The pages end quietly where the signal fires.
    signal.throwIfAborted();
    return await end('done', null);
  } catch (error) {
    const why = signal.aborted ? (signal.reason as unknown) : error;
    const known = isTidemarkError(why) || (signal.aborted && why instanceof Error);
    return end('failed', known ? why.message : 'the events could not be read');
  }
}

async function* texts(database: Database, exportId: string, parts: number): AsyncGenerator<string> {
  for (let part = 1; part <= parts; part += 1) {
    const [row] = await database.query<{ lines: string }>(
      'select lines from export_parts where export_id = $1 and part = $2',
      [exportId, part],
    );
    if (row === undefined) throw notFound();
    yield row.lines;
  }
}

/** Takes away what is over its time, and ends what no process writes any more. */
async function sweep(database: Database): Promise<void> {
  await database.query(
    `with over as (delete from exports where ended_at < clock_timestamp() - make_interval(hours => $1))
     update exports set state = 'failed', message = 'the process that made it is gone', ended_at = clock_timestamp()
     where state = 'running' and written_at < clock_timestamp() - make_interval(secs => $2)`,
    [KEPT_HOURS, SILENT_SECONDS_MAX],
  );
}

async function checkRoom(database: Database, owner: ExportOwner): Promise<void> {
  const [row] = await database.query<{ running: number; bytes: number }>(
    `select coalesce(sum(bytes), 0)::float8 as bytes,
       count(*) filter (where state = 'running' and owner_kind = $1 and owner_id = $2)::int as running from exports`,
    [owner.kind, owner.id],
  );
  if (row !== undefined && row.running >= RUNNING_MAX) {
    throw new TidemarkError('act-refused', `${RUNNING_MAX} exports of yours are being made: wait, or cancel one`);
  }
  if (row !== undefined && row.bytes >= KEPT_BYTES_MAX) {
    throw new TidemarkError('act-refused', 'the exports that are kept take 8 GB: remove some, or wait for a day');
  }
}

function notFound(): TidemarkError {
  return new TidemarkError('not-found', 'no such export of yours is kept', { field: 'exportId' });
}
