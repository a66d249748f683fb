-- Appends one event in one round trip, behind any version or one that exists; behind a known one, append_next does.
-- p_expected: a version; -1 for any, -2 for "the stream exists". TM001 with the actual version where it does not fit.
-- The order of the steps is what makes the order of events safe: marker, then the stream's row, then the position. The
-- marker is that of append_marker(), written out, because to call it costs 5 us.
create or replace function append_event(
  p_stream_id text, p_category text, p_expected bigint, p_event_id uuid, p_event_type text, p_schema_version smallint,
  p_data text, p_metadata text, p_occurred_at timestamptz, out stream_version bigint, out global_position bigint
) language plpgsql as $$
declare
  at_now constant timestamptz := date_trunc('milliseconds', clock_timestamp());
  occurred constant timestamptz := coalesce(p_occurred_at, at_now);
begin
  if not pg_try_advisory_xact_lock_shared(
    ('event_positions'::regclass::oid::bigint & 8388607) << 40 | coalesce(pg_sequence_last_value('event_positions'), 0))
  then raise exception 'the append marker is held by somebody alone'; end if;
  if p_expected in (-1, 0) then
    insert into streams as s values (p_stream_id, p_category, 1, occurred, occurred)
    on conflict (stream_id) do update set version = s.version + 1, last_at = excluded.last_at
      where p_expected = -1
    returning s.version into stream_version;
  else
    update streams s set version = s.version + 1, last_at = occurred
    where s.stream_id = p_stream_id and (p_expected = -2 or s.version = p_expected)
    returning s.version into stream_version;
  end if;
  if stream_version is null then
    raise exception 'expected version' using errcode = 'TM001', detail =
      coalesce((select s.version from streams s where s.stream_id = p_stream_id), 0);
  end if;
  insert into events (global_position, stream_id, stream_version, event_type, schema_version, event_id,
                      data, metadata, occurred_at, recorded_at)
  values (nextval('event_positions'), p_stream_id, stream_version, p_event_type, p_schema_version, p_event_id,
          p_data::jsonb, p_metadata::jsonb, occurred, at_now)
  returning events.global_position into append_event.global_position;
end $$;
