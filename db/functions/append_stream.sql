-- Appends several events of one stream, all or none, in one round trip; append_event tells of p_expected and the order of
-- the steps. p_data and p_metadata: the JSON of one event a line, because as an array of texts each of its quotation marks
-- is escaped here and there once more, a fifth of the time of an append of 100.
create or replace function append_stream(
  p_stream_id text, p_category text, p_expected bigint,
  p_event_ids uuid[], p_event_types text[], p_schema_versions smallint[],
  p_data text, p_metadata text, p_occurred_at timestamptz[], out stream_version bigint, out positions bigint[]
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
  with appended as (
    insert into events (global_position, stream_id, stream_version, event_type, schema_version, event_id,
                        data, metadata, occurred_at, recorded_at)
    select nextval('event_positions'), p_stream_id, append_stream.stream_version - n + e.ordinality, e.event_type,
           e.schema_version, e.event_id, e.data::jsonb, e.metadata::jsonb, coalesce(e.occurred_at, at_now), at_now
    from unnest(p_event_ids, p_event_types, p_schema_versions, string_to_array(p_data, E'\n'),
                string_to_array(p_metadata, E'\n'), p_occurred_at)
      with ordinality as e (event_id, event_type, schema_version, data, metadata, occurred_at, ordinality)
    returning events.global_position
  )
  select array_agg(a.global_position) into positions from appended a;
end $$;
