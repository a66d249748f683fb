-- The last comparison of each experiment: who does it, how far it is, the parts that are done so that another worker goes
-- on, and what it found. The epoch is raised by every start, cancel and takeover; whoever writes with an older one stops.
create table comparisons (
  experiment_id text collate "C" primary key,
  run int not null,
  state text not null check (state in ('waiting', 'running', 'cancelled', 'failed', 'done')),
  step text,
  done bigint not null default 0,
  total bigint,
  message text not null default '',
  epoch bigint not null default 0,
  leased_until timestamptz,
  started_at timestamptz,
  updated_at timestamptz not null default clock_timestamp(),
  parts jsonb not null default '{}',
  report jsonb
) with (fillfactor = 50);

-- Differing rows of that comparison, by cause and key.
create table comparison_rows (
  experiment_id text collate "C" not null references comparisons on delete cascade,
  cause int not null,
  id bigint generated always as identity,
  difference jsonb not null,
  primary key (experiment_id, cause, id)
);

-- What readers of a read model asked, a sample of the last day: replayed against both versions.
create table read_requests (
  id bigint generated always as identity primary key,
  name text not null,
  request jsonb not null,
  at timestamptz not null default clock_timestamp()
);

create index read_requests_by_time on read_requests (name, at);
