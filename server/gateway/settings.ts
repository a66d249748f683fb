import type { Database } from '#db/database.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';

const FRESH_MS = 1000;

/** One kept setting, read at most once a second; while the database is away the last one stands. */
export function createSetting<Value extends object>(
  database: Database,
  { name, initial, nowMs }: { name: string; initial: Value; nowMs: () => number },
) {
  let value = initial;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function refresh(): Promise<void> {
    readAtMs = nowMs();
    const rows = await database
      .query<{ value: Value }>('select value from gateway_settings where name = $1', [name], { deadlineMs: 1000 })
      .catch(() => undefined);
    if (rows !== undefined) value = { ...initial, ...rows[0]?.value };
  }

  const fresh = () => reading === undefined && nowMs() - readAtMs < FRESH_MS;

  return {
    /** The value where it need not be read anew. */
    known: (): Value | undefined => (fresh() ? value : undefined),
    async get(): Promise<Value> {
      if (!fresh()) {
        reading ??= refresh().finally(() => {
          reading = undefined;
        });
      }
      await reading;
      return value;
    },
    async set(next: Value): Promise<Value> {
      await database.query(
        'insert into gateway_settings values ($1, $2::text::jsonb) on conflict (name) do update set value = excluded.value',
        [name, JSON.stringify(next)],
      );
      value = { ...initial, ...next };
      readAtMs = nowMs();
      return value;
    },
  };
}

export function createLimitSettings(database: Database, nowMs: () => number) {
  return createSetting<Limits>(database, { name: 'limits', initial: DEFAULT_LIMITS, nowMs });
}
