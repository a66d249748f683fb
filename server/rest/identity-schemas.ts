import { z } from 'zod';
import { PERMISSIONS, ROLES } from '#server/kernel/caller.ts';
import { time } from './parts.ts';

const role = z.enum(ROLES);
const permissions = z.array(z.enum(PERMISSIONS));

const apiKey = z.object({
  keyId: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  role,
  permissions: permissions.nullable(),
  createdBy: z.string(),
  createdAt: time,
  expiresAt: time.nullable(),
  revokedAt: time.nullable(),
  lastUsedAt: time.nullable(),
});

/** Answers about accounts, operators and keys. */
export const identityResponses = {
  Account: z.object({
    kind: z.enum(['operator', 'api-key', 'service']),
    operatorId: z.string().nullable(),
    name: z.string(),
    role,
    permissions,
    secondFactors: z.array(z.string()),
    recoveryCodesLeft: z.int(),
    passkeys: z.array(z.object({ passkeyId: z.string(), name: z.string(), createdAt: time.nullable() })),
    secondFactorPutOff: z.boolean(),
    mayPutOff: z.boolean(),
    mustEnrol: z.boolean(),
  }),
  Sessions: z.object({
    sessions: z.array(
      z.object({
        sessionId: z.string(),
        current: z.boolean(),
        address: z.string(),
        client: z.string(),
        secondFactor: z.string().nullable(),
        openedAt: time,
        lastSeenAt: time,
        expiresAt: time,
      }),
    ),
  }),
  AccountHistory: z.object({
    events: z.array(
      z.object({ streamVersion: z.int(), eventType: z.string(), at: time, data: z.record(z.string(), z.unknown()) }),
    ),
  }),
  Ended: z.object({ ended: z.int() }),
  Operators: z.object({
    operators: z.array(
      z.object({
        operatorId: z.uuid(),
        email: z.string(),
        name: z.string(),
        role,
        secondFactors: z.array(z.string()),
        openSessions: z.int(),
        lastSignInAt: time.nullable(),
        disabledAt: time.nullable(),
        createdAt: time,
      }),
    ),
  }),
  Invitation: z.object({ link: z.string(), expiresAt: time }),
  OperatorChanged: z.object({ operatorId: z.uuid() }),
  ApiKeys: z.object({ keys: z.array(apiKey), roles: z.record(role, permissions) }),
  NewApiKey: z.object({ key: z.string(), apiKey }),
  ApiKey: apiKey,
} as const;
