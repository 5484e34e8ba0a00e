-- What was verified but may not count yet – the anchor's word has expired, a cut or base lies ahead, or the feed is
-- forked –, in order after what is held: shown to nobody, not served, without a position.
create table pending (
  feed_id int not null,
  seq bigint not null,
  dig text not null,
  jws text not null,
  -- Null where the payload is not understood, or the entry has no effect in any case.
  op text,
  rid uuid,
  ver int,
  key_number int not null,
  status text not null check (status in ('present', 'withdrawn', 'erased', 'withheld')),
  content bytea,
  salt bytea,
  received_at timestamptz not null,
  via text not null,
  primary key (feed_id, seq),
  check ((content is null) = (salt is null))
)
with (toast_tuple_target = 4080);
alter table pending alter column content set statistics 0, alter column salt set statistics 0;
create index pending_taking_back on pending (feed_id) where op in ('withdraw', 'erase');

-- Signed tokens that do not count, without contents: what proves that a writer contradicted itself, and what was
-- cut off.
create table evidence (
  id bigint generated always as identity primary key,
  iss text not null,
  feed text not null,
  epoch int not null,
  seq bigint not null,
  -- fork: it contradicts `other`, which is held. branch: it follows on one that does. beyond: it stood after what
  -- the trust anchor lets count. refused: it was pending, and did not hold.
  kind text not null check (kind in ('fork', 'branch', 'beyond', 'refused')),
  dig text not null,
  jws text not null,
  other text check ((kind = 'fork') = (other is not null)),
  op text,
  rid uuid,
  ver int,
  -- Whether what it takes back is hidden meanwhile.
  hides boolean not null default false,
  found_at timestamptz not null,
  unique (iss, feed, epoch, dig)
);
create index evidence_hiding on evidence (iss, feed) where hides;

-- Mirrors that gave nothing when a feed was asked of them, and when to ask again.
create table poor_sources (
  endpoint text not null,
  iss text not null,
  feed text not null,
  failures int not null,
  retry_at timestamptz not null,
  primary key (endpoint, iss, feed)
);

-- Records that changed otherwise than by a new entry. They have their place in the log, so that its followers
-- hear of them.
create table touches (
  position bigint primary key,
  iss text not null,
  feed text not null,
  rid uuid not null
);

-- What would be taken back if all counted that does not count yet.
create function taking_back(p_iss text, p_feed text)
returns table (op text, rid uuid, ver int) language sql stable as $$
  select p.op, p.rid, p.ver
  from feeds f join pending p on p.feed_id = f.id
  where f.iss = p_iss and f.feed = p_feed and p.op in ('withdraw', 'erase')
  union
  select e.op, e.rid, e.ver from evidence e where e.iss = p_iss and e.feed = p_feed and e.hides
$$;

create function takes_back(p_op text, p_ver int, p_version int)
returns boolean language sql immutable parallel safe as $$
  select p_op = 'withdraw' and p_version <= p_ver or p_op = 'erase' and p_ver in (0, p_version)
$$;

-- Hides what is being taken back and shows what no longer is.
create function hide_taken_back(p_iss text, p_feed text)
returns void language plpgsql volatile as $$
declare
  v_feeds int[] := array(select id from feeds where iss = p_iss and feed = p_feed);
begin
  update entries e set hidden = true
  from taking_back(p_iss, p_feed) t
  where e.feed_id = any (v_feeds) and e.rid = t.rid and not e.hidden
    and (e.op = 'publish' or e.op is null) and takes_back(t.op, t.ver, e.ver);

  update entries e set hidden = false
  where e.feed_id = any (v_feeds) and e.hidden and not exists (
    select from taking_back(p_iss, p_feed) t where t.rid = e.rid and takes_back(t.op, t.ver, e.ver)
  );

  update records r set hidden = true
  from taking_back(p_iss, p_feed) t
  where r.iss = p_iss and r.feed = p_feed and r.rid = t.rid and not r.hidden
    and takes_back(t.op, t.ver, r.ver);

  update records r set hidden = false
  where r.iss = p_iss and r.feed = p_feed and r.hidden and not exists (
    select from taking_back(p_iss, p_feed) t where t.rid = r.rid and takes_back(t.op, t.ver, r.ver)
  );
