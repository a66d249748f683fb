/**
 * Acts that ask an operator for a fresh second factor and a reason, and, where an administrator has set it, for the
 * approval of a second operator. Names of procedures; a test finds each in the router.
 */
export const GUARDED_ACTS: readonly string[] = [
  'projections.rebuild',
  'projections.rewind',
  'projections.promote',
  'projections.rollback',
  'projections.drop',
  'compare.split',
  'compare.promote',
  'compare.rollback',
  'parked.skip',
  'parked.retry',
  'gateway.setLimits',
  'gateway.setRoute',
  'gateway.removeRoute',
  'privacy.redact',
  'privacy.forget',
  'privacy.setMaskedFields',
  'approvals.decide',
  'approvals.setRules',
  'operators.invite',
  'operators.setRole',
  'operators.disable',
  'operators.enable',
  'operators.endSessions',
  'keys.create',
  'keys.revoke',
];

/** How long a second factor counts as fresh, in milliseconds. */
export const STEP_UP_MS = 5 * 60_000;
