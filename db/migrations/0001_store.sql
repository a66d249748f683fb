-- Streams: the summary that lists streams and holds their versions; a stream's row is the lock of its writers.
create table streams (
  stream_id text collate "C" primary key,
  category text collate "C" not null,
  version bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null
) with (fillfactor = 70);

create index streams_by_category on streams (category, stream_id);

-- CACHE 1 is what the append marker rests on: positions are handed out in the order in which they are asked for.
create sequence event_positions as bigint minvalue 1 maxvalue 1099511627775 cache 1;

-- Events are never updated and never deleted.
create table events (
  global_position bigint primary key,
  stream_id text collate "C" not null,
  stream_version bigint not null,
  event_type text collate "C" not null,
  schema_version smallint not null,
  event_id uuid not null,
  data jsonb not null,
  metadata jsonb not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  txid xid8 not null default pg_current_xact_id(),
  unique (stream_id, stream_version),
  unique (event_id)
);