end $$;

-- Keeps verified entries that may not count yet: after what is pending, or after an entry held.
-- Answers stored or moved.
create function keep_pending(
  p_feed_id int, p_after bigint, p_prev text, p_entries json, p_tokens text[], p_contents text[],
  p_salts text[], p_via text, p_received timestamptz
) returns text language plpgsql volatile as $$
declare
  v_feed feeds;
  v_end pending;
begin
  select * into strict v_feed from feeds where id = p_feed_id for update;
  select * into v_end from pending where feed_id = p_feed_id order by seq desc limit 1;

  if v_end.seq is not null and (v_end.seq <> p_after or v_end.dig <> p_prev)
     or v_end.seq is null and p_after > 0 and not exists (
       select from entries where feed_id = p_feed_id and seq = p_after and dig = p_prev
     ) then
    return 'moved';
  end if;

  insert into pending (
    feed_id, seq, dig, jws, op, rid, ver, key_number, status, content, salt, received_at, via
  )
  select
    p_feed_id, e.seq, e.dig, e.jws, e.op, e.rid, e.ver, e.key_number, e.status,
    decode(e.content, 'base64'), decode(e.salt, 'base64'), p_received, p_via
  from rows from (
    json_to_recordset(p_entries) as (
      seq bigint, dig text, op text, rid uuid, ver int, key_number int, status text
    ),
    unnest(p_tokens), unnest(p_contents), unnest(p_salts)
  ) as e (seq, dig, op, rid, ver, key_number, status, jws, content, salt);

  if exists (
    select from pending where feed_id = p_feed_id and seq > p_after and op in ('withdraw', 'erase')
  ) then
    -- What came and was erased while it waited is not kept.
    update pending v set status = 'erased', content = null, salt = null
    from pending x
    where x.feed_id = p_feed_id and x.seq > p_after and x.op = 'erase'
      and v.feed_id = p_feed_id and v.rid = x.rid and v.seq < x.seq and v.content is not null
      and x.ver in (0, v.ver);
    perform hide_taken_back(v_feed.iss, v_feed.feed);
  end if;
  return 'stored';
end $$;

-- Gives up what is pending from a number on. At most a thousand tokens of an epoch are kept as evidence.
create function refuse_pending(p_feed_id int, p_from bigint, p_kind text, p_found timestamptz)
returns void language plpgsql volatile as $$
declare
  v_feed feeds;
begin
  select * into strict v_feed from feeds where id = p_feed_id for update;

  insert into evidence (iss, feed, epoch, seq, kind, dig, jws, op, rid, ver, hides, found_at)
  select
    v_feed.iss, v_feed.feed, v_feed.epoch, p.seq, p_kind, p.dig, p.jws, p.op, p.rid, p.ver,
    p_kind = 'beyond' and coalesce(p.op in ('withdraw', 'erase'), false), p_found
  from pending p
  where p.feed_id = p_feed_id and p.seq >= p_from
  order by p.seq
  limit greatest(0, 1000 - (
    select count(*) from evidence e
    where e.iss = v_feed.iss and e.feed = v_feed.feed and e.epoch = v_feed.epoch
  ))
  on conflict do nothing;

  delete from pending where feed_id = p_feed_id and seq >= p_from;
  perform hide_taken_back(v_feed.iss, v_feed.feed);
end $$;

-- So many tokens of one kind of an epoch may still be kept as evidence: a thousand prove what one million would.
create function room_for_evidence(p_feed feeds, p_kind text)
returns int language sql stable as $$
  select greatest(0, 1000 - count(*))::int from evidence
  where iss = p_feed.iss and feed = p_feed.feed and epoch = p_feed.epoch and kind = p_kind
$$;

-- Keeps two signed tokens that contradict each other at one number, and takes nothing more of the feed. False
-- where `p_other` is not what is held there.
create function freeze_feed(
  p_feed_id int, p_seq bigint, p_dig text, p_jws text, p_other text, p_op text, p_rid uuid, p_ver int,
  p_found timestamptz
) returns boolean language plpgsql volatile as $$
declare
  v_feed feeds;
