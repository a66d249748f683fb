import { connectDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { compareData } from '#server/compare/data/compare-data.ts';
import { replayCommands } from '#server/compare/deciders/replay-commands.ts';
import { orderDecider } from '#server/domain/order/decider.ts';
import type { Decider } from '#server/kernel/decider.ts';
import type { Position } from '#server/kernel/position.ts';
import { ordersProjection } from '#server/projections/definitions/orders.ts';
import { inspect, onSnapshot } from '#server/projections/engine/inspected.ts';
import { makeVersion } from '#server/projections/engine/rebuild.ts';
import { registerProjections } from '#server/projections/engine/register.ts';
import { decideNaively, type NaiveAnswer, naiveAnswerOf } from '#testing/decide-naively.ts';
import { recordCommands } from '#testing/recorded-commands.ts';
import { variedOrder } from '#testing/varied-order.ts';
import { compareEqualVersion } from './comparison/equal-version.ts';
import type { Special } from './measurement.ts';
import { single } from './statistics.ts';

const SCHEMA = 'tidemark';

/** What is written here is of the present. */
const upcast = <Event>(event: Event): Event => event;

const ROWS = `
  insert into "tidemark_orders_v%v".orders
  select 'order-' || lpad(n::text, 9, '0'), 'placed', 'cus-' || n % 1000, n % 9000, 'EUR', 1, '2026-10-01Z', '2026-10-01Z'
  from generate_series(1, $1) n`;

/**
 * A million rows of two versions with ten that differ, and none; two that were built from a million events by the same
 * code; and 100,000 recorded commands by two deciders.
 */
export const comparison: Special = {
  kind: 'special',
  title: 'Two versions of a million rows, two deciders over 100,000 commands',
  async run(url, { quick, progress }) {
    const rows = quick ? 50_000 : 1_000_000;
    const commands = quick ? 5_000 : 100_000;
    const events = quick ? 40_000 : 1_000_000;
    const database = connectDatabase({ url, schema: SCHEMA, applicationName: 'bench', deadlineMs: 300_000 });
    await migrate(database);
    await registerProjections(database, [ordersProjection]);
    await database.transaction(
      (query) =>
        makeVersion(query, SCHEMA, ordersProjection, { version: 2, state: 'building', by: 'bench', why: 'measured' }),
      { deadlineMs: 60_000 },
    );
    progress(`${rows} rows of each`);
    for (const version of [1, 2]) await database.query(ROWS.replace('%v', String(version)), [rows]);
    const compare = () =>
      onSnapshot(database, 600_000, async (query) => {
        const a = await inspect(query, [ordersProjection], { name: 'orders', version: 1 });
        const b = await inspect(query, [ordersProjection], { name: 'orders', version: 2 });
        const options = {
          store: SCHEMA,
          a,
          b,
          rules: [],
          position: '0' as Position,
          inFlight: new Set<string>(),
          tell: async () => {},
          upcast,
        };
        return (await compareData(query, options)).report;
      });
    const equalAt = performance.now();
    const equal = await compare();
    const equalMs = performance.now() - equalAt;
    await database.query(
      `update "tidemark_orders_v2".orders set total_amount = total_amount + 1 where order_id in (select 'order-' || lpad((n * $1 / 11)::text, 9, '0') from generate_series(1, 10) n)`,
      [rows],
    );
    const tenAt = performance.now();
    const ten = await compare();
    const tenMs = performance.now() - tenAt;
    progress(`${commands} commands`);
    await recordCommands(database, commands);
    const usual = orderDecider as unknown as Decider;
    const commandsAt = performance.now();
    const decided = await onSnapshot(database, 600_000, (query) =>
      replayCommands(
        { query, upcast },
        {
          category: 'order',
          range: {},
          deciders: { a: usual, b: variedOrder },
          measure: { count: 'OrderCancelled', better: 'lower' },
          seed: 1,
          tell: async () => {},
        },
      ),
    );
    const commandsMs = performance.now() - commandsAt;
    const naiveAt = performance.now();
    const naive = await onSnapshot(database, 600_000, (query) =>
      decideNaively(query, { category: 'order', a: usual, b: variedOrder, upcast }),
    );
    const naiveMs = performance.now() - naiveAt;
    const disagreements = disagreementsOf(naiveAnswerOf(decided), naive);
    await database.close();
    progress(`${events} events, from which both are built`);
    const built = await compareEqualVersion(url, events);
    const { onlyA, onlyB, changed, inFlight } = built.report;
    return {
      rounds: 1,
      figures: {
        rows: single(rows, ''),
        equalMs: single(equalMs, 'ms'),
        differencesOfEqual: single(equal.changed + equal.onlyA + equal.onlyB, ''),
        tenMs: single(tenMs, 'ms'),
        differencesFound: single(ten.changed, ''),
        rowsReadAfterHashing: single(ten.hashing.rowsRead / (2 * rows), 'of rows'),
        eventsOfBuilt: single(events, 'events'),
        rowsOfBuilt: single(built.report.rowsA, 'rows'),
        rowsLeftOutOfBuilt: single(inFlight, 'rows'),
        differencesOfBuilt: single(onlyA + onlyB + changed, 'rows'),
        builtMs: single(built.ms, 'ms'),
        commands: single(decided.commands, ''),
        commandsPerSecond: single((decided.commands * 1000) / commandsMs, 'commands/s'),
        commandsMs: single(commandsMs, 'ms'),
        decidedOtherwise: single(decided.commands - decided.same, ''),
        acceptedByOneOnly: single(decided.acceptedOnlyA + decided.acceptedOnlyB, ''),
        differentEvents: single(decided.differentEvents, ''),
        differentState: single(decided.differentState, ''),
        differentRefusal: single(decided.differentRefusal, ''),
        naiveMs: single(naiveMs, 'ms'),
        figuresThatANaiveReplayHasOtherwise: single(disagreements, ''),
      },
    };
  },
};

/** How many of the counts are not the same. */
function disagreementsOf(one: NaiveAnswer, other: NaiveAnswer): number {
  const flat = ({ otherwise, ...rest }: NaiveAnswer): Record<string, number> => ({ ...rest, ...otherwise });
  const [a, b] = [flat(one), flat(other)];
  return Object.keys({ ...a, ...b }).filter((key) => a[key] !== b[key]).length;
}
