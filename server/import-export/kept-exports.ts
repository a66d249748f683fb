import type { Position } from '#server/kernel/position.ts';
import type { ExportFormat, ExportPage } from './event-export.ts';

/** Whose an export is: nobody else sees it or takes it. */
export type ExportOwner = { kind: string; id: string };

export type KeptExport = {
  exportId: string;
  /** What was exported, in the words of who began it. */
  what: string;
  format: ExportFormat;
  upTo: Position;
  state: 'running' | 'done' | 'failed';
  /** Why it failed. */
  message: string | null;
  events: number;
  /** How many events were counted before it began; null where nobody had. */
  expected: number | null;
  bytes: number;
  /** Whether events of system categories may be in it. */
  systemEvents: boolean;
  startedAt: string;
  /** Since the beginning; of an export that has ended, up to its end. */
  elapsedMs: number;
  /** When its file goes; null while it runs. */
  expiresAt: string | null;
};

/** How the making of an export ended; `removed`: its owner cancelled it, or what it had was redacted. */
export type ExportEnd = 'done' | 'failed' | 'removed';

export type KeptExports = {
  /** Begins to write the pages away, and answers at once. Rejects with `act-refused` where there is no room. */
  start(request: {
    owner: ExportOwner;
    what: string;
    format: ExportFormat;
    upTo: Position;
    expected: number | null;
    systemEvents: boolean;
    pages: AsyncIterable<ExportPage>;
    /** Stops it; the reason stands in `message`. */
    signal: AbortSignal;
    onEnd(end: ExportEnd): Promise<void>;
  }): Promise<KeptExport>;
  /** The owner's, newest first. */
  list(owner: ExportOwner): Promise<KeptExport[]>;
  /** Cancels one that runs; takes away what it has written. Rejects with `not-found`. */
  remove(owner: ExportOwner, exportId: string): Promise<void>;
  /** Takes all away: something that may stand in them must not any more. */
  removeAll(): Promise<void>;
  /** One that is done, with its text in pieces. Rejects with `not-found`. */
  read(owner: ExportOwner, exportId: string): Promise<{ kept: KeptExport; texts: AsyncIterable<string> }>;
  /** Ends what this process is writing. */
  stop(): Promise<void>;
};