begin
  select * into strict v_feed from feeds where id = p_feed_id for update;
  if not exists (
    select from entries where feed_id = p_feed_id and seq = p_seq and jws = p_other
  ) then
    return false;
  end if;

  insert into evidence (
    iss, feed, epoch, seq, kind, dig, jws, other, op, rid, ver, hides, found_at
  )
  select
    v_feed.iss, v_feed.feed, v_feed.epoch, p_seq, 'fork', p_dig, p_jws, p_other, p_op, p_rid, p_ver,
    coalesce(p_op in ('withdraw', 'erase'), false), p_found
  limit room_for_evidence(v_feed, 'fork')
  on conflict do nothing;
  update feeds set forked_at = least(forked_at, p_seq) where id = p_feed_id;
  perform hide_taken_back(v_feed.iss, v_feed.feed);
  perform pg_notify('log', '');
  return true;
end $$;

-- Keeps what the other branch of a fork takes back.
create function keep_branch(p_feed_id int, p_entries json, p_found timestamptz)
returns void language plpgsql volatile as $$
declare
  v_feed feeds;
begin
  select * into strict v_feed from feeds where id = p_feed_id for update;
  insert into evidence (iss, feed, epoch, seq, kind, dig, jws, op, rid, ver, hides, found_at)
  select
    v_feed.iss, v_feed.feed, v_feed.epoch, e.seq, 'branch', e.dig, e.jws, e.op, e.rid, e.ver, true, p_found
  from json_to_recordset(p_entries) as e (
    seq bigint, dig text, jws text, op text, rid uuid, ver int
  )
  order by e.seq
  limit room_for_evidence(v_feed, 'branch')
  on conflict do nothing;
  perform hide_taken_back(v_feed.iss, v_feed.feed);
end $$;

-- What was cut off or contradicted hides nothing any more: the agreed chain has been read to its end.
create function stop_hiding(p_iss text, p_feed text)
returns void language plpgsql volatile as $$
begin
  perform from feeds where iss = p_iss and feed = p_feed order by id for update;
  update evidence set hides = false where iss = p_iss and feed = p_feed and hides;
  perform hide_taken_back(p_iss, p_feed);
end $$;

-- Records as the agreed chain leaves them, told again.
create function put_records(p_iss text, p_feed text, p_records json)
returns void language sql volatile as $$
  insert into records (
    iss, feed, rid, ver, state, closed, kind, feed_id, seq, changed, first_published, teaser
  )
  select
    p_iss, p_feed, r.rid, r.ver, r.state, r.closed, r.kind, r.feed_id, r.seq, r.changed,
    r.first_published, r.teaser
  from json_to_recordset(p_records) as r (
    rid uuid, ver int, state text, closed boolean, kind text, feed_id int, seq bigint, changed bigint,
    first_published bigint, teaser jsonb
  );
$$;

-- Takes what no longer counts off the end of a feed, over all its epochs: its tokens become evidence, its contents
-- go, the records it touched stand again as the rest leaves them. `p_held`: every epoch as the caller saw it;
-- `p_left`: as it shall be; `p_records`: the touched records that are left. False where something has moved.
create function cut_back(
  p_iss text, p_feed text, p_held json, p_left json, p_records json, p_found timestamptz
) returns boolean language plpgsql volatile as $$
declare
  v_rids uuid[];
  v_base bigint;
  v_feed feeds;
