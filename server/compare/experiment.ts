import type { Json, JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';

/** What is compared: two versions of a projection's rows, or two versions of a category's decider. */
export type ExperimentKind = 'projection' | 'decider';

/** Concluded may be started again, with other rules or more history; promoted and abandoned are ends. */
export type ExperimentStatus = 'drafted' | 'running' | 'concluded' | 'promoted' | 'abandoned';

/**
 * What decides once the data allow a switch. Projections: `read_p50_ms`, `read_p95_ms`, `read_p99_ms` over the recorded
 * read requests, `batch_ms` (a batch applied), `size_bytes`. Deciders: `decision_us`, or `measure` (the business measure).
 */
export type Metric =
  | 'read_p50_ms'
  | 'read_p95_ms'
  | 'read_p99_ms'
  | 'batch_ms'
  | 'size_bytes'
  | 'decision_us'
  | 'measure';

/** Which of the two stands better by a smaller value; `measure` says it itself. */
export type BusinessMeasure = {
  /** `count`: events of this type; `sum`: of a field of their data, as a path such as `total.amount`. */
  count?: string;
  sum?: { eventType: string; field: string };
  better: 'higher' | 'lower';
};

/** The part of history that is compared; what is left out is open. Positions for projections, times for commands. */
export type ExperimentRange = { after?: Position; upTo?: Position; from?: string; to?: string };

/** What a live split stops at by itself, whatever the metric says. */
export type GuardRails = {
  /** Share of failed reads of version b within a minute, 0 to 1. */
  errorRateMax: number;
  /** p95 of b over p95 of a within a minute. */
  latencyRatioMax: number;
  /** Seconds that version b is behind. */
  lagSecondsMax: number;
};

/** A difference that is expected, as data. `reason` says why, for whoever reads the verdict later. */
export type Rule =
  | { kind: 'renamed'; from: string; to: string; reason?: string }
  | { kind: 'added'; column: string; reason?: string }
  | { kind: 'removed'; column: string; reason?: string }
  | { kind: 'tolerance'; column: string; absolute?: number; relative?: number; reason?: string }
  | { kind: 'accepted'; cause: Cause; column?: string; reason?: string };

/** Why rows differ, by the likeliest explanation of their values and of the event at which they part. */
export type Cause =
  | 'rounding'
  | 'scale'
  | 'sign'
  | 'off_by_one'
  | 'duplicates'
  | 'time_zone'
  | 'truncation'
  | 'text_form'
  | 'missing_field'
  | 'default_value'
  | 'mapping'
  | 'missing_event_type'
  | 'order'
  | 'stale_join'
  | 'missing_row'
  | 'extra_row'
  | 'hand_made_patch'
  | 'lost_event'
  | 'other';

/** An experiment as its stream `experiment-<id>` says it. Versions are those of the projection, or names of deciders. */
export type Experiment = {
  id: string;
  hypothesis: string;
  kind: ExperimentKind;
  /** A projection, or a category. */
  subject: string;
  a: string;
  b: string;
  range: ExperimentRange;
  metric: Metric;
  /** A relative change of the metric below this does not matter, such as 0.05. */
  matters: number;
  measure: BusinessMeasure | null;
  guardRails: GuardRails;
  rules: Rule[];
  status: ExperimentStatus;
  /** Who asked. */
  actor: string;
  draftedAt: string;
  changedAt: string;
  /** Of the last comparison that ended. */
  outcome: Outcome | null;
  sentence: string | null;
  /** Percent of readers that see version b now; 0 while there is no split. */
  splitPercent: number;
  /** The act that ended it, with its reason. */
  ended: { actor: string; reason: string; at: string } | null;
  streamVersion: number;
};

export type Outcome =
  | 'b_better'
  | 'a_better'
  | 'no_difference_that_matters'
  | 'not_enough_data'
  | 'not_comparable'
  | 'unsafe';

export type Step = 'positions' | 'hashes' | 'rows' | 'causes' | 'performance' | 'reads' | 'commands' | 'verdict';

/** How far a comparison has come. `total` null while it is not known. */
export type Progress = {
  state: 'waiting' | 'running' | 'cancelling' | 'cancelled' | 'failed' | 'done';
  step: Step | null;
  done: number;
  total: number | null;
  /** In words, such as `400,000 of 1,000,000 rows hashed`. */
  message: string;
  startedAt: string | null;
  updatedAt: string | null;
};

/** One field of a row in which the two differ. */
export type FieldDifference = { field: string; a: Json; b: Json };

/** A row in which they differ. */
export type RowDifference = {
  table: string;
  key: string;
  kind: 'only_a' | 'only_b' | 'changed';
  a: JsonObject | null;
  b: JsonObject | null;
  fields: FieldDifference[];
  /** Index in `causes`. */
  cause: number;
};
