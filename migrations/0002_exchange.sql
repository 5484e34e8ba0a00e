-- A feed is (iss, feed, epoch): one writer, gapless, own or mirrored alike.
create table feeds (
  id int generated always as identity primary key,
  iss text not null,
  feed text not null check (feed in ('public', 'members')),
  epoch int not null check (epoch > 0),
  size bigint not null default 0,
  -- Digest of the entry at `size`: what the next `prev` must be.
  dig text not null,
  -- Highest number of a signing key seen so far; it never falls, over epochs neither.
  key_number int not null default 0,
  -- Newest verified head, as signed.
  head text,
  head_size bigint,
  head_iat bigint,
  -- Number of the last entry that counts, once the trust anchor has closed the epoch; null while it is open.
  closed_at bigint,
  -- The first number at which two signed entries stand; nothing more is taken of the feed meanwhile.
  forked_at bigint,
  -- `iat` of the statement that what is held was last compared with.
  aligned bigint not null default 0,
  -- Who may sign the next entry, and until when (claim_feed).
  signer uuid,
  signer_until timestamptz,
  -- Feeds that begin here: up to where peers were nudged.
  nudged bigint not null default 0,
  unique (iss, feed, epoch)
);

create table entries (
  -- Of `feeds`. No foreign key, here and in `records`: store_entries, the only writer, holds the feed's row
  -- anyway, and checking each row once more took a quarter of the time of storing a page.
  feed_id int not null,
  seq bigint not null,
  position bigint not null unique,
  dig text not null,
  jws text not null,
  -- What the entry does; null where the payload is not understood.
  op text,
  rid uuid,
  ver int,
  kind text,
  -- Endorsements only: whose record, and in which role.
  of text,
  role text,
  iat bigint not null,
  kid text not null,
  -- The key's number among the centre's signing keys.
  key_number int not null,
  -- Why the entry has no effect ("nicht darstellbar"), else null.
  fault text,
  status text not null check (status in ('present', 'withdrawn', 'erased', 'withheld')),
  content bytea,
  salt bytea,
  -- What belongs to an own entry and never leaves the node: consent, internal contact, notes.
  local jsonb,
  received_at timestamptz not null,
  -- Origin of the node it came from; `pushed` where the centre brought it itself; null for our own.
  via text,
  -- Taken back by an entry that does not count yet: served as `withheld` meanwhile (hide_taken_back).
  hidden boolean not null default false,
  primary key (feed_id, seq),
  check ((content is null) = (salt is null))
)
-- Rows up to 4 KB stay as they are. Compressing each content of 2 KB took a quarter of the time of storing it.
with (toast_tuple_target = 4080);
-- What contents say is nothing for the planner to remember: an erasure could not reach it there.
alter table entries
  alter column content set statistics 0, alter column salt set statistics 0, alter column local set statistics 0;
create index entries_by_record on entries (rid, feed_id);
-- What is missing or not understood is rare, and looked for by staff.
create index entries_withheld on entries (feed_id, seq) where status = 'withheld';
create index entries_faulty on entries (feed_id, seq) where fault is not null;
create index entries_hidden on entries (feed_id, seq) where hidden;
create index entries_taking_back on entries (position) where op in ('withdraw', 'erase');

-- Where every record stands, per feed: what the rules of the next entry ask, and what readers are shown.
create table records (
  iss text not null,
  feed text not null,
  rid uuid not null,
  ver int not null,
  state text not null check (state in ('published', 'withdrawn', 'erased')),
  closed boolean not null,
  kind text,
  -- The entry that made the present state.
  feed_id int not null,
  seq bigint not null,
  -- Seconds since 1970, as signed: the present state, and the first version.
  changed bigint not null,
  first_published bigint not null,
  -- What lists show; null unless published and readable.
  teaser jsonb,
  -- Taken back by an entry that does not count yet: shown to nobody meanwhile (hide_taken_back).
  hidden boolean not null default false,
  primary key (iss, feed, rid)
);
alter table records alter column teaser set statistics 0;
create index records_newest on records (feed, changed desc, iss, rid) where teaser is not null;
create index records_hidden on records (iss, feed) where hidden;
create index records_closed on records (iss) where closed;

-- The last position given out.
create table log_end (
  one_row boolean primary key default true check (one_row),
  position bigint not null,
  -- A restored database counts its positions again, in a new life: (life, position) never falls.
  life int not null default 1,
  -- Why nothing is shown for the time being, and since when: this database was restored from a backup, or its
  -- node was away for long. Null while all is well.
  catching_up text check (catching_up in ('restored', 'returned')),
  catching_up_since timestamptz
);
insert into log_end (position) values (0);

-- Each follower of the log and how far it got.
create table followers (
  name text primary key,
  position bigint not null
);

