import type { Caller, Permission } from '#server/kernel/caller.ts';
import type { JsonObject } from '#server/kernel/json.ts';

/** `expired`: not decided, or not used, in time. */
export type ApprovalState = 'pending' | 'approved' | 'refused' | 'used' | 'withdrawn' | 'expired';

/** A guarded act that waits for a second operator, and what was decided. */
export type Approval = {
  approvalId: string;
  act: string;
  permission: Permission;
  input: JsonObject;
  reason: string;
  requestedBy: { id: string; name: string };
  requestedAt: string;
  state: ApprovalState;
  expiresAt: string;
  decided: { name: string; why: string; at: string } | null;
};

export type Approvals = {
  list(query: { open?: boolean | undefined; limit: number }): Promise<Approval[]>;
  /** The acts that need a second operator. */
  rules(): Promise<{ acts: string[] }>;
  setRules(rules: { acts: string[] }): Promise<{ acts: string[] }>;
  /** Approves or refuses. Rejects with `act-refused` where it is the caller's own, or no longer open. */
  decide(request: {
    approvalId: string;
    decision: 'approve' | 'refuse';
    reason: string;
    caller: Caller;
  }): Promise<Approval>;
  withdraw(request: { approvalId: string; caller: Caller }): Promise<Approval>;
  /**
   * Uses up an approval of exactly this act with exactly this input, and resolves with who gave it. Where there is none it
   * asks for one and rejects with `approval-required`. Undefined where the act needs none.
   */
  pass(request: {
    act: string;
    permission: Permission;
    input: JsonObject;
    reason: string;
    caller: Caller;
  }): Promise<string | undefined>;
};
