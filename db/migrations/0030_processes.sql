-- Process managers: where each stands, and who runs it. The epoch is raised by every takeover and checked by whoever
-- moves the checkpoint.
create table process_managers (
  name text primary key,
  checkpoint bigint not null default 0,
  epoch bigint not null default 0,
  owner uuid,
  process_id int,
  host text,
  leased_until timestamptz,
  moved_at timestamptz not null default now(),
  fault jsonb
);

-- Nothing from before this migration can have been started by a command.
insert into process_managers (name, checkpoint)
  select 'fulfilment', coalesce(max(global_position), 0) from events;

-- Processes that a command of this store began: only these are acted on. An imported stream is none of them.
create table processes (
  stream_id text collate "C" primary key,
  manager text not null references process_managers,
  command_id uuid not null,
  started_at timestamptz not null default now(),
  fault jsonb
);

create index processes_at_fault on processes (manager, stream_id) where fault is not null;

-- Times that begin with an event, by the clock of the database.
create table process_timers (
  stream_id text collate "C" not null,
  name text not null,
  manager text not null references process_managers,
  due_at timestamptz not null,
  primary key (stream_id, name)
);

create index process_timers_by_time on process_timers (manager, due_at);
