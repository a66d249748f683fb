import { z } from 'zod';
import type { CommandOf } from '#server/kernel/decider.ts';
import { draft, OUTCOMES, rules } from './terms.ts';

const reason = z
  .string()
  .trim()
  .min(3)
  .max(500)
  .meta({ title: 'Reason', examples: ['compared, equal and faster'] });
const percent = z
  .number()
  .min(0)
  .max(50)
  .meta({ title: 'Percent of readers', examples: [1] });
const run = z.int().min(1);

const conclusion = z.strictObject({
  run,
  outcome: z.enum(OUTCOMES),
  sentence: z.string().min(1).max(1000),
  promotable: z.boolean(),
});

/** Each command's data, by type. */
export const experimentCommands = {
  DraftExperiment: draft.meta({
    title: 'Draft an experiment',
    description: 'Says which two versions are compared, on what history, and by what it is decided.',
  }),
  ChangeExperimentRules: z
    .strictObject({ rules })
    .meta({ title: 'Change the rules of an experiment', description: 'Which differences are expected.' }),
  StartExperiment: z
    .strictObject({})
    .meta({ title: 'Start a comparison', description: 'Begins it, again where it was concluded.' }),
  CancelExperiment: z
    .strictObject({})
    .meta({ title: 'Cancel a comparison', description: 'Ends a run; the experiment can be started again.' }),
  ConcludeExperiment: conclusion.meta({
    title: 'Conclude an experiment',
    description: 'Sent by the worker that compared; refused to everybody else.',
  }),
  SetExperimentSplit: z
    .strictObject({ percent, reason, guardRail: z.string().min(1).max(300).optional() })
    .meta({ title: 'Set a live split', description: 'Percent of readers that see version b; 0 ends it.' }),
  PromoteExperiment: z.strictObject({ reason }).meta({
    title: 'Record a promotion',
    description: 'Notes that readers were switched to version b; the page does both in one step.',
  }),
  RollBackExperiment: z.strictObject({ reason }).meta({
    title: 'Record a rollback',
    description: 'Notes that readers were switched back; the page does both in one step.',
  }),
  AbandonExperiment: z
    .strictObject({ reason })
    .meta({ title: 'Abandon an experiment', description: 'Ends it without a switch.' }),
};

type Data = { [Type in keyof typeof experimentCommands]: z.output<(typeof experimentCommands)[Type]> };

/** A command for an experiment, as its decider sees it. */
export type ExperimentCommand = CommandOf<Data>;
