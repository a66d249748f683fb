-- Token buckets of the rate limits, shared by all web processes. After a crash of Postgres they are full again, which
-- is no loss worth a write to the log for each lease.
create unlogged table rate_buckets (
  key text collate "C" primary key,
  tokens double precision not null,
  at timestamptz not null
);

-- What administrators set of the gateway, one row a concern.
create table gateway_settings (
  name text primary key,
  value jsonb not null
);
