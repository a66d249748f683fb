import { type Authenticate, type Caller, ROLE_PERMISSIONS } from '#server/kernel/caller.ts';

const LOOPBACK: Caller = {
  kind: 'anonymous-loopback',
  id: 'loopback',
  name: 'operator@local',
  role: 'admin',
  permissions: ROLE_PERMISSIONS.admin,
  secondFactor: false,
};

/** Whoever reaches a port that is bound to loopback is on this machine, and counts as its administrator. */
export const authenticateLoopback: Authenticate = async () => LOOPBACK;
