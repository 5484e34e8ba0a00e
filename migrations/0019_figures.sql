-- What the nationwide figures count: for every value of every dimension a row of bits, one for each record, set where
-- the record has that value. To count is to lay such rows over each other. It follows the log, and can be thrown away
-- at any time. No text of a record is in it, nor what a record no longer has.

-- Which bit is a record's: number `slot` of all, so bit `slot % 8192` of block `slot / 8192`.
create table figure_slots (
  slot int generated always as identity (minvalue 0) primary key,
  iss text not null,
  feed text not null,
  rid uuid not null,
  unique (iss, rid, feed)
);

create table figure_bits (
  block int not null,
  dimension text not null,
  value text collate "C" not null,
  bits bit(8192) not null,
  primary key (block, dimension, value)
);

-- What centres did, for reports: of each entry that has an effect what is counted.
create table figure_acts (
  iss text not null,
  feed text not null,
  -- In Germany, as signed.
  day date not null,
  op text not null,
  rid uuid not null,
  ver int not null,
  kind text,
  of text,
  role text
);
create index figure_acts_by_day on figure_acts (day);
create index figure_acts_by_record on figure_acts (rid);

-- A block in which these bits are set.
create function bits_at(p_bits int[])
returns bit(8192) language plpgsql immutable parallel safe as $$
declare
  v_bits bit(8192) := 0::bit(8192);
  v_bit int;
begin
  foreach v_bit in array p_bits loop
    v_bits := set_bit(v_bits, v_bit, 1);
  end loop;
  return v_bits;
end $$;

-- What a record is counted by. `seen`: by whom it can be read. `adopted`: whose record it takes over.
create function figures_of(p_record records)
returns table (dimension text, value text) language plpgsql stable as $$
begin
  return query
    select 'seen', 'public' where p_record.feed = 'public'
    union all select 'seen', 'members' where not exists (
      select from records o
      where o.iss = p_record.iss and o.rid = p_record.rid and o.feed <> p_record.feed and o.ver > p_record.ver
    )
    union all select 'kind', p_record.kind
    union all select 'centre', p_record.iss
    union all select 'review', p_record.teaser ->> 'reviewBy'
    union all select 'day', to_char(to_timestamp(p_record.first_published) at time zone 'Europe/Berlin', 'YYYY-MM-DD')
    union all select 'month', to_char(to_timestamp(p_record.first_published) at time zone 'Europe/Berlin', 'YYYY-MM')
    union all select 'topic', jsonb_array_elements_text(p_record.teaser -> 'topics')
    union all select 'sector', jsonb_array_elements_text(p_record.teaser -> 'sectors')
    union all select 'size', jsonb_array_elements_text(p_record.teaser -> 'companySizes')
    union all select 'land', jsonb_array_elements_text(p_record.teaser -> 'regions')
    union all select 'outcome', p_record.teaser -> 'own' ->> 'outcome' where p_record.teaser -> 'own' ? 'outcome'
    union all select 'maturity', p_record.teaser -> 'own' ->> 'maturity' where p_record.teaser -> 'own' ? 'maturity'
    union all select 'adopted', concat_ws(' ', named ->> 'iss', named ->> 'rid')
      from jsonb_array_elements(p_record.teaser -> 'refersTo') named
      where p_record.kind = 'adoption' and named ->> 'field' = 'what' and named ->> 'iss' <> p_record.iss;
end $$;

-- Counts these records anew, `[{iss, rid}]`, as they stand now.
create function count_again(p_records jsonb)
returns void language plpgsql volatile as $$
begin
  delete from figure_acts
  where rid in (select rid from jsonb_to_recordset(p_records) as x (rid uuid));
  insert into figure_acts (iss, feed, day, op, rid, ver, kind, of, role)
  select f.iss, f.feed, (to_timestamp(e.iat) at time zone 'Europe/Berlin')::date, e.op, e.rid, e.ver, e.kind, e.of, e.role
  from entries e join feeds f on f.id = e.feed_id
  where e.rid in (select rid from jsonb_to_recordset(p_records) as x (rid uuid)) and e.op is not null
    and e.fault is null;

  with gone as (
    select slot / 8192 as block, bits_at(array_agg(slot % 8192)) as bits
    from figure_slots s
    join jsonb_to_recordset(p_records) as x (iss text, rid uuid) on x.iss = s.iss and x.rid = s.rid
    group by slot / 8192
  )
  update figure_bits b set bits = b.bits & ~g.bits from gone g
  where b.block = g.block and bit_count(b.bits & g.bits) > 0;
  delete from figure_bits where bits = 0::bit(8192);

  delete from figure_slots s
  using jsonb_to_recordset(p_records) as x (iss text, rid uuid)
  where s.iss = x.iss and s.rid = x.rid and not exists (
    select from records r
    where r.iss = s.iss and r.feed = s.feed and r.rid = s.rid and r.teaser is not null and not r.hidden
  );
  insert into figure_slots (iss, feed, rid)
  select r.iss, r.feed, r.rid
  from jsonb_to_recordset(p_records) as x (iss text, rid uuid)
  join records r on r.iss = x.iss and r.rid = x.rid
  where r.teaser is not null and not r.hidden
    -- A number is spent even where the row is there already.
    and not exists (select from figure_slots s where s.iss = r.iss and s.feed = r.feed and s.rid = r.rid);

  insert into figure_bits as b (block, dimension, value, bits)
  select s.slot / 8192, f.dimension, f.value, bits_at(array_agg(s.slot % 8192))
  from jsonb_to_recordset(p_records) as x (iss text, rid uuid)
  join figure_slots s on s.iss = x.iss and s.rid = x.rid
  join records r on r.iss = s.iss and r.feed = s.feed and r.rid = s.rid
  cross join lateral figures_of(r) f
  group by s.slot / 8192, f.dimension, f.value
  on conflict (block, dimension, value) do update set bits = b.bits | excluded.bits;
end $$;

-- Follows the log by so many entries. Answers whether there are more.
create function follow_figures(p_most int)
returns boolean language plpgsql volatile as $$
declare
  v_after bigint;
  v_end bigint;
  v_upto bigint;
begin
  insert into followers (name, position) values ('figures', 0) on conflict do nothing;
  select position into v_after from followers where name = 'figures' for update;
  select position into v_end from log_end;
  if v_after >= v_end then
    return false;
  end if;
  v_upto := least(v_after + p_most, v_end);
  perform count_again(coalesce((
    select jsonb_agg(jsonb_build_object('iss', t.iss, 'rid', t.rid))
    from (
      select f.iss, e.rid from entries e join feeds f on f.id = e.feed_id
      where e.position > v_after and e.position <= v_upto and e.rid is not null
      union
      select iss, rid from touches where position > v_after and position <= v_upto
    ) t
  ), '[]'));
  update followers set position = v_upto where name = 'figures';
  return v_upto < v_end;
end $$;

-- Counts everything anew in one act: whoever asks meanwhile is answered from what there was.
create function recount_figures()
returns void language plpgsql volatile as $$
begin
  insert into followers (name, position) values ('figures', 0) on conflict do nothing;
  perform from followers where name = 'figures' for update;
  update followers set position = (select position from log_end) where name = 'figures';
  delete from figure_bits;
  delete from figure_slots;
  delete from figure_acts;
  perform count_again(coalesce((
    select jsonb_agg(distinct jsonb_build_object('iss', iss, 'rid', rid)) from records
  ), '[]'));
end $$;

-- Lists of one kind, of which there may be few among very many others.
create index records_of_kind on records (kind, changed desc, iss, rid) where teaser is not null;