-- What we know of pulling one feed. Rows are made with the feed.
create table pulls (
  iss text not null,
  feed text not null,
  -- Largest size somebody told us of.
  wanted bigint not null default 0,
  -- When to pull next: the next poll, or at once after a nudge, or later after a failure …
  due timestamptz not null default '-infinity',
  -- … but not before this, so that nudges cannot make us run: starts are `gap` milliseconds apart.
  not_before timestamptz not null default '-infinity',
  gap int not null default 50,
  claimed_until timestamptz not null default '-infinity',
  last_success timestamptz,
  -- Whether the last pull went well, and quickly. What is not steady must not keep what is steady waiting.
  steady boolean not null default false,
  failures int not null default 0,
  -- Why the feed does not go on, and at which seq; null while all is well.
  reason text,
  reason_seq bigint,
  reason_since timestamptz,
  primary key (iss, feed)
);

-- Assertions already used, until nobody could use them again.
create table used_assertions (
  iss text not null,
  jti text not null,
  until timestamptz not null,
  primary key (iss, jti)
);
create index used_assertions_by_end on used_assertions (until);

-- Notes an assertion as used: `used` before, or `full` where p_most of this caller are remembered already.
-- Forgets those that nobody could use again.
create function use_assertion(p_iss text, p_jti text, p_until timestamptz, p_now timestamptz, p_most int)
returns text language plpgsql volatile as $$
begin
  delete from used_assertions where until < p_now;
  if (select count(*) from (select from used_assertions where iss = p_iss limit p_most) u) >= p_most then
    return 'full';
  end if;
  insert into used_assertions (iss, jti, until) values (p_iss, p_jti, p_until) on conflict do nothing;
  return case when found then 'fresh' else 'used' end;
end $$;

-- Takes the feed that has waited longest among those whose time has come, until p_until at the most: whoever dies
-- while pulling is followed by another. The next poll is set at once. Feeds that are not steady are pulled at
-- most p_unsteady at a time, so that peers who are slow or never answer leave lanes to the others.
create function claim_pull(
  p_now timestamptz, p_until timestamptz, p_next_poll timestamptz, p_except jsonb, p_unsteady int
) returns table (iss text, feed text, wanted bigint, gap int, failures int)
language plpgsql volatile as $$
begin
  -- One at a time, so that what is counted holds until it is acted on.
  perform pg_advisory_xact_lock(hashtextextended('claim_pull', 0));
  return query
    with next as (
      select p.iss, p.feed, p.wanted from pulls p
      where (p.iss, p.feed) in (
        select d.iss, d.feed from due_pulls(p_now, p_except, p_unsteady) d
        where greatest(d.due, d.not_before) <= p_now
        order by d.due limit 1
      )
      -- A nudge that comes at this moment is seen, or comes after.
      for update
    )
    update pulls p
    set claimed_until = p_until, due = p_next_poll, wanted = 0
    from next
    where p.iss = next.iss and p.feed = next.feed
    returning p.iss, p.feed, next.wanted, p.gap, p.failures;
end $$;

-- The feeds that may be pulled as soon as they are due.
create function due_pulls(p_now timestamptz, p_except jsonb, p_unsteady int)
returns setof pulls language sql stable as $$
  select * from pulls p
  where p.claimed_until <= p_now and not p_except ? p.iss
    and (
      p.steady
      or (select count(*) from pulls q where q.claimed_until > p_now and not q.steady) < p_unsteady
    )
$$;

-- Makes sure that a feed the anchor states is known here.
create function know_feed(p_iss text, p_feed text, p_epoch int, p_base_dig text)
returns void language sql volatile as $$
  insert into feeds (iss, feed, epoch, dig) values (p_iss, p_feed, p_epoch, p_base_dig)
  on conflict do nothing;
  insert into pulls (iss, feed) values (p_iss, p_feed) on conflict do nothing;
$$;

-- The one who may sign the next entry of a centre: a lease, so that two processes never sign one number, and
-- that what the writer read of both feeds – the next version of a record – holds until it has appended.
create function claim_feed(p_feed_id int, p_signer uuid, p_lease interval)
returns table (size bigint, dig text, key_number int, life int, log_position bigint)
language plpgsql volatile as $$
declare
  v_iss text := (select f.iss from feeds f where f.id = p_feed_id);
begin
  perform pg_advisory_xact_lock(hashtextextended(v_iss, 0));
  if exists (
    select from feeds f
    where f.iss = v_iss and f.signer <> p_signer and f.signer_until >= clock_timestamp()
  ) then
    return;
  end if;
  return query
    update feeds f
    set signer = p_signer, signer_until = clock_timestamp() + p_lease
    from log_end l
    where f.id = p_feed_id
    returning f.size, f.dig, (
      select max(o.key_number) from feeds o
      where o.iss = f.iss and o.feed = f.feed and o.epoch <= f.epoch
    ), l.life, l.position;
end $$;

