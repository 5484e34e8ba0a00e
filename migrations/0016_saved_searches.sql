-- Searches that somebody keeps to be told what comes, changes and goes in them. They follow the log, and only keys of
-- records are kept here: no title, no content.
create table saved_searches (
  id uuid primary key,
  person uuid not null references people on delete cascade,
  -- As she calls it.
  name text not null,
  -- What is looked for: the members of its address, without `?`.
  query text not null,
  -- How it was understood last: which words were known, taken for errors, or had synonyms.
  reading text not null,
  rhythm text not null check (rhythm in ('at-once', 'daily', 'weekly')),
  -- Whether she also gets a message of it, which goes to her address if she gave one; else she sees it on her start
  -- page.
  message boolean not null,
  made_at timestamptz not null,
  told_at timestamptz not null
);
create index saved_searches_by_person on saved_searches (person, made_at);

-- What a search has found so far: of which record which version.
create table saved_hits (
  search uuid not null references saved_searches on delete cascade,
  iss text not null,
  rid uuid not null,
  ver int not null,
  primary key (search, iss, rid)
);
create index saved_hits_by_record on saved_hits (iss, rid);

-- What she has not seen yet. It shows once it was told.
create table saved_news (
  search uuid not null references saved_searches on delete cascade,
  iss text not null,
  rid uuid not null,
  what text not null check (what in ('new', 'changed', 'gone')),
  noted_at timestamptz not null,
  told_at timestamptz,
  primary key (search, iss, rid)
);

-- Whose account is closed follows nothing any more.
create function forget_saved_searches() returns trigger language plpgsql as $$
begin
  delete from saved_searches where person = new.id;
  return null;
end $$;
create trigger forget_saved_searches after update of closed_at on people
for each row when (new.closed_at is not null) execute function forget_saved_searches();

-- Keeps a search with what it finds: `p_hits` [{iss, rid, ver}, …] as of a position of the log. `behind` where those
-- who keep searches have followed further meanwhile, so that something might be missed; `too-many` where she has enough
-- of them, `known` where she keeps the same already.
create function save_search(p_search jsonb, p_hits jsonb, p_position bigint, p_most int, p_now timestamptz)
returns text language plpgsql volatile as $$
declare
  v_id uuid := (p_search ->> 'id')::uuid;
  v_person uuid := (p_search ->> 'person')::uuid;
begin
  insert into followers (name, position) values ('saved_searches', p_position) on conflict do nothing;
  perform from followers where name = 'saved_searches' and position <= p_position for update;
  if not found then
    return 'behind';
  end if;
  if exists (select from saved_searches where person = v_person and query = p_search ->> 'query') then
    return 'known';
  end if;
  if (select count(*) from saved_searches where person = v_person) >= p_most then
    return 'too-many';
  end if;
  insert into saved_searches (id, person, name, query, reading, rhythm, message, made_at, told_at)
  values (
    v_id, v_person, p_search ->> 'name', p_search ->> 'query', p_search ->> 'reading', p_search ->> 'rhythm',
    (p_search ->> 'message')::boolean, p_now, p_now
  );
  insert into saved_hits (search, iss, rid, ver)
  select v_id, iss, rid, ver from jsonb_to_recordset(p_hits) as h (iss text, rid uuid, ver int);
  return 'saved';
end $$;

