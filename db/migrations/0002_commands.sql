-- Every command with its outcome, refused ones too: receipts are read from here later, and versions of a decider are
-- compared on what was really asked.
create table commands (
  command_id uuid primary key,
  command_type text collate "C" not null,
  stream_id text collate "C" not null,
  data jsonb not null,
  actor text not null,
  outcome text not null check (outcome in ('accepted', 'rejected', 'nothing_to_do')),
  received_at timestamptz not null,
  duration_ms double precision not null,
  receipt jsonb not null
);

create index commands_by_time on commands (received_at desc, command_id desc);
