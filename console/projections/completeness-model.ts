import type { Completeness, Finding } from '#server/projections/inspection.ts';

/**
 * The answers of one walk through the rows as one: the account as the last of them has it, what was found of rows in
 * any. Complete only where the walk has ended and nothing was found.
 */
export function joinAnswers(answers: readonly Completeness[]): Completeness | null {
  const last = answers.at(-1);
  if (last === undefined) return null;
  const findings = joinFindings(answers);
  const looked = answers.reduce((sum, { rows }) => sum + rows.looked, 0);
  return {
    ...last,
    findings,
    rows: { ...last.rows, looked },
    complete: last.complete && findings.every(({ kind }) => kind === 'code_changed'),
    checkedMs: answers.reduce((sum, { checkedMs }) => sum + checkedMs, 0),
  };
}

const EXAMPLES_MAX = 20;

function isOfRows({ kind }: Finding): boolean {
  return kind === 'rows_missing' || kind === 'rows_unknown';
}

function joinFindings(answers: readonly Completeness[]): Finding[] {
  const rest = (answers.at(-1)?.findings ?? []).filter((finding) => !isOfRows(finding));
  const ofRows = answers.flatMap(({ findings }) => findings.filter(isOfRows));
  const joined = new Map<Finding['kind'], Finding>();
  for (const finding of ofRows) {
    const known = joined.get(finding.kind);
    joined.set(finding.kind, known === undefined ? finding : addTo(known, finding));
  }
  return [...rest, ...joined.values()];
}

function addTo(known: Finding, more: Finding): Finding {
  const count = known.count + more.count;
  const [first = ''] = known.examples;
  const what = known.message.slice(first.length).replace(/, and .*$/, '');
  return {
    ...known,
    count,
    message: `${first}${what}, and ${count - 1} more`,
    examples: [...known.examples, ...more.examples].slice(0, EXAMPLES_MAX),
  };
}

/** What the account says, in a sentence; `wait` where it is not known yet. */
export function verdictOf(found: Completeness): { kind: 'complete' | 'incomplete' | 'wait'; text: string } {
  const { complete, checkpoint, countedTo, name, version, findings, rows } = found;
  const count = (value: string | number) => Number(value).toLocaleString('en-US');
  const what = `${name} v${version}`;
  if (complete) return { kind: 'complete', text: `${what} accounts for every position up to ${count(checkpoint)}` };
  const bad = findings.filter(({ kind }) => kind !== 'code_changed').length;
  if (bad > 0) {
    const text = `${what} does not account for every position: ${bad} ${bad === 1 ? 'finding' : 'findings'}`;
    return { kind: 'incomplete', text };
  }
  if (rows.nextAfter !== null)
    return { kind: 'wait', text: `${what}: ${count(rows.looked)} rows looked through so far` };
  return {
    kind: 'wait',
    text: `${what} accounts for every position up to ${count(countedTo)}; a worker is counting those after it`,
  };
}