begin
  perform from feeds where iss = p_iss and feed = p_feed order by id for update;
  if exists (
    select from feeds f
    full join json_to_recordset(p_held) as h (id int, size bigint, dig text) on h.id = f.id
    where coalesce(f.iss = p_iss and f.feed = p_feed, true)
      and (f.size, f.dig) is distinct from (h.size, h.dig)
  ) then
    return false;
  end if;

  insert into evidence (iss, feed, epoch, seq, kind, dig, jws, op, rid, ver, hides, found_at)
  select
    p_iss, p_feed, l.epoch, e.seq, 'beyond', e.dig, e.jws, e.op, e.rid, e.ver,
    coalesce(e.op in ('withdraw', 'erase'), false) and e.fault is null, p_found
  from json_to_recordset(p_left) as l (id int, epoch int, size bigint)
  join entries e on e.feed_id = l.id and e.seq > l.size
  on conflict do nothing;

  with gone as (
    delete from entries e
    using json_to_recordset(p_left) as l (id int, size bigint)
    where e.feed_id = l.id and e.seq > l.size
    returning e.rid
  )
  select coalesce(array_agg(distinct rid), '{}') into v_rids from gone where rid is not null;

  update feeds f
  set size = l.size, dig = l.dig, key_number = l.key_number, nudged = least(f.nudged, l.size),
    head = case when f.head_size <= l.size then f.head end,
    head_iat = case when f.head_size <= l.size then f.head_iat end,
    head_size = case when f.head_size <= l.size then f.head_size end
  from json_to_recordset(p_left) as l (id int, size bigint, dig text, key_number int)
  where f.id = l.id;

  delete from records where iss = p_iss and feed = p_feed and rid = any (v_rids);
  perform put_records(p_iss, p_feed, p_records);

  update entries e
  set status = case when e.op = 'publish' and e.content is null then 'withheld' else 'present' end
  from feeds f
  where f.iss = p_iss and f.feed = p_feed and e.feed_id = f.id and e.rid = any (v_rids)
    and e.status in ('withdrawn', 'erased');
  for v_feed in select * from feeds where iss = p_iss and feed = p_feed order by epoch loop
    perform take_back(p_iss, p_feed, v_feed.id, 0, v_rids);
    -- What was pending after an entry that is gone follows on nothing.
    if (select min(seq) from pending where feed_id = v_feed.id) > v_feed.size + 1 then
      perform refuse_pending(v_feed.id, 0, 'beyond', p_found);
    end if;
  end loop;

  update log_end set position = position + cardinality(v_rids)
  returning position - cardinality(v_rids) into v_base;
  insert into touches (position, iss, feed, rid)
  select v_base + t.n, p_iss, p_feed, t.rid from unnest(v_rids) with ordinality as t (rid, n);

  perform hide_taken_back(p_iss, p_feed);
  perform pg_notify('log', '');
  return true;
end $$;

-- Adds a content that was missing, with what it makes of its record: `p_records` holds it, or nothing where none
-- is left; `p_faults` the faults of its entries that changed. `p_entries`: how many entries of the record the
-- caller saw. False where something has moved.
create function fill_content(
  p_feed_id int, p_seq bigint, p_content bytea, p_salt bytea, p_entries int, p_records json, p_faults json,
  p_attachments json
) returns boolean language plpgsql volatile as $$
declare
  v_feed feeds;
  v_rid uuid;
  v_position bigint;
begin
  select * into strict v_feed from feeds where id = p_feed_id;
  perform from feeds where iss = v_feed.iss and feed = v_feed.feed order by id for update;
  select rid into v_rid from entries
  where feed_id = p_feed_id and seq = p_seq and status = 'withheld' and content is null;
  if not found or p_entries <> (
    select count(*) from entries e join feeds f on f.id = e.feed_id
    where f.iss = v_feed.iss and f.feed = v_feed.feed and e.rid = v_rid
  ) then
    return false;
  end if;

  update entries set status = 'present', content = p_content, salt = p_salt
  where feed_id = p_feed_id and seq = p_seq;
  perform list_attachments(p_feed_id, p_attachments);
  update entries e set fault = x.fault
  from json_to_recordset(p_faults) as x (feed_id int, seq bigint, fault text)
  where e.feed_id = x.feed_id and e.seq = x.seq;

  delete from records where iss = v_feed.iss and feed = v_feed.feed and rid = v_rid;
  perform put_records(v_feed.iss, v_feed.feed, p_records);

  update log_end set position = position + 1 returning position into v_position;
  insert into touches (position, iss, feed, rid) values (v_position, v_feed.iss, v_feed.feed, v_rid);
  perform hide_taken_back(v_feed.iss, v_feed.feed);
  perform pg_notify('log', '');
  return true;
end $$;
