import type { Route } from './route.ts';

/** The audit, and what waits for a second operator. */
export const AUDIT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/audit',
    procedure: 'audit.list',
    summary: 'Who did what, why and from where, newest first',
    response: 'Audit',
  },
  {
    method: 'GET',
    path: '/audit/export',
    procedure: 'audit.export',
    summary: 'The same, and on record that it was taken',
    response: 'Audit',
  },
  {
    method: 'GET',
    path: '/audit/verify',
    procedure: 'audit.verify',
    summary: 'Whether the hash chain holds, and its first broken link',
    response: 'AuditVerdict',
  },
  {
    method: 'GET',
    path: '/approvals',
    procedure: 'approvals.list',
    summary: 'Acts that wait, or waited, for a second operator',
    response: 'Approvals',
  },
  {
    method: 'GET',
    path: '/approvals/rules',
    procedure: 'approvals.rules',
    summary: 'Acts that need a second operator, and those that could',
    response: 'ApprovalRules',
  },
  {
    method: 'POST',
    path: '/approvals/rules',
    procedure: 'approvals.setRules',
    summary: 'Set which acts need a second operator',
    response: 'ApprovalActs',
  },
  {
    method: 'POST',
    path: '/approvals/{approvalId}/decide',
    procedure: 'approvals.decide',
    summary: 'Approve or refuse what another operator asked for',
    response: 'Approval',
  },
  {
    method: 'POST',
    path: '/approvals/{approvalId}/withdraw',
    procedure: 'approvals.withdraw',
    summary: 'Withdraw what you asked for',
    response: 'Approval',
  },
];
