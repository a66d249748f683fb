import type { z } from 'zod';
import { type Decider, type Refusal, refuse } from '#server/kernel/decider.ts';
import type { ExperimentCommand } from './commands.ts';
import type { ExperimentEvent } from './events.ts';
import type { draft, OUTCOMES } from './terms.ts';

/** Who compares: its word alone concludes an experiment, and it alone stops a split by a guard rail. */
export const COMPARER = 'tidemark-compare';

export type ExperimentStatus = 'none' | 'drafted' | 'running' | 'concluded' | 'promoted' | 'abandoned';

export type ExperimentState = {
  status: ExperimentStatus;
  terms: z.output<typeof draft> | null;
  actor: string;
  draftedAt: string;
  /** Comparisons begun; the last one's number. */
  run: number;
  outcome: (typeof OUTCOMES)[number] | null;
  sentence: string | null;
  promotable: boolean;
  splitPercent: number;
  /** The guard rail that ended the last split by itself. */
  guardRail: string | null;
  ended: { actor: string; reason: string; at: string } | null;
};

const initialState: ExperimentState = {
  status: 'none',
  terms: null,
  actor: '',
  draftedAt: '',
  run: 0,
  outcome: null,
  sentence: null,
  promotable: false,
  splitPercent: 0,
  guardRail: null,
  ended: null,
};

function evolve(state: ExperimentState, { eventType, data }: ExperimentEvent): ExperimentState {
  switch (eventType) {
    case 'ExperimentDrafted': {
      const { actor, draftedAt, ...terms } = data;
      return { ...state, status: 'drafted', terms, actor, draftedAt };
    }
    case 'ExperimentRulesChanged':
      // The verdict was reached under other rules: nothing is promoted on it.
      return { ...state, promotable: false, terms: state.terms && { ...state.terms, rules: data.rules } };
    case 'ExperimentStarted':
      return { ...state, status: 'running', run: data.run, promotable: false };
    case 'ExperimentCancelled':
      return { ...state, status: state.outcome === null ? 'drafted' : 'concluded' };
    case 'ExperimentConcluded': {
      const { outcome, sentence, promotable } = data;
      return { ...state, status: 'concluded', outcome, sentence, promotable };
    }
    case 'ExperimentSplitSet':
      return { ...state, splitPercent: data.percent, guardRail: data.guardRail ?? null };
    case 'ExperimentPromoted':
      return { ...state, status: 'promoted', splitPercent: 0, ended: data };
    case 'ExperimentRolledBack':
      return { ...state, status: 'concluded', promotable: false, ended: data };
    case 'ExperimentAbandoned':
      return { ...state, status: 'abandoned', splitPercent: 0, ended: data };
    default:
      return state;
  }
}

/**
 * Refusals: `experiment-not-drafted`, `experiment-already-drafted`, `same-version-twice`, `metric-does-not-fit`,
 * `measure-missing`, `experiment-running`, `experiment-ended`, `only-the-comparer-concludes`, `run-is-over`,
 * `verdict-does-not-allow-it`, `experiment-not-promoted`, `no-reads-to-split`.
 */
function decide(command: ExperimentCommand, state: ExperimentState): ExperimentEvent[] | Refusal {
  const { actor, receivedAt: at } = command;
  if (command.commandType === 'DraftExperiment') return draftIt(command, state);
  if (state.status === 'none') return refuse('experiment-not-drafted', 'the experiment was never drafted');
  if (command.commandType === 'RollBackExperiment') {
    if (state.status !== 'promoted') return refuse('experiment-not-promoted', 'readers were not switched by it');
    return [{ eventType: 'ExperimentRolledBack', data: { reason: command.data.reason, actor, at } }];
  }
  if (state.status === 'promoted' || state.status === 'abandoned') {
    const again =
      (command.commandType === 'PromoteExperiment' && state.status === 'promoted') ||
      (command.commandType === 'AbandonExperiment' && state.status === 'abandoned');
    return again ? [] : refuse('experiment-ended', `the experiment is ${state.status}`);
  }
  switch (command.commandType) {
    case 'ChangeExperimentRules':
      if (state.status === 'running') return refuse('experiment-running', 'cancel the comparison, or wait for it');
      return [{ eventType: 'ExperimentRulesChanged', data: { rules: command.data.rules, actor } }];
    case 'StartExperiment':
      if (state.status === 'running') return [];
      return [{ eventType: 'ExperimentStarted', data: { run: state.run + 1, actor } }];
    case 'CancelExperiment':
      if (state.status !== 'running') return [];
      return [{ eventType: 'ExperimentCancelled', data: { run: state.run, actor } }];
    case 'ConcludeExperiment':
      return conclude(command, state);
    case 'SetExperimentSplit':
      return split(command, state);
    case 'PromoteExperiment':
      if (state.status === 'running') return refuse('experiment-running', 'wait for its verdict');
      if (!state.promotable) return refuse('verdict-does-not-allow-it', state.sentence ?? 'nothing was compared yet');
      return [{ eventType: 'ExperimentPromoted', data: { reason: command.data.reason, actor, at } }];
    case 'AbandonExperiment':
      return [{ eventType: 'ExperimentAbandoned', data: { reason: command.data.reason, actor, at } }];
    default:
      return command satisfies never;
  }
}

type Of<Type extends ExperimentCommand['commandType']> = Extract<ExperimentCommand, { commandType: Type }>;

const OF_DECIDERS = new Set(['decision_us', 'measure']);

function draftIt({ data, actor, receivedAt }: Of<'DraftExperiment'>, state: ExperimentState) {
  if (state.status !== 'none') {
    return JSON.stringify(state.terms) === JSON.stringify(data)
      ? []
      : refuse('experiment-already-drafted', 'an experiment stands under this id with other terms');
  }
  if (data.a === data.b) return refuse('same-version-twice', 'a and b must be two versions');
  if (OF_DECIDERS.has(data.metric) !== (data.kind === 'decider')) {
    return refuse('metric-does-not-fit', `${data.metric} can't decide between two versions of a ${data.kind}`);
  }
  if (data.metric === 'measure' && data.measure === undefined) {
    return refuse('measure-missing', 'say what is counted or summed');
  }
  return [{ eventType: 'ExperimentDrafted' as const, data: { ...data, actor, draftedAt: receivedAt } }];
}

function conclude({ data, actor }: Of<'ConcludeExperiment'>, state: ExperimentState): ExperimentEvent[] | Refusal {
  if (actor !== COMPARER) return refuse('only-the-comparer-concludes', 'a verdict comes from a comparison');
  if (state.status !== 'running' || state.run !== data.run) return refuse('run-is-over', 'this run was ended before');
  return [{ eventType: 'ExperimentConcluded', data }];
}

function split({ data, actor }: Of<'SetExperimentSplit'>, state: ExperimentState): ExperimentEvent[] | Refusal {
  if (state.terms?.kind !== 'projection') return refuse('no-reads-to-split', 'only reads of a projection are split');
  const { percent, reason, guardRail } = data;
  if (percent === state.splitPercent) return [];
  if (guardRail !== undefined && actor !== COMPARER) {
    return refuse('only-the-comparer-concludes', 'a guard rail is minded by the comparer');
  }
  return [{ eventType: 'ExperimentSplitSet', data: { percent, reason, actor, ...(guardRail && { guardRail }) } }];
}

/** An experiment from its draft to a switch of readers, or to its end without one. */
export const experimentDecider: Decider<ExperimentState, ExperimentCommand, ExperimentEvent> = {
  category: 'experiment',
  version: 2,
  initialState,
  evolve,
  decide,
};
