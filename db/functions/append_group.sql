-- Appends for many streams in one transaction, one append a stream, each all or none. Most groups take append_next_group;
-- this one is for times of one's own, groups of which one does not fit, and versions that are not known, unless all are
-- such and of one event.
-- p_expected as in append_event. p_data and p_metadata: the JSON of one event a line. Of events there are p_counts[1] of the first append, then
-- p_counts[2] of the second …; p_appends says it once more for each event, so that no join is needed.
-- bases: for each append its stream's version less the number of its last event in this call; null where it did not fit
-- its expected version, which harms no other. positions: those of the events that were appended, one after the other.
-- Rows of streams are taken in the order of their ids, so that two groups do not wait for each other crosswise; where
-- they do all the same (one opens what the other continues), Postgres ends one, and its members are appended singly.
-- A session plans this while streams may still be empty, and keeps the plan: the settings, and `any` in place of `=`
-- (which can't be hashed), leave the planner nothing but the index. With `=` it read all of streams for every group.
create or replace function append_group(
  p_stream_ids text[], p_categories text[], p_expected bigint[], p_counts int[],
  p_appends int[], p_event_ids uuid[], p_event_types text[], p_schema_versions smallint[],
  p_data text, p_metadata text, p_occurred_at timestamptz[], out bases bigint[], out positions bigint[]
) language plpgsql set enable_seqscan = off set enable_material = off as $$
declare
  at_now constant timestamptz := date_trunc('milliseconds', clock_timestamp());
begin
  if not append_marker() then raise exception 'the append marker is held by somebody alone'; end if;
  with requests as materialized (
    select r.*, sum(r.n) over (order by r.ordinal) as ends
    from unnest(p_stream_ids, p_categories, p_expected, p_counts)
      with ordinality as r (stream_id, category, expected, n, ordinal)
  ), timed as materialized (
    select r.*, coalesce(p_occurred_at[r.ends - r.n + 1], at_now) as first_at,
           coalesce(p_occurred_at[r.ends], at_now) as last_at
    from requests r order by r.stream_id
  ), opened as (
    insert into streams as s (stream_id, category, version, first_at, last_at)
    select t.stream_id, t.category, t.n, t.first_at, t.last_at from timed t where t.expected = 0
    on conflict (stream_id) do nothing
    returning s.stream_id, s.version
  ), extended as (
    insert into streams as s (stream_id, category, version, first_at, last_at)
    select t.stream_id, t.category, t.n, t.first_at, t.last_at from timed t where t.expected = -1
    on conflict (stream_id) do update set version = s.version + excluded.version, last_at = excluded.last_at
    returning s.stream_id, s.version
  ), continued as (
    update streams s set version = s.version + t.n, last_at = t.last_at
    from timed t
    where s.stream_id = any (array[t.stream_id])
      and (t.expected > 0 and s.version = t.expected or t.expected = -2)
    returning s.stream_id, s.version
  )
  select array_agg(f.version - t.ends order by t.ordinal) into bases
  from timed t
    left join (select * from opened union all select * from extended union all select * from continued) f
      using (stream_id);
  -- The scan gives the events in their order, and so the positions are; a sort would say it again.
  with appended as (
    insert into events (global_position, stream_id, stream_version, event_type, schema_version, event_id,
                        data, metadata, occurred_at, recorded_at)
    select nextval('event_positions'), p_stream_ids[e.append], bases[e.append] + e.ordinality, e.event_type,
           e.schema_version, e.event_id, e.data::jsonb, e.metadata::jsonb, coalesce(e.occurred_at, at_now), at_now
    from unnest(p_appends, p_event_ids, p_event_types, p_schema_versions, string_to_array(p_data, E'\n'),
                string_to_array(p_metadata, E'\n'), p_occurred_at)
      with ordinality as e (append, event_id, event_type, schema_version, data, metadata, occurred_at, ordinality)
    where bases[e.append] is not null
    returning events.global_position
  )
  select coalesce(array_agg(a.global_position), '{}') into positions from appended a;
end $$;
