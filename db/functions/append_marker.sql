-- Takes the append marker: a shared lock for this transaction whose key is a tag of this store's sequence (23 bits of
-- its oid) and the sequence's value (40 bits). Every position that the transaction gets afterwards is above that value.
-- Written as one expression, because a statement of its own costs each append some 20 µs. False would mean that somebody
-- holds such a lock for himself alone, which nobody does.
create or replace function append_marker() returns boolean language plpgsql as $$
begin
  return pg_try_advisory_xact_lock_shared(
    ('event_positions'::regclass::oid::bigint & 8388607) << 40 | coalesce(pg_sequence_last_value('event_positions'), 0));
end $$;
