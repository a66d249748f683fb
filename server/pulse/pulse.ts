import type { LagPoint, ProjectionsStatus } from '#server/projections/status.ts';

/** A step of commands over the last minute: p50 in ms, null where none ran. */
export type StepTiming = { step: string; p50Ms: number | null };

/** How the whole path is doing, made once a second and shared by everyone who watches. */
export type Pulse = {
  /** ISO 8601, of the database's clock. */
  at: string;
  database: { ok: boolean; answerMs: number | null; serverVersion: string; embedded: boolean };
  worker: { state: 'running' | 'starting' | 'restarting' | 'off'; restarts: number };
  commands: {
    /** A second, smoothed over 15 s. */
    rate: number;
    refusedRate: number;
    /** Of the last 15 s, as the rates are. */
    callers: number;
    p95Ms: number | null;
    refusedP50Ms: number | null;
    steps: StepTiming[];
    conflictRetriesLastHour: number;
  };
  store: {
    appendRate: number;
    /** The append rate by category, smoothed as it is, largest first; a moment later, as the rollup counts. */
    categories: { category: string; rate: number }[];
    events: number;
    streams: number;
    /** Nothing is in it but what Tidemark keeps of itself, such as who signed in. */
    empty: boolean;
    appendP50Ms: number | null;
    publishP50Ms: number | null;
    queryStateP50Ms: number | null;
  };
  acknowledged: {
    rate: number;
    acceptedLastMinute: number;
    pending: number;
    oldestPendingSeconds: number | null;
    /** Of the last minute; what is late counts with the time that it has taken so far. */
    p50Ms: number | null;
    p95Ms: number | null;
    /** Whether the p95 is a bound for that reason. */
    atLeast: boolean;
  };
  projections: ProjectionsStatus;
  /** The last 60 values of the four figures, one a second, oldest first. */
  history: { appendRate: number[]; worstLagSeconds: number[]; headGap: number[] };
};

export type LagQuery = { name: string; version?: number | undefined; seconds: number };

/** Makes the pulse once a second while somebody watches, and keeps its history. */
export type PulseSource = {
  /** The newest pulse; made anew where the last one is older than a second. */
  current(): Promise<Pulse>;
  /** The newest at once, then one a second, until the signal fires. Slow readers skip, they never queue. */
  watch(signal: AbortSignal): AsyncIterable<Pulse>;
  /** The last `seconds` of the lag of a projection, or of a version that is built beside it, at most 300 points, oldest first; kept in the store, not here. */
  lagHistory(query: LagQuery): Promise<LagPoint[]>;
};
