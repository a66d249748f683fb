-- A payload without the fields of these names, however deep they stand. Most have none: they are handed back as they are.
create or replace function without_fields(p_value jsonb, p_names text[]) returns jsonb
language plpgsql immutable parallel safe as $$
declare
  whole text;
begin
  if cardinality(p_names) = 0 then return p_value; end if;
  whole := p_value::text;
  if not exists (select from unnest(p_names) name where strpos(whole, '"' || name || '"') > 0) then return p_value; end if;
  case jsonb_typeof(p_value)
    when 'object' then
      return (
        select coalesce(jsonb_object_agg(key, without_fields(value, p_names)), '{}')
        from jsonb_each(p_value) where key <> all (p_names)
      );
    when 'array' then
      return (
        select jsonb_agg(without_fields(value, p_names) order by place)
        from jsonb_array_elements(p_value) with ordinality as e (value, place)
      );
    else return p_value;
  end case;
end $$;
