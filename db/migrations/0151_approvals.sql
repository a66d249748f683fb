-- The ends of acts are found by the act that they end.
create index events_audit_act on events ((data->>'actId')) where stream_id = 'audit-operators';

-- Guarded acts that wait for a second operator, and what was decided.
create table approvals (
  approval_id uuid primary key,
  act text not null,
  permission text not null,
  input jsonb not null,
  input_hash text not null,
  reason text not null,
  requested_by text not null,
  requested_name text not null,
  requested_at timestamptz not null default clock_timestamp(),
  state text not null default 'pending' check (state in ('pending', 'approved', 'refused', 'used', 'withdrawn')),
  -- Until when it may be decided, and, once approved, be used.
  expires_at timestamptz not null,
  decided_by text,
  decided_name text,
  decided_why text,
  decided_at timestamptz,
  check (decided_by is distinct from requested_by or state = 'withdrawn')
);

-- The same act asked for twice by one caller waits once.
create unique index approvals_waiting on approvals (requested_by, act, input_hash) where state in ('pending', 'approved');
create index approvals_by_time on approvals (requested_at desc, approval_id desc);
