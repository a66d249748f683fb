-- Appends events of many streams in the order given, all or none, and passes over those whose id stands already with the
-- same content. TM002 with the ordinal of the first whose content differs. Versions follow each stream's last one;
-- streams are taken in the order of their ids, so that two imports can't wait for each other.
create or replace function import_events(
  p_stream_ids text[], p_categories text[], p_event_ids uuid[], p_event_types text[], p_schema_versions smallint[],
  p_data text[], p_metadata text[], p_occurred_at timestamptz[]
) returns table (added bigint) language plpgsql as $$
declare
  at_now constant timestamptz := date_trunc('milliseconds', clock_timestamp());
  known bigint[];
  differing bigint;
begin
  if not append_marker() then raise exception 'the append marker is held by somebody alone'; end if;
  select coalesce(array_agg(n.ordinal), '{}'), min(n.ordinal) filter (
           where (e.stream_id, e.event_type) is distinct from (n.stream_id, n.event_type) or e.data <> n.data::jsonb)
    into known, differing
  from unnest(p_event_ids, p_stream_ids, p_event_types, p_data)
      with ordinality as n (event_id, stream_id, event_type, data, ordinal)
    join events e using (event_id);
  if differing is not null then
    raise exception 'event id reused' using errcode = 'TM002', detail = differing;
  end if;
  return query
    with incoming as materialized (
      select n.*, coalesce(n.at, at_now) as occurred_at, row_number() over (partition by n.stream_id order by n.ordinal) as nth
      from unnest(p_stream_ids, p_categories, p_event_ids, p_event_types, p_schema_versions, p_data, p_metadata, p_occurred_at)
        with ordinality as n (stream_id, category, event_id, event_type, schema_version, data, metadata, at, ordinal)
      where n.ordinal <> all (known)
    ), totals as materialized (
      select i.stream_id, min(i.category) as category, count(*) as n, min(i.occurred_at) as first_at, max(i.occurred_at) as last_at
      from incoming i group by i.stream_id order by i.stream_id
    ), bumped as (
      insert into streams as s (stream_id, category, version, first_at, last_at)
      select t.stream_id, t.category, t.n, t.first_at, t.last_at from totals t
      on conflict (stream_id) do update set version = s.version + excluded.version, last_at = excluded.last_at
      returning s.stream_id, s.version
    ), appended as (
      insert into events (global_position, stream_id, stream_version, event_type, schema_version, event_id, data,
                          metadata, occurred_at, recorded_at)
      select nextval('event_positions'), o.stream_id, o.version, o.event_type, o.schema_version, o.event_id,
             o.data::jsonb, o.metadata::jsonb, o.occurred_at, at_now
      from (
        select i.*, b.version - t.n + i.nth as version
        from incoming i join totals t using (stream_id) join bumped b using (stream_id) order by i.ordinal
      ) o
      returning 1
    )
    select count(*) from appended;
end $$;
