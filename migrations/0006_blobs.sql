-- What the contents held here list as attachments, each by the entry that lists it. Once that content is gone only
-- the digest is left, so that whoever still asks for the file is told that it is gone.
create table attachments (
  feed_id int not null,
  seq bigint not null,
  -- SHA-256(salt ‖ bytes).
  dig text not null,
  salt bytea,
  len int not null,
  type text not null,
  -- What the file is called on a reader's disk.
  name text,
  primary key (feed_id, seq, dig),
  check ((salt is null) = (name is null))
);
-- As in `entries`: no content in the planner's statistics.
alter table attachments alter column name set statistics 0, alter column salt set statistics 0;
create index attachments_by_digest on attachments (dig);

-- The bytes of attachments: one row for each that a content held here lists, and no other.
create table blobs (
  iss text not null,
  feed text not null,
  dig text not null,
  -- Null while they are looked for.
  bytes bytea,
  -- Laid down here before the entry that lists them is signed, and when; null once it is stored.
  staged timestamptz,
  -- When to look for them next, how often that failed in a row, and why.
  due timestamptz not null default '-infinity',
  failures int not null default 0,
  reason text,
  primary key (iss, feed, dig)
);
-- Not compressed, so that a part of them can be read without the rest.
alter table blobs alter column bytes set storage external, alter column bytes set statistics 0;
create index blobs_wanted on blobs (due) where bytes is null;
create index blobs_staged on blobs (staged) where staged is not null;

create function base64url(p_bytes bytea)
returns text language sql immutable parallel safe as $$
  select rtrim(translate(encode(p_bytes, 'base64'), '+/', '-_'), '=')
$$;

-- Notes what new entries list, and looks for its bytes – unless the centre's other feed has them: a record that goes on
-- there takes its files along in the same act. Called by store_entries.
create function list_attachments(p_feed_id int, p_attachments json)
returns void language sql volatile as $$
  with listed as (
    insert into attachments (feed_id, seq, dig, salt, len, type, name)
    select p_feed_id, a.seq, a.dig, decode(a.salt, 'base64'), a.len, a.type, a.name
    from json_to_recordset(p_attachments) as a (
      seq bigint, dig text, salt text, len int, type text, name text
    )
    on conflict do nothing
    returning dig
  )
  insert into blobs (iss, feed, dig, bytes)
  select f.iss, f.feed, l.dig, o.bytes
  from (select distinct dig from listed) l
  join feeds f on f.id = p_feed_id
  left join blobs o on o.iss = f.iss and o.feed <> f.feed and o.dig = l.dig
  on conflict (iss, feed, dig) do update set staged = null, bytes = coalesce(blobs.bytes, excluded.bytes)
$$;

-- Whether a content that is still there lists these bytes.
create function is_listed(p_iss text, p_feed text, p_dig text)
returns boolean language sql stable as $$
  select exists (
    select from attachments a join feeds f on f.id = a.feed_id
    where a.dig = p_dig and a.salt is not null and f.iss = p_iss and f.feed = p_feed
  )
$$;

-- However a content goes, what it alone lists goes with it, in the same statement.
create function forget_attachments()
returns trigger language plpgsql volatile as $$
begin
  update attachments set salt = null, name = null where feed_id = old.feed_id and seq = old.seq;
  if not found then
    return null;
  end if;

  delete from blobs b
  using feeds f, attachments a
  where f.id = old.feed_id and a.feed_id = old.feed_id and a.seq = old.seq
    and b.iss = f.iss and b.feed = f.feed and b.dig = a.dig and b.staged is null
    and not is_listed(b.iss, b.feed, b.dig);

  if tg_op = 'DELETE' then
    delete from attachments where feed_id = old.feed_id and seq = old.seq;
  end if;
  return null;
end $$;

create trigger content_gone after update of content on entries
  for each row when (old.content is not null and new.content is null)
  execute function forget_attachments();
create trigger entry_gone after delete on entries
  for each row when (old.content is not null)
  execute function forget_attachments();
