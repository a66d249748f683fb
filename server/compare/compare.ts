import type { BlastRadius } from '#server/projections/operations.ts';
import type {
  BusinessMeasure,
  Cause,
  Experiment,
  ExperimentKind,
  ExperimentRange,
  GuardRails,
  Metric,
  Progress,
  RowDifference,
  Rule,
} from './experiment.ts';
import type { Parting, Report, SplitReport } from './report.ts';

export type ExperimentDetail = {
  experiment: Experiment;
  progress: Progress;
  report: Report | null;
  split: SplitReport | null;
};

export type NewExperiment = {
  hypothesis: string;
  kind: ExperimentKind;
  subject: string;
  a: string;
  b: string;
  range?: ExperimentRange | undefined;
  metric?: Metric | undefined;
  matters?: number | undefined;
  measure?: BusinessMeasure | undefined;
  guardRails?: Partial<GuardRails> | undefined;
  rules?: Rule[] | undefined;
};

/** What may be compared, for the form. */
export type Candidates = {
  projections: {
    name: string;
    title: string;
    serving: string;
    /** Whether a read of the last day was written down: without any the latency of reads is not measured. */
    readsRecorded: boolean;
    versions: { version: string; label: string }[];
  }[];
  deciders: { category: string; versions: { version: string; label: string }[] }[];
};

type By = { actor: string };

/**
 * The procedures `compare.*`, by tRPC and under `/api/v1/experiments`. Those that change something answer with the
 * experiment as it then is. `server/runtime.ts` puts it together.
 */
export type Compare = {
  candidates(): Promise<Candidates>;
  /** Newest first. */
  list(query: { subject?: string | undefined; limit?: number | undefined }): Promise<{ experiments: Experiment[] }>;
  /** The experiment, how far its comparison is, the last report and the live split. */
  get(query: { id: string }): Promise<ExperimentDetail>;
  create(request: NewExperiment & By): Promise<Experiment>;
  /** Begins the comparison, again where it was concluded; a worker does it. */
  start(request: { id: string } & By): Promise<Experiment>;
  cancel(request: { id: string } & By): Promise<Experiment>;
  setRules(request: { id: string; rules: Rule[] } & By): Promise<Experiment>;
  /** Differing rows of a cause (index in `data.causes`), by key. */
  rows(query: {
    id: string;
    cause?: number | undefined;
    after?: string | undefined;
    limit?: number | undefined;
  }): Promise<{ rows: RowDifference[]; nextAfter: string | null }>;
  /** The event after which the two rows of a key part, found by a replay now. */
  parting(query: { id: string; key: string }): Promise<{ key: string; cause: Cause; parting: Parting | null }>;
  /** Readers that see version b, in percent, 0 to 50; 0 stops the split. */
  split(request: { id: string; percent: number; reason: string } & By): Promise<Experiment>;
  blastRadius(query: { id: string; act: 'promote' | 'rollback' }): Promise<BlastRadius>;
  /** Switches readers to version b; refused where the verdict does not allow it. The loser is kept until dropped. */
  promote(request: { id: string; reason: string } & By): Promise<Experiment>;
  rollback(request: { id: string; reason: string } & By): Promise<Experiment>;
  abandon(request: { id: string; reason: string } & By): Promise<Experiment>;
  /** The report as a document for a change request. */
  export(query: { id: string; format: 'json' | 'markdown' }): Promise<{ name: string; type: string; text: string }>;
};
