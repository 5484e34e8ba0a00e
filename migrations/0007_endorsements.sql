-- What other centres say of a version of a record stands in their own feeds. Nothing is counted when it comes in,
-- for the record may come later: whoever reads the record asks for the latest word of each centre.
create index entries_endorsing on entries (rid, of, ver, role, feed_id, seq)
where op in ('endorse', 'decline', 'retract');

-- The latest word of every centre about this version, in each role, in the feed of the same name as the record.
-- A retraction takes the word back. However often a centre has changed its mind, only its last word is read.
create function words_about(p_iss text, p_feed text, p_rid uuid, p_ver int)
returns table (iss text, role text, word text, iat bigint, epoch int, seq bigint, dig text)
language sql stable as $$
  select w.iss, w.role, w.op, w.iat, w.epoch, w.seq, w.dig
  from (
    select distinct on (f.iss, r.role) f.iss, r.role, e.op, e.iat, f.epoch, e.seq, e.dig
    from feeds f
    cross join (values ('party'), ('shelf')) as r (role)
    cross join lateral (
      select e.op, e.iat, e.seq, e.dig from entries e
      where e.rid = p_rid and e.of = p_iss and e.ver = p_ver and e.role = r.role and e.feed_id = f.id
        and e.op in ('endorse', 'decline', 'retract') and e.fault is null
      order by e.seq desc limit 1
    ) e
    where f.feed = p_feed
    order by f.iss, r.role, f.epoch desc
  ) w
  where w.op <> 'retract'
$$;
