import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { MEASURED, step, type Visit, visit } from './explorer/browse.ts';
import { moveTimeline } from './explorer/move-timeline.ts';
import { findOrdinary } from './explorer/pages.ts';
import { type Served, serveStore } from './explorer/serve-store.ts';
import { connectStore, LONG_STREAM, STORES, type Store, storesFolder, suffixOf } from './explorer/stores.ts';
import type { BenchOptions, Figure, Outcome, Special } from './measurement.ts';
import { summarize } from './statistics.ts';

/** Servers stand on this port and those after it. */
const PORT = Number(process.env.TIDEMARK_BENCH_PORT ?? 3430);
const UNITS: Record<string, string> = {
  heap: 'MB',
  'server-memory': 'MB',
  'frames-over': 'of frames',
  'frames-counted': '',
};

/** Values by figure, one a round. */
type Values = Map<string, number[]>;

/**
 * The same pages in a real browser over stores of 10,000, 1,000,000 and 10,000,000 events, one Postgres and a server each, in
 * interleaved rounds; the first goes uncounted. Stores are made before, by `npm run bench:explorer-stores`.
 */
export const explorer: Special = {
  kind: 'special',
  byNameOnly: true,
  title: 'The explorer in a browser, by events in the store',
  async run(_, options) {
    const folder = storesFolder();
    if (!existsSync(join(folder, 'postgres-password'))) {
      throw new Error(`no stores in ${folder}: npm run bench:explorer-stores makes them`);
    }
    const postgres = await startEmbeddedPostgres(folder);
    const browser = await chromium.launch({
      ...(process.env.TIDEMARK_TEST_BROWSER && { executablePath: process.env.TIDEMARK_TEST_BROWSER }),
    });
    const served: Served[] = [];
    try {
      for (const [index, store] of STORES.entries()) {
        options.progress(`a server for ${store.name}`);
        served.push(await serveStore(postgres.url, store, PORT + index));
      }
      const forget = () => forgetSnapshots(postgres.url);
      return await measure({ browser, served, forget }, options);
    } finally {
      await browser.close();
      await Promise.all(served.map((one) => one.stop()));
      await postgres.stop();
    }
  },
};

type Parts = { browser: Browser; served: readonly Served[]; forget(): Promise<void> };

async function measure({ browser, served, forget }: Parts, { rounds, progress }: BenchOptions): Promise<Outcome> {
  const visits = await Promise.all(served.map(async (one) => visit(browser, one, await findOrdinary(one))));
  const values: Values = new Map();
  for (let round = 0; round <= rounds; round += 1) {
    progress(round === 0 ? 'a round to warm up' : `round ${round} of ${rounds}`);
    await playRound({ browser, visits: rotated(visits, round), forget, values: round === 0 ? new Map() : values });
  }
  return {
    rounds,
    figures: Object.fromEntries([...values].map(([name, list]) => [name, figureOf(name, list)])),
    notes: [
      'a page: from the beginning of its navigation to the frame that shows what it is opened for, in a new tab of a profile that has been there',
      'frames: the time between two by requestAnimationFrame, over where it is more than 17 ms; empty: the same hand over an empty page',
    ],
  };
}

type Round = { browser: Browser; visits: readonly Visit[]; forget(): Promise<void>; values: Values };

async function playRound({ browser, visits, forget, values }: Round): Promise<void> {
  const note = (name: string, value: number) => values.set(name, [...(values.get(name) ?? []), value]);
  for (const [name, take] of Object.entries(MEASURED)) {
    for (const one of visits) {
      const figure = `${name}-${one.served.store.name}`;
      const value = await take(one).catch((error: unknown) => {
        throw new Error(`${figure}: ${error instanceof Error ? error.message : String(error)}`);
      });
      note(figure, value);
    }
  }
  const largest = visits.find(({ served }) => served.store === STORES.at(-1));
  if (largest === undefined) return;
  note('step-at-10', await step(largest, 10));
  note('step-at-90-percent', await step(largest, largest.served.store.longVersions * 0.9));
  const { timeline, empty } = await moveTimeline(browser, largest.served);
  note('frames-counted', timeline.frames);
  note('frames-over', timeline.overShare);
  note('frame-worst', timeline.worstMs);
  note('frames-over-empty', empty.overShare);
  note('frame-worst-empty', empty.worstMs);
  await forget();
  note('long-stream-without-snapshots', (await MEASURED['long-stream']?.(largest)) ?? Number.NaN);
  for (const { served } of visits) note(`server-memory-${served.store.name}`, await served.memory());
}

/** Of the longest stream of the largest store: as of one that was imported and that nobody has looked at. */
async function forgetSnapshots(url: string): Promise<void> {
  const store = STORES.at(-1) as Store;
  const database = connectStore(url, store, 1);
  await database.query('delete from snapshots where stream_id = $1', [`${LONG_STREAM}${suffixOf(store)}`]);
  await database.close();
}

function figureOf(name: string, values: readonly number[]): Figure {
  const unit = Object.entries(UNITS).find(([start]) => name.startsWith(start))?.[1] ?? 'ms';
  return { unit, ...summarize(values.map((value) => ({ value }))) };
}

/** Each is first as often. */
function rotated<One>(list: readonly One[], by: number): One[] {
  return list.map((_, index) => list[(index + by) % list.length] as One);
}
