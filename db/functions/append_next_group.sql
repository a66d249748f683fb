-- Appends for many streams in one transaction, each behind the version that its writer decided on, all or none: TM003
-- where one does not fit; append_group then gives each its own answer. Answers the positions, one after the other.
-- The caller has sorted by stream id, so that two groups do not wait for each other crosswise, and has counted:
-- p_versions is what each stream is at afterwards, p_counts how many events it gets. The other arrays have one element
-- an event. Where each append is of one event, p_counts, p_event_streams and p_event_versions are null; where each of
-- those is behind any version, p_versions is null too, and the versions that come of it are answered before the positions.
-- p_data and p_metadata: the JSON of one event a line. The steps and `on conflict` are those of append_next.
-- `unnest` stands in the select list, where it makes no table of each array first, as it does behind `from`: 40 us of the
-- 80 that 8 appends take less than by append_group. What has no estimate of its own must not join it: with
-- `generate_series` of a parameter Postgres plans every call anew.
create or replace function append_next_group(
  p_stream_ids text[], p_categories text[], p_versions bigint[], p_counts int[],
  p_event_streams text[], p_event_versions bigint[], p_event_ids uuid[], p_event_types text[],
  p_schema_versions smallint[], p_data text, p_metadata text
) returns bigint[] language plpgsql as $$
declare
  at_now constant timestamptz := date_trunc('milliseconds', clock_timestamp());
  versions bigint[];
  positions bigint[];
begin
  if not pg_try_advisory_xact_lock_shared(
    ('event_positions'::regclass::oid::bigint & 8388607) << 40 | coalesce(pg_sequence_last_value('event_positions'), 0))
  then raise exception 'the append marker is held by somebody alone'; end if;
  with changed as (
    insert into streams as s (stream_id, category, version, first_at, last_at)
    select a.stream_id, a.category, coalesce(a.n, 1), at_now, at_now
    from (select unnest(p_stream_ids), unnest(p_categories), unnest(p_counts)) a (stream_id, category, n)
    on conflict (stream_id) do update set version = s.version + excluded.version, last_at = excluded.last_at
    returning s.version
  )
  select array_agg(c.version) into versions from changed c;
  if versions <> p_versions then raise exception 'expected version' using errcode = 'TM003'; end if;
  for i in 1 .. cardinality(p_event_ids) loop
    positions[i] := nextval('event_positions');
  end loop;
  insert into events (global_position, stream_id, stream_version, event_type, schema_version, event_id,
                      data, metadata, occurred_at, recorded_at)
  select e.global_position, e.stream_id, e.stream_version, e.event_type, e.schema_version, e.event_id,
         e.data::jsonb, e.metadata::jsonb, at_now, at_now
  from (
    select unnest(positions), unnest(coalesce(p_event_streams, p_stream_ids)),
           unnest(coalesce(p_event_versions, versions)), unnest(p_event_types), unnest(p_schema_versions),
           unnest(p_event_ids), unnest(string_to_array(p_data, E'\n')), unnest(string_to_array(p_metadata, E'\n'))
  ) e (global_position, stream_id, stream_version, event_type, schema_version, event_id, data, metadata);
  return case when p_versions is null then versions || positions else positions end;
end $$;
