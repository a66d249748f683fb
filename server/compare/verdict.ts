import type { Experiment, Outcome } from './experiment.ts';
import type { DataReport, DeciderReport, Interval, PerformanceReport, Verdict } from './report.ts';
import { decideOutcome } from './statistics/decide-outcome.ts';

type Found = {
  experiment: Experiment;
  data: DataReport | null;
  performance: PerformanceReport | null;
  decider: DeciderReport | null;
  /** Where they can't be compared yet. */
  apart: { a: string; b: string; until: string } | null;
};

type Measured = NonNullable<Verdict['metric']>;

/** Data first: what differs without an explanation is unsafe, however fast it is. Then the metric that decides. */
export function judge(found: Found): Verdict {
  const { experiment, data, decider, apart } = found;
  const names = { a: nameOf(experiment, experiment.a), b: nameOf(experiment, experiment.b) };
  if (apart !== null) {
    return {
      outcome: 'not_comparable',
      sentence: `Not comparable until both are at position ${grouped(apart.until)}.`,
      second: `${names.a} stands at ${grouped(apart.a)}, ${names.b} at ${grouped(apart.b)}.`,
      promotable: false,
      whyNot: 'they were not compared at one position',
      metric: null,
      samplesNeeded: null,
    };
  }
  const metric = metricOf(found);
  const unsafe =
    (data !== null ? unsafeData(data, names) : null) ?? (decider !== null ? unsafeDecider(decider, names) : null);
  const answer =
    metric === null
      ? 'not_enough_data'
      : decideOutcome(metric.change, { matters: metric.matters, better: betterOf(experiment) });
  const outcome: Outcome = unsafe !== null ? 'unsafe' : answer;
  const same = data !== null ? rowsWords(data) : decider !== null ? commandWords(decider) : '';
  const speed =
    metric === null ? 'The deciding metric was not measured.' : metricWords(metric, decider?.measure?.title, names);
  const promotable =
    experiment.kind === 'projection' && (outcome === 'b_better' || outcome === 'no_difference_that_matters');
  return {
    outcome,
    sentence: unsafe ?? `${opening(outcome, names)} ${same}`,
    second: `${speed}${data === null ? '' : ` Both were read up to ${grouped(data.position)}.`}`,
    promotable,
    whyNot: promotable ? null : whyNot(outcome, experiment),
    metric,
    samplesNeeded: outcome === 'not_enough_data' && metric !== null ? samplesFor(metric) : null,
  };
}

function opening(outcome: Outcome, { a, b }: Record<'a' | 'b', string>): string {
  if (outcome === 'b_better') return `${b} is better:`;
  if (outcome === 'a_better') return `Stay with ${a}:`;
  if (outcome === 'no_difference_that_matters') return `${b} can replace ${a}, with no difference that matters:`;
  return `Too little is known to choose between ${a} and ${b}:`;
}

function unsafeData(data: DataReport, { b }: Record<'a' | 'b', string>): string | null {
  const columns = data.columns.filter((column) => column.explainedBy === null);
  if (data.unexplained === 0 && columns.length === 0) return null;
  if (data.unexplained === 0) {
    return `Don’t promote ${b} yet: its columns differ in ${columns.map((one) => one.column).join(', ')}, and no rule expects it.`;
  }
  const open = data.causes.filter((cause) => cause.explainedBy === null);
  const wrong = open.filter((cause) => cause.wrong === 'b').reduce((sum, cause) => sum + cause.rows, 0);
  const causes = new Set(open.map((cause) => cause.cause)).size;
  const total = Math.max(data.rowsA, data.rowsB);
  const tail = wrong > 0 ? `${grouped(wrong)} of them wrong in ${b}` : 'none of them expected';
  const rows = `${total === 1 ? 'row' : 'rows'} ${data.unexplained === 1 ? 'differs' : 'differ'}`;
  const why = causes === 1 ? `for one cause (${words(open[0]?.cause ?? 'other')})` : `for ${causes} causes`;
  return `Don’t promote ${b} yet: ${grouped(data.unexplained)} of ${grouped(total)} ${rows} ${why}, ${tail}.`;
}

function unsafeDecider(decider: DeciderReport, { b }: Record<'a' | 'b', string>): string | null {
  const failed = decider.groups.filter((group) => group.b === 'failed').reduce((sum, group) => sum + group.commands, 0);
  return failed === 0
    ? null
    : `Don’t ship ${b}: it fails at ${grouped(failed)} of ${grouped(decider.commands)} commands.`;
}