-- Notes what the next entries of the log mean for searches. `p_touched`: records [{iss, rid}, …]; `p_searches`: ids of
-- those that were looked at; `p_hits`: which of the records they find [{search, iss, rid, ver, enters}, …], where
-- what does not enter may stay; `p_anew`: searches that are understood otherwise than before, with all that they find
-- now [{search, reading, hits: [{iss, rid, ver}, …]}, …]. That is no news, but for records that came, changed or were
-- taken back just now. False where another follower was quicker: each step is taken once.
create function note_saved_news(
  p_after bigint, p_upto bigint, p_touched jsonb, p_searches jsonb, p_hits jsonb, p_anew jsonb, p_now timestamptz
) returns boolean language plpgsql volatile as $$
begin
  perform from followers where name = 'saved_searches' and position = p_after for update;
  if not found then
    return false;
  end if;

  with hits as (
    select h.* from jsonb_to_recordset(p_hits) as h (search uuid, iss text, rid uuid, ver int, enters boolean)
    join saved_searches s on s.id = h.search
  ),
  anew as (select search from jsonb_to_recordset(p_anew) as a (search uuid)),
  left_out as (
    delete from saved_hits k using jsonb_to_recordset(p_touched) as t (iss text, rid uuid)
    where k.iss = t.iss and k.rid = t.rid and p_searches ? k.search::text
      and not exists (select from hits h where h.search = k.search and h.iss = k.iss and h.rid = k.rid)
    returning k.search, k.iss, k.rid, k.ver
  ),
  gone as (
    select l.search, l.iss, l.rid, 'gone' as what from left_out l
    where l.search not in (select search from anew)
      or not exists (
        select from records r
        where r.iss = l.iss and r.rid = l.rid and r.ver = l.ver and r.state = 'published'
      )
  ),
  changed as (
    update saved_hits k set ver = h.ver from hits h
    where k.search = h.search and k.iss = h.iss and k.rid = h.rid and k.ver <> h.ver
    returning k.search, k.iss, k.rid, 'changed' as what
  ),
  came as (
    insert into saved_hits (search, iss, rid, ver) select search, iss, rid, ver from hits where enters
    on conflict do nothing returning search, iss, rid, 'new' as what
  ),
  news as (select * from gone union all select * from changed union all select * from came),
  -- What came and went before anybody was told is no news.
  unheard as (
    delete from saved_news o using news n
    where o.search = n.search and o.iss = n.iss and o.rid = n.rid and o.told_at is null
      and o.what = 'new' and n.what = 'gone'
    returning o.search, o.iss, o.rid
  )
  insert into saved_news as o (search, iss, rid, what, noted_at)
  select search, iss, rid, what, p_now from news
  where (search, iss, rid) not in (select search, iss, rid from unheard)
  on conflict (search, iss, rid) do update
  set what = case
      when o.told_at is null and o.what = 'new' then 'new'
      when o.what = 'gone' and excluded.what = 'new' then 'changed'
      else excluded.what
    end,
    noted_at = excluded.noted_at, told_at = null;

  perform take_anew(p_anew);
  update followers set position = p_upto where name = 'saved_searches';
  return true;
end $$;

-- What searches find that are understood otherwise than before, in place of what they found.
create function take_anew(p_anew jsonb) returns void language plpgsql volatile as $$
begin
  update saved_searches s set reading = a.reading
  from jsonb_to_recordset(p_anew) as a (search uuid, reading text) where s.id = a.search;

  with found as (
    select a.search, h.iss, h.rid, h.ver
    from jsonb_to_recordset(p_anew) as a (search uuid, hits jsonb)
    join saved_searches s on s.id = a.search,
      jsonb_to_recordset(a.hits) as h (iss text, rid uuid, ver int)
  ),
  past as (
    delete from saved_hits k
    where k.search in (select search from jsonb_to_recordset(p_anew) as a (search uuid))
      and (k.search, k.iss, k.rid) not in (select search, iss, rid from found)
  )
  insert into saved_hits (search, iss, rid, ver) select search, iss, rid, ver from found
  on conflict do nothing;
end $$;

-- From when on a search may be told again: at once, or from six in the morning, of Mondays if weekly.
create function saved_search_due(p_rhythm text, p_told timestamptz, p_now timestamptz)
returns boolean language sql immutable as $$
  select case p_rhythm
    when 'at-once' then true
    else date_trunc(
      case p_rhythm when 'daily' then 'day' else 'week' end, (p_told at time zone 'Europe/Berlin') - interval '6 hours'
    ) < date_trunc(
      case p_rhythm when 'daily' then 'day' else 'week' end, (p_now at time zone 'Europe/Berlin') - interval '6 hours'
    )
  end;
$$;

-- Tells everybody what is due: on her start page, and by a message to who wants one. Who has no role at present is
-- told when she has one again.
create function tell_saved_news(p_subject text, p_text text, p_path text, p_now timestamptz)
returns bigint language plpgsql volatile as $$
declare
  v_count bigint;
begin
  with due as (
    select s.id, s.person, s.message from saved_searches s
    where saved_search_due(s.rhythm, s.told_at, p_now)
      and exists (select from saved_news n where n.search = s.id and n.told_at is null)
      and exists (select from grants g where g.person = s.person)
    for update of s skip locked
  ),
  -- Whoever told it a moment before has left nothing here, though it was still seen as due above.
  shown as (
    update saved_news n set told_at = p_now from due where n.search = due.id and n.told_at is null
    returning n.search
  ),
  noted as (
    update saved_searches s set told_at = p_now from (select distinct search from shown) n where s.id = n.search
  )
  select count(tell(person, p_subject, p_text, p_path || id, p_now)) into v_count
  from due where message and id in (select search from shown);
  return v_count;
end $$;
