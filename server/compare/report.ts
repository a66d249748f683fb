import type { Json, JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';
import type { Cause, Metric, Outcome, RowDifference, Rule } from './experiment.ts';

export type Side = 'a' | 'b';

/** An estimate with the interval in which it lies with 95 % confidence. */
export type Interval = { low: number; estimate: number; high: number };

/** What the comparison says, first in one sentence. */
export type Verdict = {
  outcome: Outcome;
  /** For people, such as `Don't promote v2 yet: 41 of 1,204,388 rows differ, and 38 of them are wrong in v2.` */
  sentence: string;
  /** What stands beside it: performance, positions, what is missing. */
  second: string;
  /** Whether promote is open, and if not, why. */
  promotable: boolean;
  whyNot: string | null;
  /** The deciding metric. `change` is relative: −0.56 is 56 % less in b. Null where it was not measured. */
  metric: {
    name: Metric;
    unit: string;
    a: number;
    b: number;
    change: Interval;
    matters: number;
    samples: number;
  } | null;
  /** Samples (pairs) that are still needed for an answer by the noise seen; null where none are. */
  samplesNeeded: number | null;
};

/** The event after which the rows of a key part, with the rows on both sides of it. */
export type Parting = {
  globalPosition: Position;
  streamId: string;
  streamVersion: number;
  eventType: string;
  occurredAt: string;
  data: JsonObject;
  /** Events of this key before it after which both were equal, and all that there are. */
  equalFor: number;
  events: number;
  before: JsonObject | null;
  a: JsonObject | null;
  b: JsonObject | null;
};

/** Differences that look alike: same cause, same fields, same kind. */
export type CauseGroup = {
  cause: Cause;
  table: string;
  kind: RowDifference['kind'];
  fields: string[];
  rows: number;
  /** In a sentence. */
  explanation: string;
  /** Which side is wrong by what the event says or by a replay of its own code; null where neither tells. */
  wrong: Side | null;
  /** Earliest of the sampled keys; null where no replay shows it. */
  parting: (Parting & { key: string }) | null;
  /** Whether a rule expects all of it, and which (index in `rules`). */
  explainedBy: number | null;
};

/** A rule, with how much it explains. */
export type RuleEffect = { rule: Rule; rows: number; fields: number };

export type DataReport = {
  /** Position up to which both were compared. */
  position: Position;
  rowsA: number;
  rowsB: number;
  equal: number;
  onlyA: number;
  onlyB: number;
  changed: number;
  /** Differing rows that no rule explains. */
  unexplained: number;
  /** Rows that an event reached while they were compared; they were left out. */
  inFlight: number;
  /** Columns that only one has, or whose types differ, with the rule that expects it. */
  columns: { table: string; column: string; a: string | null; b: string | null; explainedBy: number | null }[];
  hashing: { buckets: number; bucketsDifferent: number; rowsRead: number; tookMs: number };
  causes: CauseGroup[];
  /** Up to 20 a cause; `compare.rows` gives more. */
  samples: RowDifference[];
  rules: RuleEffect[];
};

/** A sample's shape: for a histogram on a log scale with 64 bins, and its quantiles with their intervals. */
export type Distribution = {
  unit: 'ms' | 'us';
  count: number;
  /** Lower edges of the bins and the end of the last one: one more than counts. */
  edges: number[];
  counts: number[];
  p50: Interval;
  p95: Interval;
  p99: Interval;
  mean: number;
};

export type SideFigures = {
  eventsPerSecond: number;
  rowsWritten: number;
  /** Of write-ahead log while its batches ran: another writer's share is in it. */
  bytesWritten: number;
  tableBytes: number;
  indexBytes: number;
  lagEvents: number;
  /** Milliseconds from an event's record to its row, smoothed; null where nothing came lately. */
  updateMs: number | null;
};

export type PerformanceReport = {
  /** Events that were applied to both, batch by batch in random order of the two. */
  events: number;
  batches: number;
  a: SideFigures;
  b: SideFigures;
  batch: { a: Distribution; b: Distribution; change: Interval } | null;
  /** Recorded read requests replayed against both; null where none were recorded. */
  reads: {
    requests: number;
    a: Distribution;
    b: Distribution;
    change: { p50: Interval; p95: Interval; p99: Interval };
    errorsA: number;
    errorsB: number;
    /** Requests whose rows differ. */
    different: number;
  } | null;
  /** The time to apply a batch as the pairs came: relative change with a confidence sequence, for the course over time. */
  course: { samples: number; change: Interval }[];
};

export type DeciderOutcome = 'accepted' | 'rejected' | 'nothing_to_do' | 'failed';

/** Commands that the two decide otherwise in the same way. */
export type DeciderGroup = {
  commandType: string;
  kind: 'accepted_by_one' | 'different_events' | 'different_state' | 'different_refusal';
  a: DeciderOutcome;
  b: DeciderOutcome;
  /** Refusal codes, or the fields or event types in which they differ. */
  reason: string;
  commands: number;
  examples: {
    commandId: string;
    streamId: string;
    receivedAt: string;
    data: JsonObject;
    streamVersion: number;
    a: DecidedExample;
    b: DecidedExample;
  }[];
};

export type DecidedExample = {
  outcome: DeciderOutcome;
  refusal: { code: string; message: string } | null;
  events: { eventType: string; data: JsonObject }[];
  state: Json;
};

export type DeciderReport = {
  commands: number;
  /** By what was recorded at the time. */
  recorded: { accepted: number; rejected: number; nothing_to_do: number };
  same: number;
  acceptedOnlyA: number;
  acceptedOnlyB: number;
  differentEvents: number;
  differentState: number;
  differentRefusal: number;
  groups: DeciderGroup[];
  measure: { title: string; better: 'higher' | 'lower'; a: number; b: number } | null;
  time: { a: Distribution; b: Distribution; change: Interval };
};

/** What a live split has measured so far. */
export type SplitReport = {
  percent: number;
  since: string | null;
  /** Why it stopped by itself; null while it runs, or where somebody stopped it. */
  stoppedBy: string | null;
  a: { reads: number; errors: number; p50: number; p95: number; p99: number } | null;
  b: { reads: number; errors: number; p50: number; p95: number; p99: number } | null;
  /** Relative change of the mean latency (geometric), valid at every look. */
  course: { at: string; reads: number; change: Interval }[];
  outcome: Outcome;
  sentence: string;
};

/** All that a comparison found. */
export type Report = {
  experimentId: string;
  madeAt: string;
  tookMs: number;
  verdict: Verdict;
  /** Where the two stand; `until` is the position that both must reach where they can't be compared yet. */
  positions: { a: Position; b: Position; highWaterMark: Position; until: Position | null } | null;
  data: DataReport | null;
  performance: PerformanceReport | null;
  decider: DeciderReport | null;
};
