import { type Authenticate, type Caller, ROLE_PERMISSIONS } from '#server/kernel/caller.ts';

/** A service that may do everything but see what is masked, so that answers are those that people get. */
const LOOPBACK: Caller = {
  kind: 'service',
  id: 'loopback',
  name: 'operator@local',
  role: 'admin',
  permissions: ROLE_PERMISSIONS.admin.filter((permission) => permission !== 'payload.reveal'),
  secondFactor: false,
};

/** Lets everybody in as that: for tests and measurements of what is behind the door. */
export const authenticateLoopback: Authenticate = async () => LOOPBACK;
