-- A projection, and which of its versions readers see. Names are of the code; the rest is as the worker last said it.
create table projections (
  name text primary key,
  sink text not null check (sink in ('sql', 'search')),
  title text not null,
  categories text[],
  acknowledges boolean not null,
  failure_policy text not null default 'stop' check (failure_policy in ('stop', 'park')),
  effects boolean not null default false,
  serving_version int not null default 1,
  previous_version int,
  next_version int not null default 2
);

-- Where each version stands, who runs it, and what was asked of it. The epoch fences: it is raised by every takeover and
-- checked by the statement that moves the checkpoint. `accounted_to` is the checkpoint as the engine left it.
create table projection_versions (
  name text not null references projections,
  version int not null,
  code_version int not null,
  state text not null check (state in ('serving', 'building', 'retired', 'scratch')),
  checkpoint bigint not null default 0,
  accounted_to bigint not null default 0,
  applied_events bigint not null default 0,
  update_ms double precision,
  -- Of batches of 500 events and more: smoothed, and its mean deviation.
  batch_rate double precision,
  batch_rate_deviation double precision,
  fault jsonb,
  moved_at timestamptz not null default now(),
  indexed boolean not null default true,
  owner uuid,
  epoch bigint not null default 0,
  leased_until timestamptz,
  refused_writes bigint not null default 0,
  paused jsonb,
  events_per_second_max int check (events_per_second_max > 0),
  begun_at timestamptz not null default now(),
  begun_by text not null default 'tidemark',
  begun_why text not null default 'first version',
  -- Of a scratch version: where it ends, what it leaves out, when it goes.
  stop_at bigint,
  occurred_until timestamptz,
  expires_at timestamptz,
  failure text,
  primary key (name, version)
) with (fillfactor = 50);

insert into projections (name, sink, title, categories, acknowledges)
  select name, sink, title, categories, acknowledges from checkpoints;
insert into projection_versions (name, version, code_version, state, checkpoint, accounted_to, applied_events, update_ms, fault, moved_at)
  select name, 1, version, 'serving', checkpoint, checkpoint, applied_events, update_ms, fault, moved_at from checkpoints;

-- What was handled, by ranges of 10,000 positions: how many, and the sums of their offsets and of the squares, so that
-- a count that does not add up also tells which position is missing. Written with the checkpoint.
create table projection_accounts (
  name text not null,
  version int not null,
  bucket bigint not null,
  handled bigint not null,
  offset_sum bigint not null,
  square_sum bigint not null,
  primary key (name, version, bucket),
  foreign key (name, version) references projection_versions on delete cascade
) with (fillfactor = 50);

insert into projection_accounts
  select c.name, 1, e.global_position / 10000, count(*), sum(e.global_position % 10000),
         sum((e.global_position % 10000) * (e.global_position % 10000))
  from checkpoints c
  join events e on e.global_position <= c.checkpoint
    and (c.categories is null or split_part(e.stream_id, '-', 1) = any (c.categories))
  group by 1, 3;

drop table checkpoints;

-- What readers and receipts wait for: the serving version of each.
create view checkpoints as
  select p.name, v.version, p.sink, p.title, p.categories, p.acknowledges, v.checkpoint, v.applied_events, v.update_ms,
         v.fault, v.moved_at
  from projections p join projection_versions v on v.name = p.name and v.version = p.serving_version;

-- Events that a version could not handle ('failed'), later ones of their streams ('waiting'), and those passed over.
create table parked (
  name text not null,
  version int not null,
  global_position bigint not null,
  stream_id text collate "C" not null,
  stream_version bigint not null,
  event_type text collate "C" not null,
  state text not null check (state in ('failed', 'waiting', 'skipped')),
  fingerprint text not null,
  message text not null,
  stack text not null,
  attempts int not null default 0,
  parked_at timestamptz not null default now(),
  last_failed_at timestamptz,
  next_retry_at timestamptz,
  skipped jsonb,
  primary key (name, version, global_position),
  foreign key (name, version) references projection_versions on delete cascade
);

create index parked_by_stream on parked (name, version, stream_id, global_position);
create index parked_by_retry on parked (name, version, next_retry_at) where next_retry_at is not null;

-- Checkpoints that something other than the engine moved: who, from where, when.
create table checkpoint_moves (
  id bigint generated always as identity primary key,
  name text not null,
  version int not null,
  from_position bigint not null,
  to_position bigint not null,
  role_name text not null default current_user,
  application_name text not null default current_setting('application_name'),
  process_id int not null default pg_backend_pid(),
  moved_at timestamptz not null default clock_timestamp()
);

create function note_checkpoint_move() returns trigger language plpgsql as $$
begin
  execute format('insert into %I.checkpoint_moves (name, version, from_position, to_position) values ($1, $2, $3, $4)', tg_table_schema)
    using new.name, new.version, old.checkpoint, new.checkpoint;
  return null;
end $$;

create trigger checkpoint_moved_by_hand after update of checkpoint on projection_versions for each row
  when (new.checkpoint is distinct from old.checkpoint and new.accounted_to is distinct from new.checkpoint)
  execute function note_checkpoint_move();

-- From which position on a version was filled by which text of its code.
create table projection_code (
  name text not null,
  version int not null,
  from_position bigint not null,
  hash text not null,
  seen_at timestamptz not null default now(),
  primary key (name, version, from_position, hash),
  foreign key (name, version) references projection_versions on delete cascade
);

-- The read models so far become version 1, each in a schema of its own; readers go on through views of the same names.
do $$
declare
  store constant text := current_schema();
  moved record;
begin
  for moved in select * from (values ('orders', 'orders'), ('search', 'search_documents'), ('density', 'density')) t (projection, relation)
  loop
    execute format('create schema %I', store || '_' || moved.projection || '_v1');
    execute format('alter table %I set schema %I', moved.relation, store || '_' || moved.projection || '_v1');
    execute format('create view %I as select * from %I.%I', moved.relation, store || '_' || moved.projection || '_v1', moved.relation);
  end loop;
end $$;
