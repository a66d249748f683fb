-- Appends the events of one stream, all or none, in one round trip.
-- p_expected: a version; -1 for any, -2 for "the stream exists". TM001 with the actual version where it does not fit.
-- The order of the steps is what makes the order of events safe: marker, then the stream's row, then positions.
create or replace function append_events(
  p_stream_id text, p_category text, p_expected bigint,
  p_event_ids uuid[], p_event_types text[], p_schema_versions smallint[],
  p_data text[], p_metadata text[], p_occurred_at timestamptz[], out stream_version bigint, out positions bigint[]
) language plpgsql as $$
declare
  n constant int := cardinality(p_event_ids);
  at_now constant timestamptz := date_trunc('milliseconds', clock_timestamp());
  first_occurred constant timestamptz := coalesce(p_occurred_at[1], at_now);
  last_occurred constant timestamptz := coalesce(p_occurred_at[n], at_now);
begin
  if not append_marker() then raise exception 'the append marker is held by somebody alone'; end if;
  if p_expected in (-1, 0) then
    insert into streams as s values (p_stream_id, p_category, n, first_occurred, last_occurred)
    on conflict (stream_id) do update set version = s.version + n, last_at = excluded.last_at
      where p_expected = -1
    returning s.version into stream_version;
  else
    update streams s set version = s.version + n, last_at = last_occurred
    where s.stream_id = p_stream_id and (p_expected = -2 or s.version = p_expected)
    returning s.version into stream_version;
  end if;
  if stream_version is null then
    raise exception 'expected version' using errcode = 'TM001', detail =
      coalesce((select s.version from streams s where s.stream_id = p_stream_id), 0);
  end if;
  if n = 1 then
    -- A plain row: by way of unnest the whole call takes 15 to 20 % longer.
    positions[1] := nextval('event_positions');
    insert into events (global_position, stream_id, stream_version, event_type, schema_version, event_id,
                        data, metadata, occurred_at, recorded_at)
    values (positions[1], p_stream_id, stream_version, p_event_types[1], p_schema_versions[1], p_event_ids[1],
            p_data[1]::jsonb, p_metadata[1]::jsonb, last_occurred, at_now);
    return;
  end if;
  with appended as (
    insert into events (global_position, stream_id, stream_version, event_type, schema_version, event_id,
                        data, metadata, occurred_at, recorded_at)
    select nextval('event_positions'), p_stream_id, append_events.stream_version - n + e.ordinality, e.event_type,
           e.schema_version, e.event_id, e.data::jsonb, e.metadata::jsonb, coalesce(e.occurred_at, at_now), at_now
    from unnest(p_event_ids, p_event_types, p_schema_versions, p_data, p_metadata, p_occurred_at)
      with ordinality as e (event_id, event_type, schema_version, data, metadata, occurred_at, ordinality)
    returning events.global_position
  )
  select array_agg(a.global_position) into positions from appended a;
end $$;
