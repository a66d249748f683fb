-- Appends one event behind the version that its writer decided on: most appends are such. Answers its position; the
-- version is p_expected + 1. TM001 with the actual version where it does not fit.
-- The order of the steps is what makes the order of events safe: marker, then the stream's row, then the position. The
-- marker is that of append_marker(), written out, because to call it costs 5 us.
-- `on conflict` finds the row by the primary key whatever the statistics say, so no plan made while the table was small
-- reads all of it later; an update took 5 us less and left that to the planner. A row that did not fit is rolled back.
-- A single value as the answer, and the position by a step of its own: 7 to 17 us less than append_event.
create or replace function append_next(
  p_stream_id text, p_category text, p_expected bigint, p_event_id uuid, p_event_type text, p_schema_version smallint,
  p_data text, p_metadata text, p_occurred_at timestamptz
) returns bigint language plpgsql as $$
declare
  at_now constant timestamptz := date_trunc('milliseconds', clock_timestamp());
  occurred constant timestamptz := coalesce(p_occurred_at, at_now);
  now_at bigint;
  next_position bigint;
begin
  if not pg_try_advisory_xact_lock_shared(
    ('event_positions'::regclass::oid::bigint & 8388607) << 40 | coalesce(pg_sequence_last_value('event_positions'), 0))
  then raise exception 'the append marker is held by somebody alone'; end if;
  insert into streams as s values (p_stream_id, p_category, 1, occurred, occurred)
  on conflict (stream_id) do update set version = s.version + 1, last_at = excluded.last_at
  returning s.version into now_at;
  if now_at <> p_expected + 1 then
    raise exception 'expected version' using errcode = 'TM001', detail = now_at - 1;
  end if;
  next_position := nextval('event_positions');
  insert into events (global_position, stream_id, stream_version, event_type, schema_version, event_id,
                      data, metadata, occurred_at, recorded_at)
  values (next_position, p_stream_id, now_at, p_event_type, p_schema_version, p_event_id,
          p_data::jsonb, p_metadata::jsonb, occurred, at_now);
  return next_position;
end $$;
