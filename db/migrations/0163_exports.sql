-- Exports that are made while nobody watches, kept for a day. Unlogged: they are made again from the events in minutes,
-- and their pages would pass through the log that every append waits for.
create unlogged table exports (
  export_id uuid primary key,
  owner_kind text not null,
  owner_id text not null,
  what text not null,
  format text not null,
  up_to bigint not null,
  expected bigint,
  system_events boolean not null,
  state text not null default 'running' check (state in ('running', 'done', 'failed')),
  message text,
  events bigint not null default 0,
  bytes bigint not null default 0,
  parts int not null default 0,
  started_at timestamptz not null default clock_timestamp(),
  written_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);

create unlogged table export_parts (
  export_id uuid not null references exports on delete cascade,
  part int not null,
  lines text not null,
  primary key (export_id, part)
);
