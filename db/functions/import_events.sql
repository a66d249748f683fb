-- Appends events of many streams in the order given, all or none, and passes over those whose id stands already with the
-- same content. TM002 with the ordinal of the first whose content differs. Versions follow each stream's last one;
-- streams are taken in the order of their ids, so that two imports can't wait for each other.
create or replace function import_events(
  p_stream_ids text[], p_categories text[], p_event_ids uuid[], p_event_types text[], p_schema_versions smallint[],
  p_data text[], p_metadata text[], p_occurred_at timestamptz[]
) returns table (added bigint) language plpgsql as $$
declare
  at_now constant timestamptz := date_trunc('milliseconds', clock_timestamp());
  differing bigint;
begin
  perform append_marker();
  drop table if exists importing;
  create temporary table importing on commit drop as
    select n.ordinal, n.stream_id, n.category, n.event_id, n.event_type, n.schema_version, n.data::jsonb as data,
           n.metadata::jsonb as metadata, coalesce(n.occurred_at, at_now) as occurred_at, e.event_id is not null as known,
           e.event_id is not null
             and (e.stream_id, e.event_type) is distinct from (n.stream_id, n.event_type) or e.data <> n.data::jsonb as differs
    from unnest(p_stream_ids, p_categories, p_event_ids, p_event_types, p_schema_versions, p_data, p_metadata, p_occurred_at)
      with ordinality as n (stream_id, category, event_id, event_type, schema_version, data, metadata, occurred_at, ordinal)
    left join events e on e.event_id = n.event_id;
  select min(i.ordinal) into differing from importing i where i.differs;
  if differing is not null then
    raise exception 'event id reused' using errcode = 'TM002', detail = differing;
  end if;
  delete from importing i where i.known;
  with bumped as (
    insert into streams as s (stream_id, category, version, first_at, last_at)
    select i.stream_id, min(i.category), count(*), min(i.occurred_at), max(i.occurred_at)
    from importing i group by i.stream_id order by i.stream_id
    on conflict (stream_id) do update set version = s.version + excluded.version, last_at = excluded.last_at
    returning s.stream_id, s.version
  )
  insert into events (global_position, stream_id, stream_version, event_type, schema_version, event_id, data, metadata,
                      occurred_at, recorded_at)
  select nextval('event_positions'), o.stream_id, o.version, o.event_type, o.schema_version, o.event_id, o.data,
         o.metadata, o.occurred_at, at_now
  from (
    select i.*, b.version - count(*) over (partition by i.stream_id)
             + row_number() over (partition by i.stream_id order by i.ordinal) as version
    from importing i join bumped b using (stream_id) order by i.ordinal
  ) o;
  return query select count(*) from importing;
end $$;
