import type { Experiment } from '#server/compare/experiment.ts';
import type { DeciderReport, Distribution, Interval, Report } from '#server/compare/report.ts';
import type { Position } from '#server/kernel/position.ts';

const position = (value: string) => value as Position;
const near = (estimate: number, share = 0.04): Interval => ({
  low: estimate * (1 - share),
  estimate,
  high: estimate * (1 + share),
});

/** A sample that is normal on the logarithmic axis, in bins as a report has them. */
export function distributionOf(median: number, spread: number, unit: 'ms' | 'us' = 'ms', count = 1000): Distribution {
  const edges = Array.from({ length: 65 }, (_, index) => (median / 12) * 144 ** (index / 64));
  const weights = edges.slice(0, -1).map((edge) => Math.exp(-(Math.log(edge / median) ** 2) / (2 * spread ** 2)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const at = (z: number) => near(median * Math.exp(z * spread));
  return {
    unit,
    count,
    edges,
    counts: weights.map((weight) => Math.round((weight / sum) * count)),
    p50: at(0),
    p95: at(1.645),
    p99: at(2.326),
    mean: median * Math.exp(spread ** 2 / 2),
  };
}

export const ordersExperiment: Experiment = {
  id: '3f1c',
  hypothesis: 'an index on status makes reads of orders faster, and the rows stay the same',
  kind: 'projection',
  subject: 'orders',
  a: '1',
  b: '2',
  range: {},
  metric: 'read_p99_ms',
  matters: 0.05,
  measure: null,
  guardRails: { errorRateMax: 0.01, latencyRatioMax: 2, lagSecondsMax: 30 },
  rules: [{ kind: 'added', column: 'shipped_at', reason: 'new in v2' }],
  status: 'concluded',
  actor: 'klein',
  draftedAt: '2026-11-23T13:02:11.000Z',
  changedAt: '2026-11-23T13:11:40.000Z',
  outcome: 'unsafe',
  sentence: 'Don’t promote v2 yet: 41 of 1,204,388 rows differ, and 38 of them are wrong in v2.',
  splitPercent: 0,
  ended: null,
  streamVersion: 3,
};

const row = (orderId: string, amount: number | null) => ({
  order_id: orderId,
  status: 'returned',
  total_amount: amount,
  stream_version: 6,
});

/** A report of two versions of `orders` in which a rounding fault was found. */
export const ordersReport: Report = {
  experimentId: '3f1c',
  madeAt: '2026-11-23T13:11:40.000Z',
  tookMs: 48_200,
  verdict: {
    outcome: 'unsafe',
    sentence: 'Don’t promote v2 yet: 41 of 1,204,388 rows differ, and 38 of them are wrong in v2.',
    second: 'v2 answers faster: p99 9.7 ms, was 21.8 ms, 56 % less (52 % to 60 %). Both read up to 4,771,204.',
    promotable: false,
    whyNot: 'Promote opens at 0 unexplained differences',
    metric: {
      name: 'read_p99_ms',
      unit: 'ms',
      a: 21.8,
      b: 9.7,
      change: { low: -0.6, estimate: -0.56, high: -0.52 },
      matters: 0.05,
      samples: 1000,
    },
    samplesNeeded: null,
  },
  positions: { a: position('4771204'), b: position('4771204'), highWaterMark: position('4771204'), until: null },
  data: {
    position: position('4771204'),
    rowsA: 1_204_388,
    rowsB: 1_204_388,
    equal: 1_204_347,
    onlyA: 0,
    onlyB: 0,
    changed: 41,
    unexplained: 41,
    inFlight: 2,
    columns: [{ table: 'orders', column: 'shipped_at', a: null, b: 'timestamp with time zone', explainedBy: 0 }],
    hashing: { buckets: 4096, bucketsDifferent: 41, rowsRead: 12_043, tookMs: 2100 },
    causes: [
      {
        cause: 'rounding',
        table: 'orders',
        kind: 'changed',
        fields: ['total_amount'],
        rows: 38,
        explanation: 'v2 rounds total_amount to whole euros; the event says cents.',
        wrong: 'b',
        parting: {
          key: 'order-7f3a91',
          globalPosition: position('4391552'),
          streamId: 'order-7f3a91',
          streamVersion: 6,
          eventType: 'OrderPlaced',
          occurredAt: '2026-11-02T08:01:58.000Z',
          data: { customerId: 'cus-school-nord', total: { amount: 41_250, currency: 'EUR' } },
          equalFor: 5,
          events: 6,
          before: null,
          a: row('order-7f3a91', 41_250),
          b: row('order-7f3a91', 41_300),
        },
        explainedBy: null,
      },
      {
        cause: 'missing_row',
        table: 'orders',
        kind: 'only_a',
        fields: [],
        rows: 3,
        explanation: 'v2 has no row for orders that were imported without a customer.',
        wrong: null,
        parting: null,
        explainedBy: null,
      },
    ],
    samples: [
      {
        table: 'orders',
        key: 'order-7f3a91',
        kind: 'changed',
        a: row('order-7f3a91', 41_250),
        b: { ...row('order-7f3a91', 41_300), shipped_at: null },
        fields: [{ field: 'total_amount', a: 41_250, b: 41_300 }],
        cause: 0,
      },
      {
        table: 'orders',
        key: 'order-9c20aa',
        kind: 'only_a',
        a: row('order-9c20aa', null),
        b: null,
        fields: [],
        cause: 1,
      },
    ],
    rules: [{ rule: { kind: 'added', column: 'shipped_at', reason: 'new in v2' }, rows: 1_204_388, fields: 1 }],
  },
  performance: {
    events: 4_771_204,
    batches: 9543,
    a: {
      eventsPerSecond: 4960,
      rowsWritten: 4_771_204,
      bytesWritten: 3_100_000_000,
      tableBytes: 2_100_000_000,
      indexBytes: 310_000_000,
      lagEvents: 0,
      updateMs: 6.1,
    },
    b: {
      eventsPerSecond: 4510,
      rowsWritten: 4_771_204,
      bytesWritten: 3_400_000_000,
      tableBytes: 2_100_000_000,
      indexBytes: 420_000_000,
      lagEvents: 0,
      updateMs: 6.4,
    },
    batch: {
      a: distributionOf(88, 0.3),
      b: distributionOf(96, 0.3),
      change: { low: 0.06, estimate: 0.09, high: 0.12 },
    },
    reads: {
      requests: 1000,
      a: distributionOf(5.1, 0.62),
      b: distributionOf(3.2, 0.47),
      change: {
        p50: { low: -0.41, estimate: -0.37, high: -0.33 },
        p95: { low: -0.55, estimate: -0.51, high: -0.46 },
        p99: { low: -0.6, estimate: -0.56, high: -0.52 },
      },
      errorsA: 0,
      errorsB: 0,
      different: 4,
    },
    course: Array.from({ length: 40 }, (_, index) => {
      const samples = Math.round(10 * 1.125 ** index);
      const width = 1.2 / Math.sqrt(samples);
      return { samples, change: { low: -0.56 - width, estimate: -0.56 + width / 4, high: -0.56 + width } };
    }),
  },
  decider: null,
};

/** A report of two order deciders, of which the second lets shipped orders be cancelled. */
export const deciderReport: DeciderReport = {
  commands: 100_000,
  recorded: { accepted: 91_204, rejected: 7120, nothing_to_do: 1676 },
  same: 99_412,
  acceptedOnlyA: 0,
  acceptedOnlyB: 588,
  differentEvents: 0,
  differentState: 0,
  differentRefusal: 0,
  groups: [
    {
      commandType: 'CancelOrder',
      kind: 'accepted_by_one',
      a: 'rejected',
      b: 'accepted',
      reason: 'order-already-shipped',
      commands: 588,
      examples: [
        {
          commandId: '0f2d5a0e-8f3c-4f0e-9b43-1d2f3c4b5a69',
          streamId: 'order-6be2f0',
          receivedAt: '2026-11-22T10:01:00.000Z',
          data: { reason: 'changed my mind' },
          streamVersion: 3,
          a: {
            outcome: 'rejected',
            refusal: { code: 'order-already-shipped', message: 'a shipped order can not be cancelled' },
            events: [],
            state: { status: 'shipped', lines: [] },
          },
          b: {
            outcome: 'accepted',
            refusal: null,
            events: [{ eventType: 'OrderCancelled', data: { reason: 'changed my mind' } }],
            state: { status: 'cancelled', lines: [] },
          },
        },
      ],
    },
  ],
  measure: { title: 'OrderCancelled, counted', better: 'lower', a: 2104, b: 2692 },
  time: {
    a: distributionOf(3.1, 0.4, 'us'),
    b: distributionOf(3.2, 0.4, 'us'),
    change: { low: -0.01, estimate: 0.03, high: 0.07 },
  },
};
