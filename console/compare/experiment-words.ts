import { formatBytes, formatCount } from '#console/format.ts';
import type { StatusKind } from '#console/ui/status-shape.tsx';
import type {
  Cause,
  Experiment,
  ExperimentStatus,
  Metric,
  Outcome,
  RowDifference,
} from '#server/compare/experiment.ts';
import type { Side } from '#server/compare/report.ts';

type Versions = Pick<Experiment, 'kind' | 'a' | 'b'>;

/** What a version is called: `v2` of a projection, the name of a decider. */
export function versionName({ kind, a, b }: Versions, side: Side): string {
  const version = side === 'a' ? a : b;
  return kind === 'projection' && /^\d+$/.test(version) ? `v${version}` : version;
}

/** What the server says of "version a" and "version b", with what the two are called. */
export function withVersionNames(text: string, experiment: Versions): string {
  return text.replace(/\bversion ([ab])\b/g, (_, side: string) => versionName(experiment, side === 'a' ? 'a' : 'b'));
}

/** `orders v1 and v2`; `order: strict and lenient` where the versions are names of deciders. */
export function experimentTitle(experiment: Versions & Pick<Experiment, 'subject'>): string {
  const versions = `${versionName(experiment, 'a')} and ${versionName(experiment, 'b')}`;
  return experiment.kind === 'projection' ? `${experiment.subject} ${versions}` : `${experiment.subject}: ${versions}`;
}

const STATUS: Record<ExperimentStatus, { kind: StatusKind; word: string }> = {
  drafted: { kind: 'stopped', word: 'drafted' },
  running: { kind: 'working', word: 'comparing' },
  concluded: { kind: 'paused', word: 'concluded' },
  promoted: { kind: 'running', word: 'promoted' },
  abandoned: { kind: 'stopped', word: 'abandoned' },
};

/** Shape and word of where an experiment is; a concluded one shows what it concluded. */
export function experimentStatus(experiment: Pick<Experiment, 'status' | 'outcome'> & Versions): {
  kind: StatusKind;
  word: string;
} {
  if (experiment.status !== 'concluded' || experiment.outcome === null) return STATUS[experiment.status];
  return { kind: OUTCOME_KIND[experiment.outcome], word: outcomeWord(experiment.outcome, experiment) };
}

const OUTCOME_KIND: Record<Outcome, StatusKind> = {
  b_better: 'running',
  a_better: 'paused',
  no_difference_that_matters: 'paused',
  not_enough_data: 'working',
  not_comparable: 'held',
  unsafe: 'failed',
};

/** What it concluded, in few words. */
export function outcomeWord(outcome: Outcome, experiment: Versions): string {
  switch (outcome) {
    case 'b_better':
      return `${versionName(experiment, 'b')} is better`;
    case 'a_better':
      return `${versionName(experiment, 'a')} is better`;
    case 'no_difference_that_matters':
      return 'no difference that matters';
    case 'not_enough_data':
      return 'not enough data yet';
    case 'not_comparable':
      return 'not comparable yet';
    case 'unsafe':
      return `${versionName(experiment, 'b')} is not safe`;
  }
}

/** The metrics one can decide by, for each kind, with what they are called. */
export const METRICS: Record<Metric, { label: string; of: 'projection' | 'decider' }> = {
  read_p50_ms: { label: 'read latency, median', of: 'projection' },
  read_p95_ms: { label: 'read latency, p95', of: 'projection' },
  read_p99_ms: { label: 'read latency, p99', of: 'projection' },
  batch_ms: { label: 'time to apply a batch', of: 'projection' },
  size_bytes: { label: 'bytes on disk', of: 'projection' },
  decision_us: { label: 'time of a decision', of: 'decider' },
  measure: { label: 'business measure', of: 'decider' },
};

/** A figure of a metric with its unit. */
export function formatMetric(value: number, unit: string): string {
  switch (unit) {
    case 'ms':
      return formatTimeIn(value, 'ms');
    case 'µs':
      return formatTimeIn(value, 'us');
    case 'bytes':
      return formatBytes(value);
    default:
      return unit === '' ? formatCount(value) : `${formatCount(value)} ${unit}`;
  }
}

/** A time in three digits: `0.42 ms`, `9.7 ms`, `128 ms`, `3.1 µs`. */
export function formatTimeIn(value: number, unit: 'ms' | 'us'): string {
  const digits = value === 0 || value >= 99.95 ? 0 : value >= 0.995 ? 1 : value >= 0.0995 ? 2 : 3;
  const shown = digits === 0 ? formatCount(value) : value.toFixed(digits);
  return `${shown} ${unit === 'ms' ? 'ms' : 'µs'}`;
}

const CAUSES: Record<Cause, string> = {
  rounding: 'rounding',
  scale: 'another scale',
  sign: 'another sign',
  off_by_one: 'off by one',
  duplicates: 'counted twice',
  time_zone: 'time zone',
  truncation: 'cut off',
  text_form: 'another form of the text',
  missing_field: 'field left empty',
  default_value: 'default value',
  mapping: 'another mapping',
  missing_event_type: 'event type not handled',
  order: 'order of events',
  stale_join: 'stale join',
  missing_row: 'row missing',
  extra_row: 'row too many',
  hand_made_patch: 'patched by hand',
  lost_event: 'event lost',
  other: 'no known cause',
};

/** A cause in words. */
export function causeWord(cause: Cause): string {
  return CAUSES[cause];
}

/** Every cause, for a choice. */
export const CAUSE_ITEMS = Object.entries(CAUSES).map(([value, label]) => ({ value: value as Cause, label }));

/** How a row differs: `only in v2`. */
export function kindWord(kind: RowDifference['kind'], experiment: Versions): string {
  if (kind === 'changed') return 'changed';
  return `only in ${versionName(experiment, kind === 'only_a' ? 'a' : 'b')}`;
}
