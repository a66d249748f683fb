-- Which read models are read through two versions now, and by what share of readers.
create table read_splits (
  name text primary key,
  experiment_id text collate "C" not null,
  a int not null,
  b int not null,
  percent double precision not null check (percent > 0 and percent <= 50),
  guard_rails jsonb not null,
  since timestamptz not null default clock_timestamp()
);

-- What a split measured, by second, side and process: counts, the sum of logarithms, and a histogram on a log scale.
create table split_windows (
  experiment_id text collate "C" not null,
  at timestamptz not null,
  side text not null check (side in ('a', 'b')),
  process uuid not null,
  reads int not null,
  errors int not null,
  log_sum double precision not null,
  histogram int[] not null,
  primary key (experiment_id, at, side, process)
);
