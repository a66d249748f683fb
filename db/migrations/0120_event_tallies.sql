-- What the store has, by ranges of 10,000 positions below the mark and by category: a worker counts each range once and
-- then anew in turn, so that completeness adds up these rows instead of ten million events.
create table event_buckets (
  bucket bigint primary key,
  counted_at timestamptz not null default clock_timestamp()
);

create table event_tallies (
  bucket bigint not null,
  category text collate "C" not null,
  events bigint not null,
  offset_sum bigint not null,
  square_sum bigint not null,
  primary key (bucket, category)
);
