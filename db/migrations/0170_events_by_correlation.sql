-- A trace reads the events of one correlation in the order of the store; without this it reads the whole store.
create index events_by_correlation on events ((metadata->>'correlationId'), global_position)
  where metadata->>'correlationId' is not null;
