import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { payloads } from './payload.ts';

/** A history as it lies in an export: a thousand streams side by side, ten events each, then the next thousand. */
const STREAMS_ABREAST = 1000;
const STREAM_EVENTS = 10;

type Row = { stream: string; version: number; id: string; type: string; data: object; metadata: object; time: string };

function rowAt(index: number, run: string, pool: ReturnType<typeof payloads>): Row {
  const block = Math.floor(index / (STREAMS_ABREAST * STREAM_EVENTS));
  const event = pool[index % pool.length] as (typeof pool)[number];
  return {
    stream: `history-${run}n${block * STREAMS_ABREAST + (index % STREAMS_ABREAST)}`,
    version: 1 + (Math.floor(index / STREAMS_ABREAST) % STREAM_EVENTS),
    id: randomUUID(),
    type: event.type,
    data: event.data,
    metadata: event.metadata,
    time: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString(),
  };
}

const toCloudEvent = ({ stream, id, type, data, metadata, time }: Row): string =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source: 'shop',
    type,
    subject: stream,
    time,
    correlationid: (metadata as { correlationId: string }).correlationId,
    data,
  });

/** As `\copy` takes it, columns in the order of `limit_events`; nothing in these rows has to be escaped. */
const toCopyLine = ({ stream, version, id, type, data, metadata, time }: Row, position: number): string =>
  [position, stream, version, type, 1, id, JSON.stringify(data), JSON.stringify(metadata), time, time].join('\t');

/** Writes a file of such a history and gives it to `use`; the file is gone afterwards. `first`: the first position. */
export async function withHistory<T>(
  kind: 'cloud-events' | 'copy',
  { events, bytes, run, first = 0 }: { events: number; bytes: number; run: string; first?: number },
  use: (path: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-history-'));
  try {
    const path = join(folder, kind);
    const pool = payloads(bytes);
    const file = createWriteStream(path);
    for (let index = 0; index < events; index += 1) {
      const row = rowAt(index, run, pool);
      const line = kind === 'copy' ? toCopyLine(row, first + index) : toCloudEvent(row);
      if (!file.write(`${line}\n`)) await once(file, 'drain');
    }
    file.end();
    await once(file, 'finish');
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
