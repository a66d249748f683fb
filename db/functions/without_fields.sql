-- A payload without the fields of these names, however deep they stand. Most have none, or have them at the top: what
-- remains is looked at as text before anything in it is.
create or replace function without_fields(p_value jsonb, p_names text[]) returns jsonb
language plpgsql immutable parallel safe as $$
declare
  rest jsonb := p_value;
  whole text;
  name text;
begin
  if cardinality(p_names) = 0 then return p_value; end if;
  if jsonb_typeof(p_value) = 'object' then rest := p_value - p_names; end if;
  whole := rest::text;
  foreach name in array p_names loop
    if strpos(whole, '"' || name || '"') = 0 then continue; end if;
    if jsonb_typeof(rest) = 'object' then
      return (select coalesce(jsonb_object_agg(key, without_fields(value, p_names)), '{}') from jsonb_each(rest));
    end if;
    if jsonb_typeof(rest) = 'array' then
      return (
        select jsonb_agg(without_fields(value, p_names) order by place)
        from jsonb_array_elements(rest) with ordinality as e (value, place)
      );
    end if;
  end loop;
  return rest;
end $$;
