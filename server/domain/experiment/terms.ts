import { z } from 'zod';

/** Why rows of two versions differ, by the likeliest explanation of their values and of the event at which they part. */
export const CAUSES = [
  'rounding',
  'scale',
  'sign',
  'off_by_one',
  'duplicates',
  'time_zone',
  'truncation',
  'text_form',
  'missing_field',
  'default_value',
  'mapping',
  'missing_event_type',
  'order',
  'stale_join',
  'missing_row',
  'extra_row',
  'hand_made_patch',
  'lost_event',
  'other',
] as const;

export const OUTCOMES = [
  'b_better',
  'a_better',
  'no_difference_that_matters',
  'not_enough_data',
  'not_comparable',
  'unsafe',
] as const;

const column = z
  .string()
  .min(1)
  .max(63)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of a column');
const reason = z.string().trim().max(500).optional();
const position = z.string().regex(/^(0|[1-9]\d{0,12})$/, 'must be a position');
const time = z.iso.datetime({ offset: true });

/** A difference that is expected, as data. `reason` says why, for whoever reads the verdict later. */
export const rule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('renamed'), from: column, to: column, reason }),
  z.strictObject({ kind: z.literal('added'), column, reason }),
  z.strictObject({ kind: z.literal('removed'), column, reason }),
  z.strictObject({
    kind: z.literal('tolerance'),
    column,
    absolute: z.number().min(0).optional(),
    relative: z.number().min(0).max(1).optional(),
    reason,
  }),
  z.strictObject({ kind: z.literal('accepted'), cause: z.enum(CAUSES), column: column.optional(), reason }),
]);

export const rules = z.array(rule).max(50);

/** Positions for projections, times for commands; what is left out is open. */
export const range = z.strictObject({
  after: position.optional(),
  upTo: position.optional(),
  from: time.optional(),
  to: time.optional(),
});

/** What decides once the data allow a switch. */
export const metric = z.enum([
  'read_p50_ms',
  'read_p95_ms',
  'read_p99_ms',
  'batch_ms',
  'size_bytes',
  'decision_us',
  'measure',
]);

/** What a business counts: events of a type, or the sum of a field of their data, by a path such as `total.amount`. */
export const measure = z.strictObject({
  count: z.string().min(1).max(128).optional(),
  sum: z.strictObject({ eventType: z.string().min(1).max(128), field: z.string().min(1).max(128) }).optional(),
  better: z.enum(['higher', 'lower']),
});

/** What a live split stops at by itself. */
export const guardRails = z.strictObject({
  errorRateMax: z.number().min(0).max(1).default(0.01),
  latencyRatioMax: z.number().min(1).max(100).default(2),
  lagSecondsMax: z.number().min(0.1).max(86_400).default(30),
});

const version = z.string().min(1).max(64);

/** What an experiment is drafted with. */
export const draft = z.strictObject({
  hypothesis: z
    .string()
    .trim()
    .min(3)
    .max(500)
    .meta({ title: 'Hypothesis', examples: ['an index on status makes reads faster, and the rows stay the same'] }),
  kind: z.enum(['projection', 'decider']).meta({ title: 'What is compared' }),
  subject: z
    .string()
    .min(1)
    .max(64)
    .meta({ title: 'Projection or category', examples: ['orders'] }),
  a: version.meta({ title: 'Version a', examples: ['1'] }),
  b: version.meta({ title: 'Version b', examples: ['2'] }),
  range: range.default({}).meta({ title: 'Range' }),
  metric: metric.default('read_p95_ms').meta({ title: 'Metric that decides' }),
  matters: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .meta({ title: 'Change that matters', description: 'Relative: 0.05 is 5 %' }),
  measure: measure.optional(),
  guardRails: guardRails.prefault({}).meta({ title: 'Guard rails' }),
  rules: rules.default([]).meta({ title: 'Expected differences' }),
});
