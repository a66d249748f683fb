import type { Experiment } from './experiment.ts';
import type { Distribution, Interval, Report } from './report.ts';
import { words } from './verdict.ts';

/** A report as a document for a change request, with a name for the file. */
export function exportReport(
  experiment: Experiment,
  report: Report | null,
  format: 'json' | 'markdown',
): { name: string; type: string; text: string } {
  const name = `compare-${experiment.subject}-${experiment.a}-${experiment.b}-${experiment.id}`;
  if (format === 'json') {
    return {
      name: `${name}.json`,
      type: 'application/json',
      text: `${JSON.stringify({ experiment, report }, null, 2)}\n`,
    };
  }
  return { name: `${name}.md`, type: 'text/markdown', text: markdown(experiment, report) };
}

function markdown(experiment: Experiment, report: Report | null): string {
  const { hypothesis, kind, subject, a, b, actor, status } = experiment;
  const head = [
    `# ${report?.verdict.sentence ?? 'Not compared yet'}`,
    '',
    ...(report === null ? [] : [report.verdict.second, '']),
    `- Hypothesis: ${plain(hypothesis)}`,
    `- Two versions of the ${kind} ${subject}: a = ${a}, b = ${b}`,
    `- Asked by ${plain(actor)}; the experiment is ${status}`,
    ...(report === null ? [] : [`- Outcome: ${words(report.verdict.outcome)}, compared at ${report.madeAt}`]),
  ];
  return `${[...head, ...dataLines(report), ...speedLines(report), ...deciderLines(report)].join('\n')}\n`;
}

function dataLines(report: Report | null): string[] {
  const data = report?.data;
  if (!data) return [];
  return [
    '',
    '## Data',
    '',
    `${data.equal} rows are equal, ${data.changed} changed, ${data.onlyA} only in a, ${data.onlyB} only in b; ${data.unexplained} are unexplained. Compared up to position ${data.position}.`,
    '',
    ...table(
      ['Cause', 'Rows', 'Fields', 'First parts at', 'Explanation'],
      data.causes.map((one) => [
        words(one.cause),
        String(one.rows),
        one.fields.join(', ') || words(one.kind),
        one.parting === null ? '' : `${one.parting.globalPosition} (${one.parting.eventType}, ${one.parting.key})`,
        `${one.explanation}${one.explainedBy === null ? '' : ' (expected by a rule)'}`,
      ]),
    ),
  ];
}

function speedLines(report: Report | null): string[] {
  const speed = report?.performance;
  if (!speed) return [];
  const quantiles = (what: string, side: string, of: Distribution) => [what, side, ms(of.p50), ms(of.p95), ms(of.p99)];
  return [
    '',
    '## Performance',
    '',
    `${speed.events} events in ${speed.batches} batches, applied to both.`,
    '',
    ...table(
      ['', 'Version', 'p50, ms', 'p95, ms', 'p99, ms'],
      [
        ...(speed.batch ? [quantiles('Batch', 'a', speed.batch.a), quantiles('Batch', 'b', speed.batch.b)] : []),
        ...(speed.reads ? [quantiles('Read', 'a', speed.reads.a), quantiles('Read', 'b', speed.reads.b)] : []),
      ],
    ),
    '',
    ...table(
      ['Version', 'Events/s', 'Rows written', 'Bytes written', 'Table, bytes', 'Indexes, bytes'],
      (['a', 'b'] as const).map((side) => {
        const { eventsPerSecond, rowsWritten, bytesWritten, tableBytes, indexBytes } = speed[side];
        return [
          side,
          ...[eventsPerSecond, rowsWritten, bytesWritten, tableBytes, indexBytes].map((value) =>
            Math.round(value).toString(),
          ),
        ];
      }),
    ),
  ];
}

function deciderLines(report: Report | null): string[] {
  const decider = report?.decider;
  if (!decider) return [];
  return [
    '',
    '## Commands',
    '',
    `${decider.same} of ${decider.commands} commands are decided the same.`,
    '',
    ...measureLines(decider),
    ...table(
      ['Command', 'Difference', 'Reason', 'Commands', 'Example'],
      decider.groups.map((one) => [
        one.commandType,
        `${words(one.kind)} (${one.a}, ${one.b})`,
        one.reason,
        String(one.commands),
        one.examples[0]?.commandId ?? '',
      ]),
    ),
  ];
}

function measureLines({ measure }: NonNullable<Report['decider']>): string[] {
  return measure === null ? [] : [`${plain(measure.title)}: ${measure.a} by a, ${measure.b} by b.`, ''];
}

function table(head: string[], rows: string[][]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: string[]) => `| ${cells.map(plain).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function ms({ low, estimate, high }: Interval): string {
  return `${estimate.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

/** Keeps what people typed from becoming markup. */
function plain(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[|<>`*[\]\\]/g, '\\$&');
}
