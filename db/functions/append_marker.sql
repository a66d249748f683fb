-- Takes the append marker: a shared lock for this transaction whose key is a tag of this store's sequence (23 bits of
-- its oid) and the sequence's value (40 bits). Every position that the transaction gets afterwards is above that value.
create or replace function append_marker() returns void language plpgsql as $$
declare
  value bigint;
begin
  select case when is_called then last_value else 0 end into value from event_positions;
  perform pg_advisory_xact_lock_shared((('event_positions'::regclass::oid::bigint & 8388607) << 40) | value);
end $$;
