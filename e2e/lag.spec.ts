import { authorizationFor } from '#examples/authorization.ts';
import { expect, newOrder, test } from './fixtures.ts';
import { withDatabase } from './order-fault.ts';

type Status = { highWaterMark: string; projections: { name: string; lagEvents: number }[] };

/** A count of events, and the high-water mark up to which it holds. */
type Reading = { lagEvents: number; mark: number };

const MOMENTS = 10;

test('REST, the page and SQL agree how far a projection is behind, at ten random moments under load', async ({
  page,
  request,
  baseURL,
}) => {
  const act = async (name: string, data: object) => {
    const response = await request.post(`/api/v1/projections/orders/${name}`, { data });
    expect(response.status()).toBe(202);
  };
  await page.goto('/projections/orders');
  await expect(page.getByText(/Keeping pace|Coming nearer/)).toBeVisible();
  await act('pause', { reason: 'to let it fall behind' });
  // As a program, whose limit is a program's.
  const program = authorizationFor(baseURL ?? '', '.data/e2e');
  let loading = true;
  let appended = 0;
  const load = (async () => {
    for (; loading; appended += 1) {
      const event = { eventType: 'OrderCancelled', data: { reason: 'load' } };
      const path = `/api/v1/streams/${newOrder()}/events`;
      await request.post(path, { headers: program, data: { expectedVersion: 'any', events: [event] } });
    }
  })();
  try {
    await expect(page.getByText('Why events wait: paused by')).toBeVisible();
    const said = async (): Promise<Reading> => {
      const { highWaterMark, projections } = (await (await request.get('/api/v1/projections')).json()) as Status;
      const orders = projections.find(({ name }) => name === 'orders');
      return { lagEvents: orders?.lagEvents ?? Number.NaN, mark: Number(highWaterMark) };
    };
    // Both figures in one look, so that they are of one pulse.
    const shown = (): Promise<Reading> =>
      page.evaluate(() => {
        const figure = (label: string) => {
          const name = [...document.querySelectorAll('div')].findLast((one) => one.textContent.trim() === label);
          return Number(name?.nextElementSibling?.textContent.replace(/\D/g, '') || 'none');
        };
        return { lagEvents: figure('Behind'), mark: figure('High water') };
      });
    await withDatabase(async (sql) => {
      // What is below the mark is settled: the count up to it is the same whenever it is made.
      const counted = async (mark: number): Promise<Reading> => {
        const [row] = await sql<{ lagEvents: number }[]>`
          select count(*)::int as "lagEvents" from tidemark.events e, tidemark.projections p
          join tidemark.projection_versions v on v.name = p.name and v.version = p.serving_version
          where p.name = 'orders' and e.stream_id like 'order-%' and e.global_position > v.checkpoint and e.global_position <= ${mark}`;
        return { lagEvents: row?.lagEvents ?? Number.NaN, mark };
      };
      const pulses = new Set<number>();
      for (let moment = 0; moment < MOMENTS || pulses.size < 3; moment += 1) {
        const until = appended + 1 + Math.floor(Math.random() * 20);
        await expect.poll(() => appended, { intervals: [20] }).toBeGreaterThanOrEqual(until);
        const [rest, onPage] = await Promise.all([said(), shown()]);
        expect(await counted(rest.mark)).toEqual(rest);
        expect(await counted(onPage.mark)).toEqual(onPage);
        pulses.add(onPage.mark);
      }
      expect((await said()).lagEvents).toBeGreaterThanOrEqual(MOMENTS);
    });
  } finally {
    loading = false;
    await load;
    await act('resume', { reason: 'seen enough' });
  }
  // 100 % only when equal.
  await expect(page.getByText('Why events wait:')).toBeHidden();
  // The day before is there when the page opens.
  await page.getByRole('radio', { name: '24 h' }).click();
  await expect(page.getByRole('figure', { name: /Seconds behind/ })).toBeVisible();
});

test('who searches is told when the index lacks what is newer, and why', async ({ page, request }) => {
  const post = async (path: string, data: object) => {
    const response = await request.post(`/api/v1/${path}`, { data });
    expect(response.ok()).toBe(true);
  };
  await post('projections/search/pause', { reason: 'to let it fall behind' });
  try {
    const event = { eventType: 'OrderCancelled', data: { reason: 'not in the index' } };
    await post(`streams/${newOrder()}/events`, { expectedVersion: 'any', events: [event] });
    await page.goto('/search?q=cancelled');
    await expect(page.getByText(/^The index is [\d,]+ events? behind: paused by/)).toBeVisible();
  } finally {
    await post('projections/search/resume', { reason: 'seen enough' });
  }
  await expect(page.getByText(/^The index is/)).toBeHidden();
});
