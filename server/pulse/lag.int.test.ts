import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import type { ProjectionStatus, ProjectionsStatus } from '#server/projections/status.ts';
import { startServer, type TestServer } from '#testing/http.ts';
import { LAG_POINTS_MAX, readLagHistory, recordLag, rollUpLag } from './lag-history.ts';

type Read = Pick<ProjectionsStatus, 'projections' | 'highWaterMark'>;

// Events never change, so what lies between a checkpoint and a mark is the same whenever it is counted.
const BY_SQL = `
  select count(*)::float8 as "lagEvents", min(recorded_at) as oldest
  from events where global_position > $1 and global_position <= $2
    and ($3::text[] is null or split_part(stream_id, '-', 1) = any ($3))`;

describe('the lag of a projection', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  const dbNow = async () => {
    const [row] = await server.database.query<{ now: string }>('select clock_timestamp() as now');
    return Date.parse(row?.now ?? '');
  };

  async function check({ projections, highWaterMark }: Read, from: number, to: number): Promise<ProjectionStatus[]> {
    for (const { checkpoint, categories, lagEvents, lagSeconds } of projections) {
      const [sql] = await server.database.query<{ lagEvents: number; oldest: string | null }>(BY_SQL, [
        checkpoint,
        highWaterMark,
        categories,
      ]);
      expect(lagEvents).toBe(sql?.lagEvents);
      if (sql?.oldest == null) {
        expect(lagSeconds).toBe(0);
        continue;
      }
      // The clock was read at some moment of the call; a millisecond is what times are cut to.
      expect(lagSeconds * 1000).toBeGreaterThanOrEqual(from - Date.parse(sql.oldest) - 1);
      expect(lagSeconds * 1000).toBeLessThanOrEqual(to - Date.parse(sql.oldest) + 1);
    }
    return projections;
  }

  test('is the same by REST, in the pulse that the page draws, and by SQL, at ten moments under load', async () => {
    const throttled = await server.rest('/projections/orders/throttle', {
      json: { reason: 'so that it falls behind', eventsPerSecondMax: 40 },
    });
    expect(throttled.status).toBe(202);
    let loading = true;
    const load = Array.from({ length: 4 }, async (_, writer) => {
      for (let n = 0; loading; n += 1) {
        await server.services.eventStore.append({
          streamId: parseStreamId(`${n % 3 === 0 ? 'visit' : 'order'}-${writer}-${n}`),
          expectedVersion: 'any',
          events: [{ eventType: 'OrderCancelled', data: { reason: 'load' } }],
        });
      }
    });
    const seen: ProjectionStatus[] = [];
    for (let moment = 0; moment < 10; moment += 1) {
      // At random: each call comes at some other place of the second in which the pulse is made.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
      const from = await dbNow();
      const { body } = await server.rest('/projections');
      seen.push(...(await check(body as unknown as Read, from, await dbNow())));
      const { at, projections } = await server.services.pulse.current();
      // A pulse is at most a second old, and took less than one to be made.
      await check(projections, Date.parse(at) - 2000, (await dbNow()) + 1);
    }
    loading = false;
    await Promise.all(load);
    expect(seen.some(({ name, lagEvents }) => name === 'orders' && lagEvents > 0)).toBe(true);
    await server.rest('/projections/orders/throttle', { json: { reason: 'done', eventsPerSecondMax: null } });
    // "100 % only when equal": it comes to zero and says so.
    await expect
      .poll(
        async () => {
          const { body } = await server.rest('/projections/orders');
          return body.lagEvents;
        },
        { timeout: 30_000 },
      )
      .toBe(0);
  }, 60_000);

  test('is kept second by second for an hour and minute by minute for a month, and told in 300 points or fewer', async () => {
    const { database } = server;
    const now = await dbNow();
    const made = (lagSeconds: number) =>
      [
        { name: 'kept', lagEvents: lagSeconds * 10, lagSeconds, arrivalRate: 4, drainRate: 2, versions: [built] },
      ] as unknown as ProjectionStatus[];
    const built = { version: 2, state: 'building', lagEvents: 9, lagSeconds: 900, progress: null };
    const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString();
    // The server's own pulse may make minutes of these seconds at any moment: the peak comes first.
    await recordLag(database, ago(500), made(77));
    await recordLag(database, ago(500), made(5));
    await database.query(
      `insert into lag_history select 'kept', 1, date_trunc('second', $1::timestamptz) - make_interval(secs => n), 1, 1, 4, 2
       from generate_series(0, 7200) n on conflict do nothing`,
      [ago(0)],
    );
    await database.query(
      `insert into lag_history select 'kept', 60, date_trunc('minute', $1::timestamptz) - make_interval(mins => n), 1, 1, 4, 2
       from generate_series(180, 50000) n`,
      [ago(0)],
    );
    await rollUpLag(database, ago(0));
    for (const seconds of [60, 900, 3600, 7200, 86_400, 31 * 86_400]) {
      const points = await readLagHistory(database, { name: 'kept', seconds });
      expect(points.length).toBeLessThanOrEqual(LAG_POINTS_MAX);
      expect(points.length).toBeGreaterThan(30);
      if (seconds >= 900) expect(Math.max(...points.map((one) => one.lagSeconds))).toBe(77);
      expect(points.map((one) => one.at)).toEqual(points.map((one) => one.at).toSorted());
    }
    expect(await readLagHistory(database, { name: 'kept', version: 2, seconds: 900 })).toMatchObject([
      { lagEvents: 9, lagSeconds: 900, arrivalRate: 4, drainRate: 0 },
    ]);
    const kept = await database.query<{ resolution: number; oldest: number }>(
      `select resolution, extract(epoch from $1::timestamptz - min(at))::float8 as oldest
       from lag_history where name = 'kept' group by 1 order by 1`,
      [ago(0)],
    );
    expect(kept[0]?.oldest).toBeLessThanOrEqual(3601);
    expect(kept[1]?.oldest).toBeLessThanOrEqual(31 * 86_400 + 60);
    // No projection is called so, whatever history is kept: it is not found. Under a projection's name it is told.
    expect((await server.rest('/projections/kept/lag?seconds=86400')).status).toBe(404);
    // Those of the last hour stay: among them is the minute that the server makes of its own 'orders' when it is over.
    await rollUpLag(database, ago(-60));
    await database.query(
      `update lag_history set name = 'orders' where name = 'kept' and resolution = 60 and at < $1::timestamptz`,
      [ago(3600)],
    );
    const { body } = await server.rest('/projections/orders/lag?seconds=86400');
    expect((body.points as unknown[]).length).toBeGreaterThan(100);
  });

  test('has an objective that is set with a reason', async () => {
    const { status } = await server.rest('/projections/search/objective', { json: { seconds: 30, reason: 'imports' } });
    expect(status).toBe(202);
    const { body } = await server.rest('/projections/search');
    expect(body.lag).toMatchObject({ objectiveSeconds: 30, cause: null });
    expect((await server.rest('/projections/alerts')).body).toEqual({ alerts: [] });
    expect(
      (await server.rest('/projections/nothing/objective', { json: { seconds: 1, reason: 'no such' } })).status,
    ).toBe(404);
  });
});
