import type { z } from 'zod';
import type { CAUSES, draft, measure, OUTCOMES } from '#server/domain/experiment/terms.ts';
import type { Json, JsonObject } from '#server/kernel/json.ts';

type Terms = z.output<typeof draft>;

/** What is compared: two versions of a projection's rows, or two versions of a category's decider. */
export type ExperimentKind = Terms['kind'];

/** Concluded may be started again, with other rules or more history; promoted and abandoned are ends. */
export type ExperimentStatus = 'drafted' | 'running' | 'concluded' | 'promoted' | 'abandoned';

/**
 * What decides once the data allow a switch. Projections: `read_p50_ms`, `read_p95_ms`, `read_p99_ms` over the recorded
 * read requests, `batch_ms` (a batch applied), `size_bytes`. Deciders: `decision_us`, or `measure` (the business measure).
 */
export type Metric = Terms['metric'];

/** `count`: events of this type; `sum`: of a field of their data, as a path such as `total.amount`. */
export type BusinessMeasure = z.output<typeof measure>;

/** The part of history that is compared; what is left out is open. Positions for projections, times for commands. */
export type ExperimentRange = Terms['range'];

/** What a live split stops at by itself, whatever the metric says. */
export type GuardRails = Terms['guardRails'];

/** A difference that is expected, as data. `reason` says why, for whoever reads the verdict later. */
export type Rule = Terms['rules'][number];

/** Why rows differ, by the likeliest explanation of their values and of the event at which they part. */
export type Cause = (typeof CAUSES)[number];

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

export type Outcome = (typeof OUTCOMES)[number];

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
