import { z } from 'zod';
import { json, position, time } from './parts.ts';

const approval = z.object({
  approvalId: z.uuid(),
  act: z.string(),
  permission: z.string(),
  input: json,
  reason: z.string(),
  requestedBy: z.object({ id: z.string(), name: z.string() }),
  requestedAt: time,
  state: z.enum(['pending', 'approved', 'refused', 'used', 'withdrawn', 'expired']),
  expiresAt: time,
  decided: z.object({ name: z.string(), why: z.string(), at: time }).nullable(),
});

export const auditResponses = {
  Audit: z.object({
    entries: z.array(
      z.object({
        actId: z.uuid(),
        globalPosition: position,
        streamVersion: z.int(),
        at: time,
        who: z.looseObject({ kind: z.string(), id: z.string(), name: z.string(), role: z.string() }),
        act: z.string(),
        reason: z.string().nullable(),
        input: json,
        from: z.object({ address: z.string(), userAgent: z.string().nullable() }),
        requestId: z.string(),
        approvedBy: z.string().nullable(),
        outcome: z.enum(['done', 'refused', 'failed', 'unknown']),
        code: z.string().nullable(),
        result: json,
        durationMs: z.int().nullable(),
        hash: z.string(),
      }),
    ),
    nextBefore: z.int().nullable(),
  }),
  AuditVerdict: z.object({
    links: z.int(),
    head: z.string().nullable(),
    broken: z.object({ streamVersion: z.int(), globalPosition: position.nullable(), why: z.string() }).nullable(),
  }),
  Approvals: z.object({ approvals: z.array(approval) }),
  Approval: approval,
  ApprovalRules: z.object({ acts: z.array(z.string()), guarded: z.array(z.string()) }),
  ApprovalActs: z.object({ acts: z.array(z.string()) }),
};
