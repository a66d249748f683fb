-- Lag as it was: one row a second for an hour, one a minute for a month (the worst of the minute, and its mean rates).
create table lag_history (
  name text not null,
  resolution smallint not null check (resolution in (1, 60)),
  at timestamptz not null,
  lag_events bigint not null,
  lag_seconds double precision not null,
  arrival_rate double precision not null,
  drain_rate double precision not null,
  primary key (name, resolution, at)
);

-- How many seconds a projection may be behind, where somebody set it.
create table projection_objectives (
  name text primary key references projections,
  seconds double precision not null check (seconds > 0)
);

create table alerts (
  alert_id uuid primary key,
  projection text not null,
  objective_seconds double precision not null,
  worst_seconds double precision not null,
  cause text,
  message text not null,
  raised_at timestamptz not null default clock_timestamp(),
  resolved_at timestamptz
);

-- One open alert a projection, however many processes watch.
create unique index alerts_open on alerts (projection) where resolved_at is null;
create index alerts_by_time on alerts (raised_at desc, alert_id desc);

-- What is to be told to the webhook: written with the alert, sent until it is answered with a 2xx or given up.
create table webhook_deliveries (
  delivery_id uuid primary key,
  alert_id uuid not null references alerts,
  kind text not null check (kind in ('raised', 'resolved')),
  url text not null,
  body text not null,
  created_at timestamptz not null default clock_timestamp(),
  next_attempt_at timestamptz default clock_timestamp(),
  delivered_at timestamptz,
  given_up_at timestamptz
);

create index webhook_deliveries_due on webhook_deliveries (next_attempt_at) where next_attempt_at is not null;
create index webhook_deliveries_by_alert on webhook_deliveries (alert_id);

-- Every attempt, with what came of it.
create table webhook_attempts (
  delivery_id uuid not null references webhook_deliveries,
  attempt int not null,
  at timestamptz not null default clock_timestamp(),
  duration_ms double precision not null,
  status int,
  error text,
  primary key (delivery_id, attempt)
);
