-- States of streams at versions, made by folding; losing all of them costs time only. `json` keeps the order of keys, as
-- folding does, and is written and read whole. The key finds the nearest one at or below a version in one descent.
create table snapshots (
  stream_id text collate "C" not null,
  reducer text collate "C" not null,
  reducer_version integer not null,
  stream_version bigint not null,
  state json not null,
  primary key (stream_id, reducer, reducer_version, stream_version)
);
