import { formatCount } from '#console/format.ts';
import type { Candidates, NewExperiment } from '#server/compare/compare.ts';
import type { ExperimentKind, Metric } from '#server/compare/experiment.ts';
import { METRICS } from './experiment-words.ts';

/** What the form holds: texts as they are typed. */
export type ExperimentDraft = {
  hypothesis: string;
  kind: ExperimentKind;
  subject: string;
  a: string;
  b: string;
  /** Positions for projections, times for commands; empty is open. */
  from: string;
  to: string;
  metric: Metric;
  mattersPercent: string;
  measureKind: 'count' | 'sum';
  measureEvent: string;
  measureField: string;
  measureBetter: 'higher' | 'lower';
  errorPercent: string;
  latencyRatio: string;
  lagSeconds: string;
};

export type Fault = { field: keyof ExperimentDraft; message: string };

/** Subjects of a kind, with the versions that can be compared. */
export function subjectsOf(candidates: Candidates, kind: ExperimentKind): { name: string; versions: Version[] }[] {
  return kind === 'projection'
    ? candidates.projections.map(({ name, versions }) => ({ name, versions }))
    : candidates.deciders.map(({ category, versions }) => ({ name: category, versions }));
}

type Version = { version: string; label: string };

/** Metrics that can decide for a kind. */
export function metricItems(kind: ExperimentKind): { value: Metric; label: string }[] {
  return (Object.entries(METRICS) as [Metric, (typeof METRICS)[Metric]][])
    .filter(([, { of }]) => of === kind)
    .map(([value, { label }]) => ({ value, label }));
}

const READS: Metric = 'read_p95_ms';

/** Why a metric will not be measured for what is chosen, so that nothing could be decided by it; null where it will. */
export function whyNotMeasured({ kind, subject, metric }: ExperimentDraft, candidates: Candidates): string | null {
  if (kind !== 'projection' || !metric.startsWith('read_')) return null;
  const found = candidates.projections.find(({ name }) => name === subject);
  if (found === undefined || found.readsRecorded) return null;
  return `No read of ${subject} was recorded in the last day: it can't be measured, and too little would be known.`;
}

/** The form as it opens: the first subject with two versions, the serving one as A. */
export function openDraft(candidates: Candidates, kind: ExperimentKind = preferredKind(candidates)): ExperimentDraft {
  const subjects = subjectsOf(candidates, kind);
  const subject = subjects.find(({ versions }) => versions.length > 1) ?? subjects[0];
  return withSubject(
    {
      hypothesis: '',
      kind,
      subject: '',
      a: '',
      b: '',
      from: '',
      to: '',
      metric: kind === 'projection' ? READS : 'decision_us',
      mattersPercent: '5',
      measureKind: 'sum',
      measureEvent: '',
      measureField: '',
      measureBetter: 'higher',
      errorPercent: '1',
      latencyRatio: '2',
      lagSeconds: '30',
    },
    candidates,
    subject?.name ?? '',
  );
}

/** The draft for another subject, with two of its versions chosen. */
export function withSubject(draft: ExperimentDraft, candidates: Candidates, subject: string): ExperimentDraft {
  const versions = subjectsOf(candidates, draft.kind).find(({ name }) => name === subject)?.versions ?? [];
  const serving = candidates.projections.find(({ name }) => name === subject)?.serving;
  const a = (draft.kind === 'projection' ? serving : undefined) ?? versions[0]?.version ?? '';
  // The newest of the others: what one wants to know is mostly of the last change.
  const others = versions.map(({ version }) => version).filter((version) => version !== a);
  const b = others.sort((one, other) => one.localeCompare(other, 'en', { numeric: true })).at(-1) ?? '';
  const chosen = { ...draft, subject, a, b };
  // A default that would decide nothing is none.
  return whyNotMeasured(chosen, candidates) === null ? chosen : { ...chosen, metric: 'batch_ms' };
}

/** What is asked of the server, or all that is wrong, by field. */
export function toNewExperiment(draft: ExperimentDraft): { request: NewExperiment } | { faults: Fault[] } {
  const faults = findFaults(draft);
  if (faults.length > 0) return { faults };
  const range =
    draft.kind === 'projection'
      ? { ...given('after', draft.from), ...given('upTo', draft.to) }
      : { ...given('from', draft.from), ...given('to', draft.to) };
  const measure =
    draft.measureKind === 'count'
      ? { count: draft.measureEvent.trim(), better: draft.measureBetter }
      : {
          sum: { eventType: draft.measureEvent.trim(), field: draft.measureField.trim() },
          better: draft.measureBetter,
        };
  return {
    request: {
      hypothesis: draft.hypothesis.trim(),
      kind: draft.kind,
      subject: draft.subject,
      a: draft.a,
      b: draft.b,
      range,
      metric: draft.metric,
      matters: Number(draft.mattersPercent) / 100,
      ...(draft.kind === 'decider' && draft.measureEvent.trim() !== '' ? { measure } : {}),
      guardRails: {
        errorRateMax: Number(draft.errorPercent) / 100,
        latencyRatioMax: Number(draft.latencyRatio),
        lagSecondsMax: Number(draft.lagSeconds),
      },
    },
  };
}

function findFaults(draft: ExperimentDraft): Fault[] {
  const between = (field: keyof ExperimentDraft, low: number, high: number) => {
    const value = Number(draft[field]);
    const ok = draft[field].trim() !== '' && value >= low && value <= high;
    return ok ? [] : [{ field, message: `must be a number from ${low} to ${formatCount(String(high))}` }];
  };
  const when = (wrong: boolean, field: keyof ExperimentDraft, message: string) => (wrong ? [{ field, message }] : []);
  const range =
    draft.kind === 'projection' ? /^\d{0,13}$/ : /^$|^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
  const form = draft.kind === 'projection' ? 'must be a position' : 'must be a time such as 2026-11-24T10:00:00Z';
  return [
    ...when(draft.hypothesis.trim().length < 3, 'hypothesis', 'must say what you expect, in at least 3 characters'),
    ...when(draft.subject === '', 'subject', 'must be chosen'),
    ...when(draft.a === '', 'a', 'must be chosen'),
    ...when(draft.b === '', 'b', 'must be chosen'),
    ...when(draft.a === draft.b, 'b', 'must be another version than A'),
    ...when(!range.test(draft.from.trim()), 'from', form),
    ...when(!range.test(draft.to.trim()), 'to', form),
    ...between('mattersPercent', 0, 100),
    ...when(draft.metric === 'measure' && draft.measureEvent.trim() === '', 'measureEvent', 'must name an event type'),
    ...when(
      draft.kind === 'decider' &&
        draft.measureKind === 'sum' &&
        draft.measureEvent.trim() !== '' &&
        draft.measureField.trim() === '',
      'measureField',
      'must be a path such as total.amount',
    ),
    ...between('errorPercent', 0, 100),
    ...between('latencyRatio', 1, 100),
    ...between('lagSeconds', 0.1, 86_400),
  ];
}

function preferredKind({ projections, deciders }: Candidates): ExperimentKind {
  if (projections.some(({ versions }) => versions.length > 1)) return 'projection';
  return deciders.some(({ versions }) => versions.length > 1) ? 'decider' : 'projection';
}

function given<Name extends string>(name: Name, text: string): { [Key in Name]?: string } {
  return (text.trim() === '' ? {} : { [name]: text.trim() }) as { [Key in Name]?: string };
}
