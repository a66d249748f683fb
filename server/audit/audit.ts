import type { Caller } from '#server/kernel/caller.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import type { Position } from '#server/kernel/position.ts';

/** The one stream of all entries: the hash chain needs one order. */
export const AUDIT_STREAM = 'audit-operators';

/** `unknown`: the end was not recorded, because the process died; what the act did stands in its own events. */
export type AuditOutcome = 'done' | 'refused' | 'failed' | 'unknown';

/** What somebody is about to do. */
export type ActToRecord = {
  caller: Caller;
  /** The procedure, such as `projections.rebuild`. */
  act: string;
  reason: string | null;
  input: JsonObject;
  from: { address: string; userAgent: string | undefined };
  requestId: string;
  /** Who approved it, where a second operator had to. */
  approvedBy?: string | undefined;
};

export type AuditEntry = {
  actId: string;
  globalPosition: Position;
  streamVersion: number;
  at: string;
  who: { kind: string; id: string; name: string; role: string };
  act: string;
  reason: string | null;
  input: JsonObject;
  from: { address: string; userAgent: string | null };
  requestId: string;
  approvedBy: string | null;
  outcome: AuditOutcome;
  /** Of the refusal or failure. */
  code: string | null;
  result: JsonObject;
  durationMs: number | null;
  hash: string;
};

export type AuditQuery = {
  who?: string | undefined;
  act?: string | undefined;
  outcome?: AuditOutcome | undefined;
  /** Words of the reason, the address or the input. */
  q?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** Entries before this version of the audit stream. */
  before?: number | undefined;
  limit: number;
};

/** The record of who did what, why and from where: events in a hash chain. */
export type Audit = {
  /** Writes the beginning before the act is done: an act that can't be recorded is not done. */
  begin(act: ActToRecord): Promise<{
    end(outcome: Exclude<AuditOutcome, 'unknown'>, said: { code?: string; result?: JsonObject }): Promise<void>;
  }>;
  list(query: AuditQuery): Promise<{ entries: AuditEntry[]; nextBefore: number | null }>;
  /** Follows the chain from its first link. */
  verify(): Promise<ChainVerdict>;
};

/** Whether the chain holds; the hash of its head is what to keep elsewhere, so that a cut end is noticed too. */
export type ChainVerdict = {
  links: number;
  head: string | null;
  broken: { streamVersion: number; globalPosition: Position | null; why: string } | null;
};
