-- Finds streams by any part of their ids. Ids never change, so an append to a stream that is there does not touch it.
create index streams_by_trigram on streams using gin (stream_id gin_trgm_ops);
