import type { Contestant } from './contestant.ts';
import type { ProgramName } from './programs.ts';

/** What one contestant reached in one turn. Beside `value`, figures that come with it, such as `p99Ms`. */
export type Sample = { value: number } & Record<string, number>;

/** One line of a measurement: a name and what it means, such as `{ writers: 64 }`. */
export type Cases = Record<string, Record<string, number>>;

/** `url`: the database of the one whose turn it is. */
export type TurnOptions = { url: string; seconds: number; caseName: string; parameters: Record<string, number> };

/** A measurement that each contestant goes through in turns, in a process of its own. */
export type Comparison = {
  kind: 'comparison';
  title: string;
  unit: string;
  better: 'higher' | 'lower';
  /** Seconds of one turn, and rounds, where the command line gives none (2 and 5). */
  seconds?: number;
  rounds?: number;
  cases(options: BenchOptions): Cases;
  /** Names of modules in `contestants/` and `peers/`, with a variant after a colon; the first is ours. */
  contestants: readonly string[];
  /** Contestants that show what can be reached at all. */
  limitContestants?: readonly string[];
  /** What is measured beside the contestants by a program of Postgres's own. */
  limits?: Partial<Record<ProgramName, Record<string, (turn: TurnOptions) => Promise<Sample>>>>;
  /** Once a contestant before the first turn, in its process. */
  prepare?(contestant: Contestant, cases: Cases): Promise<void>;
  /** Undefined where this contestant has no way to do that. */
  turn(contestant: Contestant, turn: TurnOptions): Promise<Sample | undefined>;
};

/** A measurement that runs in its own way, on a Postgres that it has for itself. */
export type Special = {
  kind: 'special';
  title: string;
  /** Left out where no name is given, because it needs what has to be made before. */
  byNameOnly?: boolean;
  run(url: string, options: BenchOptions): Promise<Outcome>;
};

export type Measurement = Comparison | Special;

export type BenchOptions = { rounds: number; seconds: number; quick: boolean; progress(text: string): void };

/** The median over the rounds, with the lowest and the highest, and the medians of what came with it. */
export type Summary = { median: number; min: number; max: number } & Record<string, number>;

/** Ours, with the unit of `median`, `min` and `max`. */
export type Figure = { unit: string; median: number; min: number; max: number } & Record<string, number | string>;

/** By case, then by contestant. Ratios: how many times as good as that one we are, above 1 better, of medians. */
export type Outcome = {
  rounds: number;
  seconds?: number;
  figures: Record<string, Figure>;
  peers?: Record<string, Record<string, Summary>>;
  limits?: Record<string, Record<string, Summary>>;
  ratios?: Record<string, Record<string, number>>;
  notes?: string[];
};
