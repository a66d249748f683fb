import type { CommandRequest, CommandTypeInfo, Receipt, WhatIf, WhatIfRequest } from './receipt.ts';

/** A command as the list shows it. */
export type CommandRun = Pick<
  Receipt,
  'commandId' | 'commandType' | 'outcome' | 'streamId' | 'streamVersion' | 'receivedAt' | 'actor' | 'rejection'
> & { durationMs: number };

/** Filters of the list; `after` is the `commandId` that the page before ended with. */
export type RunsQuery = {
  commandType?: string;
  outcome?: Receipt['outcome'];
  actor?: string;
  after?: string;
  limit?: number;
};

/** Takes commands to events; see docs/how-a-command-flows.md. */
export type CommandBus = {
  /**
   * Handles one command and answers with its receipt: accepted, rejected or nothing to do. Rejects with
   * `unknown-command-type`, `bad-request` (details: `field`), `expected-version-conflict` or `command-id-reused`.
   */
  handle(request: CommandRequest): Promise<Receipt>;
  /** Decides a command on the state at an earlier version, and writes nothing. */
  whatIf(request: WhatIfRequest): Promise<WhatIf>;
  types(): readonly CommandTypeInfo[];
  /** The receipt of an earlier command, its projections as they are now; rejects with `command-not-found`. */
  run(commandId: string): Promise<Receipt>;
  /** Newest first. */
  runs(query: RunsQuery): Promise<{ runs: CommandRun[]; nextAfter: string | null }>;
};
