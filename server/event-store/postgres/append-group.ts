import type { CallOptions, Database } from '#db/database.ts';
import { codeOf, SQL_STATE } from '#db/sql-state.ts';
import type { AppendResult } from '#server/event-store/event-store.ts';
import type { PreparedAppend } from '#server/event-store/prepare-events.ts';
import { expectedVersionToSql } from '#server/kernel/expected-version.ts';
import type { Position } from '#server/kernel/position.ts';
import { categoryOf } from '#server/kernel/stream-id.ts';
import { eventColumns, toResult } from './append.ts';

/**
 * Appends for distinct streams in one transaction. `requests` are in the order of their stream ids, so that two groups
 * do not wait for each other crosswise. The answer of one that did not fit its expected version is undefined; where an
 * event id stands already, all of it is rolled back and this rejects. By `append_next_group`, which costs a quarter
 * less, where all name their version or all are single events behind any; where one did not fit, once more by
 * `append_group`, which keeps the others apart from it.
 */
export async function appendGroup(
  database: Database,
  requests: readonly PreparedAppend[],
  options?: CallOptions,
): Promise<(AppendResult | undefined)[]> {
  if (requests.every(isOneBehindAny)) return appendGroupBehindAny(database, requests, options);
  if (!requests.every(isNext)) return appendGroupApart(database, requests, options);
  try {
    return await appendGroupWhole(database, requests, options);
  } catch (error) {
    if (codeOf(error) !== SQL_STATE.groupUnfit) throw error;
    return appendGroupApart(database, requests, options);
  }
}

/** Whether the append names its version, and no time of its own: what `append_next_group` knows. */
function isNext({ expectedVersion, events }: PreparedAppend): boolean {
  return expectedVersionToSql(expectedVersion) >= 0 && events.every(({ occurredAt }) => occurredAt === undefined);
}

/** Whether it is of one event that goes behind whatever stands, without a time of its own: it fits always. */
function isOneBehindAny({ expectedVersion, events }: PreparedAppend): boolean {
  return expectedVersion === 'any' && events.length === 1 && events[0]?.occurredAt === undefined;
}

const APPEND_NEXT_GROUP = 'select append_next_group($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as positions';

async function appendGroupWhole(
  database: Database,
  requests: readonly PreparedAppend[],
  options?: CallOptions,
): Promise<AppendResult[]> {
  const streams = { ids: [] as string[], categories: [] as string[], versions: [] as number[], counts: [] as number[] };
  const events = { streams: [] as string[], versions: [] as number[] };
  for (const {
    streamId,
    expectedVersion,
    events: { length: count },
  } of requests) {
    const version = expectedVersionToSql(expectedVersion);
    streams.ids.push(streamId);
    streams.categories.push(categoryOf(streamId));
    streams.versions.push(version + count);
    streams.counts.push(count);
    for (let next = 1; next <= count; next += 1) {
      events.streams.push(streamId);
      events.versions.push(version + next);
    }
  }
  const isOneEach = events.streams.length === requests.length;
  const columns = eventColumns(requests).slice(0, 5);
  const [row] = await database.query<{ positions: Position[] }>(
    APPEND_NEXT_GROUP,
    [
      streams.ids,
      streams.categories,
      streams.versions,
      ...(isOneEach ? [null, null, null] : [streams.counts, events.streams, events.versions]),
      ...columns,
    ],
    options,
  );
  if (row === undefined) throw new Error('append_next_group gave no row');
  let appended = 0;
  return requests.map(({ streamId, events: { length: count } }, index) => {
    const positions = row.positions.slice(appended, appended + count);
    appended += count;
    return toResult(streamId, streams.versions[index] ?? 0, positions);
  });
}

async function appendGroupBehindAny(
  database: Database,
  requests: readonly PreparedAppend[],
  options?: CallOptions,
): Promise<AppendResult[]> {
  const ids = requests.map(({ streamId }) => streamId);
  const columns = eventColumns(requests).slice(0, 5);
  const [row] = await database.query<{ positions: string[] }>(
    APPEND_NEXT_GROUP,
    [ids, ids.map(categoryOf), null, null, null, null, ...columns],
    options,
  );
  if (row === undefined) throw new Error('append_next_group gave no row');
  const { positions } = row;
  return ids.map((streamId, index) =>
    toResult(streamId, positions[index] ?? '', [positions[ids.length + index] as Position]),
  );
}

const APPEND_GROUP = 'select * from append_group($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)';

/** `bases`: what to add to the number of an append's last event for its stream's version; null where it did not fit. */
type GroupRow = { bases: (string | null)[]; positions: Position[] };

async function appendGroupApart(
  database: Database,
  requests: readonly PreparedAppend[],
  options?: CallOptions,
): Promise<(AppendResult | undefined)[]> {
  const parameters = [
    requests.map(({ streamId }) => streamId),
    requests.map(({ streamId }) => categoryOf(streamId)),
    requests.map(({ expectedVersion }) => expectedVersionToSql(expectedVersion)),
    requests.map(({ events }) => events.length),
    requests.flatMap(({ events }, index) => events.map(() => index + 1)),
    ...eventColumns(requests),
  ];
  const [row] = await database.query<GroupRow>(APPEND_GROUP, parameters, options);
  if (row === undefined) throw new Error('append_group gave no row');
  let events = 0;
  let appended = 0;
  return requests.map(({ streamId, events: { length: count } }, index) => {
    events += count;
    const base = row.bases[index] ?? null;
    if (base === null) return undefined;
    const positions = row.positions.slice(appended, appended + count);
    appended += count;
    return toResult(streamId, Number(base) + events, positions);
  });
}
