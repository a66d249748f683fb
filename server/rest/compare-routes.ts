import type { Route } from './route.ts';

const ACTS = [
  ['start', 'Begin the comparison, again where it was concluded'],
  ['cancel', 'End a comparison that runs'],
  ['rules', 'Say which differences are expected'],
  ['split', 'Let a share of readers see version b; 0 ends it'],
  ['promote', 'Switch readers to version b, where the verdict allows it'],
  ['rollback', 'Switch readers back'],
  ['abandon', 'End an experiment without a switch'],
] as const;

/** Experiments: two versions side by side. */
export const COMPARE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/compare/candidates',
    procedure: 'compare.candidates',
    summary: 'What may be compared',
    response: 'CompareCandidates',
  },
  {
    method: 'GET',
    path: '/experiments',
    procedure: 'compare.list',
    summary: 'Experiments, newest first',
    response: 'Experiments',
  },
  {
    method: 'POST',
    path: '/experiments',
    procedure: 'compare.create',
    summary: 'Draft an experiment: two versions, a range, the metric that decides',
    response: 'Experiment',
  },
  {
    method: 'GET',
    path: '/experiments/{id}',
    procedure: 'compare.get',
    summary: 'An experiment, how far its comparison is, and the last report',
    response: 'ExperimentDetail',
  },
  ...ACTS.map(
    ([act, summary]): Route => ({
      method: 'POST',
      path: `/experiments/{id}/${act}`,
      procedure: `compare.${act === 'rules' ? 'setRules' : act}`,
      summary,
      response: 'Experiment',
      accepted: true,
    }),
  ),
  {
    method: 'GET',
    path: '/experiments/{id}/rows',
    procedure: 'compare.rows',
    summary: 'Rows that differ, by cause',
    response: 'RowDifferences',
  },
  {
    method: 'GET',
    path: '/experiments/{id}/parting',
    procedure: 'compare.parting',
    summary: 'The event after which the two rows of a key part, found by a replay',
    response: 'Parting',
  },
  {
    method: 'GET',
    path: '/experiments/{id}/blast-radius',
    procedure: 'compare.blastRadius',
    summary: 'What a switch would do',
    response: 'BlastRadius',
  },
  {
    method: 'GET',
    path: '/experiments/{id}/export',
    procedure: 'compare.export',
    summary: 'The report as a document, JSON or Markdown',
    response: 'ReportDocument',
  },
];
