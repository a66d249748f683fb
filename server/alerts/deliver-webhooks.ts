import type { Database } from '#db/database.ts';
import { pause } from '#server/kernel/pause.ts';
import { post } from '#server/outbound/post.ts';
import { resolveTarget } from '#server/outbound/target-address.ts';
import { sign } from './webhook-signature.ts';

export type WebhookSettings = {
  url: string;
  secret: string;
  /** Hosts, or `host:port`, that may be internal. */
  allowed: readonly string[];
};

/** 1 s, 2 s, 4 s … an hour: some 20 attempts in nine hours, then a person must look. */
const RETRY_SECONDS_MAX = 3600;
export const ATTEMPTS_MAX = 20;

const POLL_MS = 500;

/** Longer than an attempt may take, so that no second process takes it up meanwhile. */
const CLAIM_SECONDS = 15;

/** How long to wait after the nth attempt failed; null: no more. */
export function retryAfterSeconds(attempt: number): number | null {
  return attempt >= ATTEMPTS_MAX ? null : Math.min(RETRY_SECONDS_MAX, 2 ** (attempt - 1));
}

type Due = { deliveryId: string; url: string; body: string; attempt: number };

const CLAIM = `
  update webhook_deliveries d set next_attempt_at = clock_timestamp() + make_interval(secs => $1)
  where delivery_id = (
    select delivery_id from webhook_deliveries where next_attempt_at <= clock_timestamp()
    order by next_attempt_at limit 1 for update skip locked)
  returning delivery_id as "deliveryId", url, body,
    1 + (select count(*) from webhook_attempts t where t.delivery_id = d.delivery_id)::int as attempt`;

/** Sends what is due, one after the other, until stopped; every attempt is written down. */
export function deliverWebhooks(
  database: Database,
  settings: WebhookSettings,
  { pollMs = POLL_MS }: { pollMs?: number } = {},
): { stop(): Promise<void> } {
  const stopping = new AbortController();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const sent = await sendOne().catch(() => false);
      if (!sent) await pause(pollMs, stopping.signal);
    }
  }

  async function sendOne(): Promise<boolean> {
    const [due] = await database.query<Due>(CLAIM, [CLAIM_SECONDS]);
    if (due === undefined) return false;
    const from = performance.now();
    const outcome = await attempt(due, settings, stopping.signal);
    // A call that the end of this process cut off is the next one's.
    if (stopping.signal.aborted && outcome.error !== null) return false;
    await record(database, due, { ...outcome, durationMs: performance.now() - from });
    return true;
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

type Outcome = { status: number | null; error: string | null };

async function attempt(
  { url, body, deliveryId }: Due,
  settings: WebhookSettings,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const target = await resolveTarget(url, settings.allowed);
    const signature = sign(body, settings.secret, Math.floor(Date.now() / 1000));
    const headers = { 'tidemark-signature': signature, 'tidemark-delivery': deliveryId };
    const status = await post(target, { body, headers }, signal);
    return { status, error: status >= 200 && status < 300 ? null : `answered ${status}` };
  } catch (error) {
    return { status: null, error: error instanceof Error ? error.message : String(error) };
  }
}

async function record(database: Database, due: Due, { status, error, durationMs }: Outcome & { durationMs: number }) {
  const again = error === null ? null : retryAfterSeconds(due.attempt);
  await database.transaction(async (query) => {
    await query(
      'insert into webhook_attempts (delivery_id, attempt, duration_ms, status, error) values ($1, $2, $3, $4, $5)',
      [due.deliveryId, due.attempt, durationMs, status, error],
    );
    await query(
      `update webhook_deliveries set next_attempt_at = clock_timestamp() + make_interval(secs => $2::float8),
         delivered_at = case when $3 then clock_timestamp() end,
         given_up_at = case when not $3 and $2::float8 is null then clock_timestamp() end
       where delivery_id = $1`,
      [due.deliveryId, again, error === null],
    );
  });
}
