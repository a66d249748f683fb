import { z } from 'zod';
import { json, position, time } from './parts.ts';

const experiment = z.looseObject({
  id: z.string(),
  hypothesis: z.string(),
  kind: z.enum(['projection', 'decider']),
  subject: z.string(),
  a: z.string(),
  b: z.string(),
  metric: z.string(),
  matters: z.number(),
  status: z.enum(['drafted', 'running', 'concluded', 'promoted', 'abandoned']),
  actor: z.string(),
  draftedAt: time,
  changedAt: time,
  outcome: z.string().nullable(),
  sentence: z.string().nullable(),
  splitPercent: z.number(),
  streamVersion: z.int(),
});

const version = z.object({ version: z.string(), label: z.string() });

const row = z.object({
  table: z.string(),
  key: z.string(),
  kind: z.enum(['only_a', 'only_b', 'changed']),
  a: json.nullable(),
  b: json.nullable(),
  fields: z.array(z.object({ field: z.string(), a: z.json(), b: z.json() })),
  cause: z.int(),
});

/** Answers about experiments. A report's parts are in `server/compare/report.ts`. */
export const compareResponses = {
  CompareCandidates: z.object({
    projections: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        serving: z.string(),
        readsRecorded: z.boolean(),
        versions: z.array(version),
      }),
    ),
    deciders: z.array(z.object({ category: z.string(), versions: z.array(version) })),
  }),
  Experiments: z.object({ experiments: z.array(experiment) }),
  Experiment: experiment,
  ExperimentDetail: z.object({
    experiment,
    progress: z.looseObject({
      state: z.enum(['waiting', 'running', 'cancelled', 'failed', 'done']),
      message: z.string(),
    }),
    report: z
      .looseObject({
        experimentId: z.string(),
        madeAt: time,
        verdict: z.looseObject({
          outcome: z.string(),
          sentence: z.string(),
          promotable: z.boolean(),
          whyNot: z.string().nullable(),
        }),
        data: z.looseObject({ position, unexplained: z.int() }).nullable(),
      })
      .nullable(),
    split: z.looseObject({ percent: z.number() }).nullable(),
  }),
  RowDifferences: z.object({ rows: z.array(row), nextAfter: z.string().nullable() }),
  Parting: z.object({
    key: z.string(),
    cause: z.string(),
    parting: z.looseObject({ globalPosition: position, streamId: z.string(), eventType: z.string() }).nullable(),
  }),
  ReportDocument: z.object({ name: z.string(), type: z.string(), text: z.string() }),
} as const;
