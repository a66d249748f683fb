import type { Position } from './position.ts';
import type { SinkKind } from './projection.ts';

/** Where one projection stands. */
export type Acknowledgement = {
  name: string;
  sink: SinkKind;
  checkpoint: Position;
  faulted: boolean;
  /** Whether the event that was asked about is set aside there: passed, and not applied. */
  parked: boolean;
};

/** Tells how far the projections have come, and waits for them. */
export type Acknowledgements = {
  /** Those a receipt waits for, as they are now; with `position` also whether they set the event there aside. */
  current(position?: Position): Promise<Acknowledgement[]>;
  /**
   * Calls `onChange` with the acknowledging projections at once and whenever a checkpoint moves, until all have passed
   * `position`, one has faulted before it, `timeoutMs` is over, or the signal fires. Resolves with the last state.
   */
  waitFor(
    position: Position,
    options: {
      timeoutMs: number;
      names?: readonly string[];
      signal?: AbortSignal;
      onChange?: (now: Acknowledgement[]) => void;
    },
  ): Promise<Acknowledgement[]>;
};
