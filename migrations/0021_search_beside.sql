-- What PostgreSQL knows of the index on another engine, beside how far it has followed.
create table search_beside (
  one_row boolean primary key default true check (one_row),
  -- An index that is being filled to take its place: whose it is, and when it last came a step further. From where
  -- that began, the follower `search_meilisearch_rebuild` says.
  rebuild uuid,
  stepped_at timestamptz,
  -- How it was found last when it was not as it had been left, and when.
  found text check (found in ('lost', 'older', 'foreign')),
  found_at timestamptz
);
insert into search_beside default values;

-- Begins to fill an index beside the one that is asked, in the place of another that somebody has begun. Answers from
-- which position of the log on it will lack something.
create function begin_beside(p_rebuild uuid, p_now timestamptz)
returns bigint language plpgsql volatile as $$
declare
  v_before uuid;
  v_from bigint;
begin
  select rebuild into v_before from search_beside for update;
  perform end_beside(v_before);
  update search_beside set rebuild = p_rebuild, stepped_at = p_now;
  insert into followers (name, position)
  select 'search_meilisearch_rebuild', coalesce((select position from followers where name = 'search'), 0)
  returning position into v_from;
  return v_from;
end $$;

-- It was filled, or given up by whoever was killed: whether it has taken the place of the other or not, what came
-- since it was begun is followed once more. One step back, so that who is just following finds that it was moved.
create function end_beside(p_rebuild uuid)
returns boolean language plpgsql volatile as $$
declare
  v_from bigint;
begin
  update search_beside set rebuild = null, stepped_at = null where rebuild = p_rebuild;
  if not found then
    return false;
  end if;
  delete from followers where name = 'search_meilisearch_rebuild' returning position into v_from;
  insert into followers as f (name, position) values ('search_meilisearch', v_from - 1)
  on conflict (name) do update set position = least(f.position, v_from) - 1;
  return true;
end $$;
