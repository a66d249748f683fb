-- The first half of an import whose events are then copied in, in the same transaction: takes the marker, opens or
-- extends the streams, in the order given (that of their ids, so that two imports can't wait for each other), and hands
-- out positions. versions: each stream's last one after the import; positions: ascending, one for each event.
create or replace function reserve_import(
  p_stream_ids text[], p_categories text[], p_counts int[], p_first_at timestamptz[], p_last_at timestamptz[],
  p_events int, out at_now timestamptz, out versions bigint[], out positions bigint[]
) language plpgsql as $$
begin
  if not append_marker() then raise exception 'the append marker is held by somebody alone'; end if;
  at_now := date_trunc('milliseconds', clock_timestamp());
  with extended as (
    insert into streams as s (stream_id, category, version, first_at, last_at)
    select t.stream_id, t.category, t.n, coalesce(t.first_at, at_now), coalesce(t.last_at, at_now)
    from unnest(p_stream_ids, p_categories, p_counts, p_first_at, p_last_at) as t (stream_id, category, n, first_at, last_at)
    on conflict (stream_id) do update set version = s.version + excluded.version, last_at = excluded.last_at
    returning s.version
  )
  select array_agg(e.version) into versions from extended e;
  positions := array(select nextval('event_positions') from generate_series(1, p_events));
end $$;
