-- Takes tokens from a bucket that refills at p_rate a second up to p_burst: p_wanted of them, or what there is, but none
-- where that is less than p_least. retry_after: seconds until p_least will be there. The clock is the database's.
create or replace function take_tokens(
  p_key text, p_wanted double precision, p_least double precision, p_rate double precision, p_burst double precision
) returns table (granted double precision, remaining double precision, retry_after double precision) language plpgsql as $$
declare
  at_now constant timestamptz := clock_timestamp();
  available double precision;
begin
  insert into rate_buckets values (p_key, p_burst, at_now) on conflict (key) do nothing;
  select least(p_burst, b.tokens + greatest(0, extract(epoch from at_now - b.at)) * p_rate) into available
    from rate_buckets b where b.key = p_key for update;
  granted := case when available < p_least then 0 else least(p_wanted, available) end;
  remaining := available - granted;
  retry_after := greatest(0, (p_least - available) / p_rate);
  update rate_buckets b set tokens = remaining, at = at_now where b.key = p_key;
  return next;
end $$;
