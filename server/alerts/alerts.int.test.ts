import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPostgresEventStore } from '#server/event-store/postgres/postgres-event-store.ts';
import { parseStreamId } from '#server/kernel/stream-id.ts';
import { projections } from '#server/projections/definitions/index.ts';
import { registerProjections } from '#server/projections/engine/register.ts';
import type { ProjectionsStatus } from '#server/projections/status.ts';
import { createTestDatabase, type TestDatabase } from '#testing/postgres.ts';
import { createAlerts } from './alert-log.ts';
import { deliverWebhooks } from './deliver-webhooks.ts';
import { watchObjectives } from './watch-objectives.ts';
import { verify } from './webhook-signature.ts';

const SECRET = 'a secret of the receiver and the store';

type Call = { body: string; signature: string; delivery: string };

describe('alerts of projections', () => {
  let made: TestDatabase;
  let url: string;
  const calls: Call[] = [];
  /** The statuses that the receiver answers with, in turn; 200 when there are none left. */
  const answers: number[] = [];
  const receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const header = (name: string) => String(request.headers[name]);
      const body = Buffer.concat(parts).toString();
      calls.push({ body, signature: header('tidemark-signature'), delivery: header('tidemark-delivery') });
      response.writeHead(answers.shift() ?? 200, { location: 'http://127.0.0.1:1/' }).end();
    });
  });
  beforeAll(async () => {
    made = await createTestDatabase();
    await registerProjections(made.database, projections);
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  });
  afterAll(async () => {
    receiver.close();
    await made.drop();
  });

  const lagging = (lagSeconds: number) => {
    const lag = { objectiveSeconds: 5, eta: null, trend: 'growing', cause: 'no_worker', message: 'no worker runs' };
    const projection = { name: 'orders', lagSeconds, lagEvents: 9, lag };
    return { projections: { projections: [projection] } as unknown as ProjectionsStatus, database: { ok: true } };
  };

  test('go from raised to resolved, as events and to the webhook, signed, tried again, each attempt on record', async () => {
    const alerts = createAlerts(made.database);
    answers.push(500, 302);
    let lagSeconds = 9;
    const watcher = () =>
      watchObjectives({
        database: made.database,
        webhookUrl: url,
        calmMs: 50,
        async *watch(signal) {
          while (!signal.aborted) {
            yield lagging(lagSeconds);
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        },
      });
    // Two processes watch, as two web processes do: one alert, told once.
    const watchers = [watcher(), watcher()];
    const settings = { url, secret: SECRET, allowed: [new URL(url).host] };
    const deliveries = [1, 2].map(() => deliverWebhooks(made.database, settings, { pollMs: 20 }));
    await expect.poll(() => alerts.list({ open: true, limit: 10 }), { timeout: 10_000 }).toHaveLength(1);
    lagSeconds = 12;
    await expect
      .poll(async () => (await alerts.list({ open: true, limit: 1 }))[0]?.worstSeconds, { timeout: 10_000 })
      .toBe(12);
    lagSeconds = 0;
    const ended = async () => (await alerts.list({ open: false, limit: 10 })).map((one) => one.deliveries);
    await expect
      .poll(async () => (await ended()).flat().filter((one) => one.state === 'delivered').length, { timeout: 20_000 })
      .toBe(2);
    await Promise.all([...watchers, ...deliveries].map((one) => one.stop()));

    const [alert, ...others] = await alerts.list({ projection: 'orders', limit: 10 });
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ cause: 'no_worker', objectiveSeconds: 5, worstSeconds: 12 });
    const attempts = alert?.deliveries.map((one) => one.attempts.map(({ status }) => status)) ?? [];
    // A redirect is no answer and is not followed.
    expect(attempts.flat().toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual([200, 200, 302, 500]);
    expect(attempts.map((statuses) => statuses.at(-1))).toEqual([200, 200]);
    expect(calls).toHaveLength(4);
    for (const { body, signature, delivery } of calls) {
      expect(verify(body, signature, { secret: SECRET, nowSeconds: Date.now() / 1000 })).toBe(true);
      expect(JSON.parse(body)).toMatchObject({ deliveryId: delivery, projection: 'orders', alertId: alert?.alertId });
    }
    const store = createPostgresEventStore(made.database);
    const { events } = await store.readStream(parseStreamId('projection-orders'));
    expect(events.map(({ eventType }) => eventType)).toEqual(['ProjectionAlertRaised', 'ProjectionAlertResolved']);
    await store.close();
  }, 30_000);

  test('an address that is not public and not listed is refused, and the refusal is on record', async () => {
    const before = calls.length;
    const alerts = createAlerts(made.database);
    const watcher = watchObjectives({
      database: made.database,
      webhookUrl: url,
      async *watch() {
        yield lagging(30);
      },
    });
    await expect.poll(() => alerts.list({ open: true, limit: 10 }), { timeout: 10_000 }).toHaveLength(1);
    const delivery = deliverWebhooks(made.database, { url, secret: SECRET, allowed: [] }, { pollMs: 20 });
    await expect
      .poll(async () => (await alerts.list({ open: true, limit: 1 }))[0]?.deliveries[0]?.attempts[0]?.error, {
        timeout: 10_000,
      })
      .toContain('which is not public');
    await Promise.all([watcher.stop(), delivery.stop()]);
    expect(calls).toHaveLength(before);
  }, 30_000);

  test('an objective is set with its reason, as an event; an unknown projection has none', async () => {
    const alerts = createAlerts(made.database);
    const request = { seconds: 30, reason: 'imports at night', actor: 'ada' };
    expect(await alerts.setObjective({ name: 'search', ...request })).toMatchObject({ objectiveSeconds: 30 });
    await expect(alerts.setObjective({ name: 'nothing', ...request })).rejects.toMatchObject({
      code: 'unknown-projection',
    });
  });
});
