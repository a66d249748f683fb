-- Appends for many streams in one transaction, one append a stream, each all or none. An append gets a row where it was
-- made; one without a row did not fit its expected version, and harms no other.
-- p_expected as in append_events. Of events there are p_counts[1] of the first append, then p_counts[2] of the second …;
-- p_appends says it once more for each event, because a join by it costs less than one by ranges.
-- Rows of streams are taken in the order of their ids, so that two groups do not wait for each other crosswise; where
-- they do all the same (one opens what the other continues), Postgres ends one, and its members are appended singly.
create or replace function append_group(
  p_stream_ids text[], p_categories text[], p_expected bigint[], p_counts int[],
  p_appends int[], p_event_ids uuid[], p_event_types text[], p_schema_versions smallint[],
  p_data text[], p_metadata text[], p_occurred_at timestamptz[]
) returns table (ordinal bigint, stream_version bigint, global_position bigint) language plpgsql as $$
declare
  at_now constant timestamptz := date_trunc('milliseconds', clock_timestamp());
begin
  perform append_marker();
  return query
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
      where s.stream_id = t.stream_id and (t.expected > 0 and s.version = t.expected or t.expected = -2)
      returning s.stream_id, s.version
    ), fitting as materialized (
      select t.ordinal, t.stream_id, t.n, t.ends, f.version
      from (select * from opened union all select * from extended union all select * from continued) f
        join timed t using (stream_id)
    ), appended as (
      insert into events (global_position, stream_id, stream_version, event_type, schema_version, event_id,
                          data, metadata, occurred_at, recorded_at)
      select nextval('event_positions'), o.stream_id, o.version, o.event_type, o.schema_version, o.event_id,
             o.data::jsonb, o.metadata::jsonb, coalesce(o.occurred_at, at_now), at_now
      from (
        select f.stream_id, f.version - f.ends + e.ordinality as version, e.*
        from unnest(p_appends, p_event_ids, p_event_types, p_schema_versions, p_data, p_metadata, p_occurred_at)
            with ordinality as e (append, event_id, event_type, schema_version, data, metadata, occurred_at, ordinality)
          join fitting f on f.ordinal = e.append
        order by e.ordinality
      ) o
      returning events.stream_id, events.global_position
    )
    select f.ordinal, f.version, max(a.global_position) from fitting f join appended a using (stream_id)
    group by f.ordinal, f.version;
end $$;
