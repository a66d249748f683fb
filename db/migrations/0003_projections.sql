-- Where each projection stands. The row is locked by whoever applies a page, and moves only from the checkpoint that
-- the page began after: two engines on one store can't apply an event twice.
create table checkpoints (
  name text primary key,
  version int not null,
  sink text not null check (sink in ('sql', 'search')),
  title text not null,
  categories text[],
  acknowledges boolean not null,
  checkpoint bigint not null default 0,
  applied_events bigint not null default 0,
  update_ms double precision,
  fault jsonb,
  moved_at timestamptz not null default now()
);

-- Engines that run; one that has not been heard of for some seconds is gone.
create table workers (
  worker_id uuid primary key,
  process_id int not null,
  host text not null,
  started_at timestamptz not null default now(),
  heartbeat_at timestamptz not null default now()
);
