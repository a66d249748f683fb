import type { Position } from '#server/kernel/position.ts';

/** Where a process manager stands, and who runs it. */
export type ProcessManagerStatus = {
  name: string;
  checkpoint: Position;
  /** The worker that has the lease; null where none has. */
  worker: { processId: number; host: string; leasedSeconds: number } | null;
  movedAt: string;
  /** What the manager itself fails at: then none of its processes goes on. */
  fault: string | null;
  processes: number;
  /** Processes that fail at a step. */
  failing: number;
  timers: number;
  /** Timers whose time is over and that were not handled yet. */
  timersDue: number;
};

/** One process: its stream tells its steps. */
export type ProcessRow = {
  streamId: string;
  manager: string;
  startedAt: string;
  /** The newest event of its stream: the step it has come to. */
  lastEventType: string | null;
  lastAt: string | null;
  streamVersion: number;
  fault: string | null;
  timers: { name: string; dueAt: string }[];
};

/** Which processes: those that fail, those that wait for a time, or all. */
export type ProcessFilter = 'failing' | 'waiting' | 'all';

/** What the console asks about process managers. `server/runtime.ts` puts it together. */
export type Processes = {
  managers(): Promise<{ managers: ProcessManagerStatus[] }>;
  /** The newest first; `after` is the stream id of the last one seen. */
  list(query: {
    manager?: string | undefined;
    show: ProcessFilter;
    after?: string | undefined;
    limit: number;
  }): Promise<{ processes: ProcessRow[]; nextAfter: string | null }>;
};
