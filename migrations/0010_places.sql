-- Places that an operator imported beside those that come with the program.
create table place_sets (
  id text primary key,
  title text not null,
  version text not null,
  licence text not null,
  attribution text not null,
  as_of date,
  imported_at timestamptz not null
);

create table places (
  set_id text not null references place_sets (id) on delete cascade,
  plz text check (plz ~ '^[0-9]{5}$'),
  name text not null,
  kreis text,
  land text not null,
  ags text check (ags ~ '^[0-9]{8}$')
);
create index places_of_set on places (set_id);

-- A set as a whole takes the place of an older one.
create function import_places(p_set json, p_places json, p_at timestamptz)
returns bigint language plpgsql volatile as $$
declare
  v_count bigint;
begin
  delete from place_sets where id = p_set ->> 'id';
  insert into place_sets (id, title, version, licence, attribution, as_of, imported_at)
  values (
    p_set ->> 'id', p_set ->> 'title', p_set ->> 'version', p_set ->> 'licence',
    p_set ->> 'attribution', (p_set ->> 'asOf')::date, p_at
  );
  insert into places (set_id, plz, name, kreis, land, ags)
  select p_set ->> 'id', p.plz, p.name, p.kreis, p.land, p.ags
  from json_to_recordset(p_places) as p (plz text, name text, kreis text, land text, ags text);
  get diagnostics v_count = row_count;
  return v_count;
end $$;
