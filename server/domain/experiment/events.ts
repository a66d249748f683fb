import type { z } from 'zod';
import type { draft, OUTCOMES, rules } from './terms.ts';

/** What happened to an experiment. `actor` stands in the data of those that tell who decided something. */
export type ExperimentEvent =
  | { eventType: 'ExperimentDrafted'; data: z.output<typeof draft> & { actor: string; draftedAt: string } }
  | { eventType: 'ExperimentRulesChanged'; data: { rules: z.output<typeof rules>; actor: string } }
  | { eventType: 'ExperimentStarted'; data: { run: number; actor: string } }
  | { eventType: 'ExperimentCancelled'; data: { run: number; actor: string } }
  | {
      eventType: 'ExperimentConcluded';
      data: { run: number; outcome: (typeof OUTCOMES)[number]; sentence: string; promotable: boolean };
    }
  | {
      eventType: 'ExperimentSplitSet';
      data: { percent: number; reason: string; actor: string; guardRail?: string };
    }
  | { eventType: 'ExperimentPromoted'; data: { reason: string; actor: string; at: string } }
  | { eventType: 'ExperimentRolledBack'; data: { reason: string; actor: string; at: string } }
  | { eventType: 'ExperimentAbandoned'; data: { reason: string; actor: string; at: string } };