-- Appends entries that follow directly on what is held, up to p_size with digest p_dig, with all they change,
-- and gives them positions. Tokens, contents and salts (base64) come as arrays beside the entries' other
-- members, and those as json rather than jsonb: of all the ways tried the cheapest.
-- Answers stored, duplicate (the last of them is held already, byte for byte the same digest) or moved.
-- `p_aligned`: `iat` of the statement by which they were verified; null for our own.
-- Lock order: feed, then log_end.
create function store_entries(
  p_feed_id int, p_after bigint, p_prev text, p_size bigint, p_dig text, p_signer uuid,
  p_key_number int, p_via text, p_entries json, p_tokens text[], p_contents text[], p_salts text[],
  p_records json, p_attachments json, p_received timestamptz, p_aligned bigint
) returns text language plpgsql volatile as $$
declare
  v_feed feeds;
  v_base bigint;
begin
  select * into strict v_feed from feeds where id = p_feed_id for update;

  if v_feed.size <> p_after or v_feed.dig <> p_prev
     or (p_signer is not null and v_feed.signer is distinct from p_signer)
     or p_size > v_feed.closed_at or v_feed.forked_at is not null or v_feed.aligned <> p_aligned then
    if exists (
      select from entries
      where feed_id = p_feed_id and seq = p_size and dig = p_dig
    ) then
      return 'duplicate';
    end if;
    return 'moved';
  end if;

  update log_end set position = position + p_size - p_after
  returning position - (p_size - p_after) into v_base;

  insert into entries (
    feed_id, seq, position, dig, jws, op, rid, ver, kind, of, role, iat, kid, key_number, fault,
    status, content, salt, local, received_at, via
  )
  select
    p_feed_id, e.seq, v_base + e.seq - p_after, e.dig, e.jws, e.op, e.rid, e.ver, e.kind, e.of, e.role,
    e.iat, e.kid, e.key_number, e.fault, e.status, decode(e.content, 'base64'), decode(e.salt, 'base64'), e.local,
    p_received, p_via
  from rows from (
    json_to_recordset(p_entries) as (
      seq bigint, dig text, op text, rid uuid, ver int, kind text, of text, role text, iat bigint, kid text,
      key_number int, fault text, status text, local jsonb
    ),
    unnest(p_tokens), unnest(p_contents), unnest(p_salts)
  ) as e (
    seq, dig, op, rid, ver, kind, of, role, iat, kid, key_number, fault, status, local, jws, content, salt
  );

  insert into records (
    iss, feed, rid, ver, state, closed, kind, feed_id, seq, changed, first_published, teaser
  )
  select
    v_feed.iss, v_feed.feed, r.rid, r.ver, r.state, r.closed, r.kind, p_feed_id, r.seq, r.changed,
    r.first_published, r.teaser
  from json_to_recordset(p_records) as r (
    rid uuid, ver int, state text, closed boolean, kind text, seq bigint, changed bigint,
    first_published bigint, teaser jsonb
  )
  on conflict (iss, feed, rid) do update set
    ver = excluded.ver, state = excluded.state, closed = excluded.closed, kind = excluded.kind,
    feed_id = excluded.feed_id, seq = excluded.seq, changed = excluded.changed,
    first_published = excluded.first_published, teaser = excluded.teaser;

  if json_array_length(p_attachments) > 0 then
    perform list_attachments(p_feed_id, p_attachments);
  end if;

  if exists (
    select from entries where feed_id = p_feed_id and seq > p_after and op in ('withdraw', 'erase')
  ) then
    perform take_back(v_feed.iss, v_feed.feed, p_feed_id, p_after, null);
  end if;

  delete from pending where feed_id = p_feed_id and seq <= p_size;
  if found then
    perform hide_taken_back(v_feed.iss, v_feed.feed);
  end if;

  update feeds
  set size = p_size, dig = p_dig, key_number = p_key_number,
    signer = null, signer_until = null
  where id = p_feed_id;

  perform pg_notify('log', '');
  return 'stored';
end $$;

-- What the withdrawals and erasures after `p_after` do to earlier versions, those of a newer peer's operations
-- among them. Withdrawing explains a content that is missing. `p_rids`: only to these records; null: to all.
create function take_back(p_iss text, p_feed text, p_feed_id int, p_after bigint, p_rids uuid[])
returns void language sql volatile as $$
  update entries v
  set status = 'withdrawn'
  from entries w, feeds f
  where w.feed_id = p_feed_id and w.seq > p_after and w.op = 'withdraw' and w.fault is null
    and (p_rids is null or w.rid = any (p_rids))
    and f.iss = p_iss and f.feed = p_feed
    and v.feed_id = f.id and v.rid = w.rid and (v.op = 'publish' or v.op is null)
    and v.ver <= w.ver and v.status in ('present', 'withheld')
    and (v.feed_id <> w.feed_id or v.seq < w.seq);

  update entries v
  set status = 'erased', content = null, salt = null, local = null
  from entries x, feeds f
  where x.feed_id = p_feed_id and x.seq > p_after and x.op = 'erase' and x.fault is null
    and (p_rids is null or x.rid = any (p_rids))
    and f.iss = p_iss and f.feed = p_feed
    and v.feed_id = f.id and v.rid = x.rid and (v.op = 'publish' or v.op is null)
    and (v.ver = x.ver or x.ver = 0) and (v.feed_id <> x.feed_id or v.seq < x.seq)
    and v.status <> 'erased';
$$;
