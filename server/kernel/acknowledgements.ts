import type { Position } from './position.ts';
import type { SinkKind } from './projection.ts';

/** Where one projection stands. */
export type Acknowledgement = {
  name: string;
  sink: SinkKind;
  checkpoint: Position;
  faulted: boolean;
};

/** Tells how far the projections have come, and waits for them. */
export type Acknowledgements = {
  /** Those a receipt waits for, as they are now. */
  current(): Promise<Acknowledgement[]>;
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
