create table orders (
  order_id text collate "C" primary key,
  status text not null,
  customer_id text,
  total_amount bigint,
  currency text,
  stream_version bigint not null,
  placed_at timestamptz,
  updated_at timestamptz not null
);

create index orders_by_customer on orders (customer_id, order_id);

-- One document a stream. `fields` is the merged data, `version` the stream's, so that a late write can't undo a newer.
create table search_documents (
  stream_id text collate "C" primary key,
  category text collate "C" not null,
  version bigint not null,
  title text not null,
  body text not null,
  fields jsonb not null,
  event_types text[] not null,
  lexemes tsvector not null
);

create index search_documents_by_lexeme on search_documents using gin (lexemes);
create index search_documents_by_trigram on search_documents using gin ((title || ' ' || body) gin_trgm_ops);

-- Counts by second, minute and hour of occurred_at. The positions bound where the events of a bucket stand, so that a
-- window in time becomes a range of the primary key.
create table density (
  bucket_seconds int not null,
  bucket_start timestamptz not null,
  category text collate "C" not null,
  event_type text collate "C" not null,
  count bigint not null,
  first_position bigint not null,
  last_position bigint not null,
  primary key (bucket_seconds, bucket_start, category, event_type)
);