function rowsWords(data: DataReport): string {
  const differ = data.onlyA + data.onlyB + data.changed;
  const equal = `${grouped(data.equal)} of ${grouped(Math.max(data.rowsA, data.rowsB))} rows are equal`;
  return differ === 0 ? `${equal}.` : `${equal}, and rules explain the other ${grouped(differ)}.`;
}

function commandWords(decider: DeciderReport): string {
  const differ = decider.commands - decider.same;
  return `${grouped(differ)} of ${grouped(decider.commands)} commands are decided otherwise.`;
}

function metricWords(
  { name, unit, a, b, change }: Measured,
  measure: string | undefined,
  names: Record<'a' | 'b', string>,
): string {
  const what = name === 'measure' && measure !== undefined ? measure : words(name.replace(/_(ms|us|bytes)$/, ''));
  const figure = (value: number) => [short(value), unit].filter((part) => part !== '').join(' ');
  const half = Math.max(change.high - change.estimate, change.estimate - change.low);
  const within = half === 0 ? '' : `, ±${(half * 100).toFixed(0)} %`;
  return `${names.b}: ${what} ${figure(b)}, ${names.a} has ${figure(a)} (${percent(change.estimate)}${within}).`;
}

function metricOf({ experiment, performance, decider }: Found): Verdict['metric'] {
  const { metric: name, matters } = experiment;
  const made = (unit: string, a: number, b: number, change: Interval, samples: number): Measured => ({
    name,
    unit,
    a,
    b,
    change,
    matters,
    samples,
  });
  const exact = (a: number, b: number): Interval => {
    const estimate = a === 0 ? 0 : b / a - 1;
    return { low: estimate, estimate, high: estimate };
  };
  switch (name) {
    case 'read_p50_ms':
    case 'read_p95_ms':
    case 'read_p99_ms': {
      const reads = performance?.reads;
      if (!reads) return null;
      const which = name.slice(5, 8) as 'p50' | 'p95' | 'p99';
      return made('ms', reads.a[which].estimate, reads.b[which].estimate, reads.change[which], reads.a.count);
    }
    case 'batch_ms': {
      const batch = performance?.batch;
      return batch ? made('ms', batch.a.mean, batch.b.mean, batch.change, batch.a.count) : null;
    }
    case 'size_bytes': {
      if (performance === null) return null;
      const size = (side: 'a' | 'b') => performance[side].tableBytes + performance[side].indexBytes;
      return made('bytes', size('a'), size('b'), exact(size('a'), size('b')), 1);
    }
    case 'decision_us':
      return decider === null
        ? null
        : made(
            'µs',
            decider.time.a.p50.estimate,
            decider.time.b.p50.estimate,
            decider.time.change,
            decider.time.a.count,
          );
    case 'measure': {
      const measure = decider?.measure;
      return measure ? made('', measure.a, measure.b, exact(measure.a, measure.b), decider?.commands ?? 0) : null;
    }
    default:
      return name satisfies never;
  }
}

/** Which way is better for the metric that decides. */
function betterOf({ metric, measure }: Experiment): 'higher' | 'lower' {
  return metric === 'measure' ? (measure?.better ?? 'higher') : 'lower';
}

/** Intervals narrow with the square root of the sample: so many make this one as narrow as what matters. */
function samplesFor({ change, matters, samples }: Measured): number {
  const half = (change.high - change.low) / 2;
  const wanted = Math.max(matters / 2, Math.abs(Math.abs(change.estimate) - matters) / 2, 0.001);
  return Math.max(1, Math.ceil(samples * ((half / wanted) ** 2 - 1)));
}

function whyNot(outcome: Outcome, { kind }: Experiment): string {
  if (kind === 'decider') return 'a decider is shipped with the code';
  if (outcome === 'unsafe') return 'promote opens at 0 unexplained differences';
  return outcome === 'a_better' ? 'the version that serves is better' : 'too little is known';
}

function nameOf({ kind }: Experiment, version: string): string {
  return kind === 'projection' ? `v${version}` : version;
}

/** A cause as people read it. */
export function words(cause: string): string {
  return cause.replaceAll('_', ' ');
}

function percent(change: number): string {
  return `${change < 0 ? '−' : '+'}${Math.abs(change * 100).toFixed(0)} %`;
}

function grouped(value: number | string): string {
  return Number(value).toLocaleString('en-US');
}

function short(value: number): string {
  return value >= 1000 || Number.isInteger(value) ? grouped(Math.round(value)) : value.toPrecision(3);
}
