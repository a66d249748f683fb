-- Counts by ten minutes, six hours, day and month beside those that there are, and streams by category, for every version
-- of the density projection that has tables: what it will count from now on is then complete from the beginning.
do $$
declare
  store constant text := current_schema();
  v record;
begin
  for v in
    -- A new store has the tables of version 1, and says what that version is when it is first started.
    select coalesce(p.checkpoint, 0) as checkpoint, coalesce(p.state, 'serving') as state, n.nspname as schema
    from pg_namespace n left join projection_versions p on p.name = 'density' and n.nspname = store || '_density_v' || p.version
    where n.nspname ~ ('^' || store || '_density_v\d+$')
  loop
    execute format('
      insert into %1$I.density
      select w.wide, date_bin(make_interval(secs => w.wide), d.bucket_start, timestamptz ''1970-01-01Z''), d.category, d.event_type,
             sum(d.count), min(d.first_position), max(d.last_position)
      from %1$I.density d join (values (60, 600), (3600, 21600), (3600, 86400), (3600, 2592000)) w (narrow, wide)
        on d.bucket_seconds = w.narrow
      group by 1, 2, 3, 4', v.schema);
    execute format('
      create table %I.stream_counts (
        category text collate "C" primary key,
        streams bigint not null,
        last_position bigint not null
      )', v.schema);
    -- Of the streams that there are, those are left out whose first event is still to be counted.
    execute format('
      insert into %I.stream_counts
      select s.category, count(*) - coalesce((
               select count(*) from events e
               where e.global_position > $1 and e.stream_version = 1 and split_part(e.stream_id, ''-'', 1) = s.category
             ), 0), $1
      from streams s group by s.category', v.schema) using v.checkpoint;
    if v.state = 'serving' then
      execute format('create view stream_counts as select * from %I.stream_counts', v.schema);
    end if;
  end loop;
end $$;
