-- Companies handed over from one centre to another. A row belongs to one centre, also where both are at this node.
create table referrals (
  -- Entity id of the centre whose row it is, and of the one at the other end; null while a draft has none.
  centre text not null,
  id uuid not null,
  side text not null check (side in ('sender', 'recipient')),
  other text,
  state text not null check (
    state in ('draft', 'sent', 'received', 'accepted', 'declined', 'completed', 'withdrawn', 'expired')
  ),
  -- The referral that this one goes on from, because its recipient suggested so.
  follows uuid,
  -- What a draft holds, and the record of consent: encrypted under the node's secret.
  draft text,
  consent text,
  -- Closed lists, for figures; they stay when everything else is erased.
  land text,
  topics jsonb not null default '[]',
  reason text,
  outcome text,
  suggests text,
  -- {tell, delivery, answer, outcome}: days.
  deadlines jsonb,
  -- Id of the person who wrote it, at the sender; who is told what became of it.
  made_by text,
  -- How many of its own events the other side said it has, where that is fewer than are held here: it was restored.
  remembers int,
  -- Of which deadline somebody was reminded: delivery or outcome.
  reminded text,
  made_at timestamptz not null,
  -- Of drafts when they were changed last.
  changed_at timestamptz not null,
  sent_at timestamptz,
  answered_at timestamptz,
  ended_at timestamptz,
  -- When payload and salt of every event were deleted here.
  erased_at timestamptz,
  primary key (centre, id)
);
create index referrals_open on referrals (state, centre);
create index referrals_following on referrals (centre, follows) where follows is not null;

-- What each side said, in order; the other side's as soon as it arrived.
create table referral_events (
  centre text not null,
  referral uuid not null,
  side text not null check (side in ('sender', 'recipient')),
  seq int not null,
  event text not null,
  jws text not null,
  dig text not null,
  -- Payload and salt, encrypted under the node's secret; null where there are none, or none any more.
  sealed text,
  at timestamptz not null,
  -- Of own events: when the other side confirmed it, first and last; when it is tried again, how often it was, and why in vain.
  confirmed_at timestamptz,
  checked_at timestamptz,
  due timestamptz,
  tries int not null default 0,
  fault text,
  primary key (centre, referral, side, seq),
  foreign key (centre, referral) references referrals on delete cascade
);
create index referral_events_due on referral_events (due) where due is not null;

-- Deletes what a referral tells of people. The signed events stay and still verify.
create function erase_referral(p_centre text, p_id uuid, p_now timestamptz) returns void language sql volatile as $$
  update referral_events set sealed = null where centre = p_centre and referral = p_id;
  update referrals set draft = null, erased_at = coalesce(erased_at, p_now) where centre = p_centre and id = p_id;
$$;

-- p_event: {seq, event, jws, dig, sealed, reason, outcome, suggests, slug, actor}; the last two for the audit.
create function keep_referral_event(
  p_centre text, p_id uuid, p_side text, p_event jsonb, p_due timestamptz, p_confirmed timestamptz, p_now timestamptz
) returns void language sql volatile as $$
  insert into referral_events (centre, referral, side, seq, event, jws, dig, sealed, at, due, confirmed_at, checked_at)
  values (
    p_centre, p_id, p_side, (p_event ->> 'seq')::int, p_event ->> 'event', p_event ->> 'jws', p_event ->> 'dig',
    p_event ->> 'sealed', p_now, p_due, p_confirmed, p_confirmed
  );
  select audit_event(
    p_event ->> 'slug', p_now, p_event ->> 'actor', 'referral.' || (p_event ->> 'event'), p_id::text,
    jsonb_strip_nulls(jsonb_build_object('reason', p_event ->> 'reason', 'outcome', p_event ->> 'outcome'))
  );
$$;

-- Tells whoever wrote the referral, or all advisers of the centre. p_tell: {centre, subject, text, path}, or null.
create function tell_of_referral(v referrals, p_tell jsonb, p_now timestamptz)
returns void language plpgsql volatile as $$
begin
  if p_tell is null then
    return;
  end if;
  perform tell(id, p_tell ->> 'subject', p_tell ->> 'text', p_tell ->> 'path', p_now)
  from people where id::text = v.made_by and closed_at is null;
  if not found then
    perform tell_role(
      p_tell ->> 'centre', '["adviser"]', null, p_tell ->> 'subject', p_tell ->> 'text', p_tell ->> 'path', p_now
    );
  end if;
end $$;

-- The state that an event leads to, with when and why, and what it erases.
create function move_referral(p_centre text, p_id uuid, p_to text, p_event jsonb, p_now timestamptz)
returns void language plpgsql volatile as $$
begin
  update referrals set
    state = p_to, changed_at = p_now,
    answered_at = case when p_to in ('accepted', 'declined') then coalesce(answered_at, p_now) else answered_at end,
    ended_at = case
      when p_to in ('declined', 'completed', 'withdrawn', 'expired') then coalesce(ended_at, p_now)
    end,
    reason = case when p_to in ('declined', 'withdrawn', 'expired') then coalesce(p_event ->> 'reason', reason) end,
    outcome = coalesce(p_event ->> 'outcome', outcome),
    suggests = coalesce(p_event ->> 'suggests', suggests)
  where centre = p_centre and id = p_id;
  if p_to = 'withdrawn' or p_event ->> 'event' = 'erased' then
    perform erase_referral(p_centre, p_id, p_now);
    -- What somebody has begun to write from it holds the same.
    delete from referrals where centre = p_centre and follows = p_id and state = 'draft';
  end if;
end $$;

-- Adds what an own centre says, if nothing came between: answers done, moved or unknown.
-- p_from: the states it may be said in; p_to: where it leads, null where the state stays. p_event as above, with
-- `tell` where nobody here did it.
create function say_of_referral(
  p_centre text, p_id uuid, p_from jsonb, p_to text, p_event jsonb, p_now timestamptz
) returns text language plpgsql volatile as $$
declare
  v referrals;
  v_last int;
begin
  select * into v from referrals where centre = p_centre and id = p_id for update;
  if not found then
    return 'unknown';
  end if;
  select coalesce(max(seq), 0) into v_last from referral_events
  where centre = p_centre and referral = p_id and side = v.side;
  if not p_from ? v.state or v_last + 1 <> (p_event ->> 'seq')::int then
    return 'moved';
  end if;
  perform keep_referral_event(p_centre, p_id, v.side, p_event, p_now, null, p_now);
  perform move_referral(p_centre, p_id, coalesce(p_to, v.state), p_event, p_now);
  perform tell_of_referral(v, p_event -> 'tell', p_now);
  return 'done';
end $$;

-- Sends a draft: what it held becomes the payload of its first event. p_row: {other, consent, land, topics, deadlines}.
-- Of those that go on from one referral, each goes to another centre: who clicks twice asks once.
create function send_referral(p_centre text, p_id uuid, p_row jsonb, p_event jsonb, p_now timestamptz)
returns text language plpgsql volatile as $$
declare
  v_outcome text;
  v_follows uuid := (select follows from referrals where centre = p_centre and id = p_id);
begin
  perform from referrals where centre = p_centre and id = v_follows for update;
  if exists (
    select from referrals
    where centre = p_centre and side = 'sender' and follows = v_follows and other = p_row ->> 'other'
      and state not in ('withdrawn', 'expired')
  ) then
    return 'moved';
  end if;
  v_outcome := say_of_referral(p_centre, p_id, '["draft"]', 'sent', p_event, p_now);
  if v_outcome = 'done' then
    update referrals set
      other = p_row ->> 'other', consent = p_row ->> 'consent', draft = null,
      land = p_row ->> 'land', topics = p_row -> 'topics', deadlines = p_row -> 'deadlines', sent_at = p_now
    where centre = p_centre and id = p_id;
  end if;
  return v_outcome;
end $$;

-- How many events of a side are held, which has no gaps.
create function referral_length(p_centre text, p_id uuid, p_side text) returns int language sql stable as $$
  select count(*)::int from referral_events where centre = p_centre and referral = p_id and side = p_side;
$$;

-- Takes an event of the other side, whose signature was verified. p_letter: {side, iss, prev, from, to, held,
-- deadlines, follows, land, topics, tell}; `side` null where both may say it; `from` and `to` as in the table of transitions. Answers {outcome, dig, state,
-- erased, own, other, lost}: outcome stored, duplicate, conflict or out-of-order; `dig` of what is held at that number;
-- `lost` the writer's own events that it says it does not have.
create function receive_referral_event(
  p_centre text, p_id uuid, p_letter jsonb, p_event jsonb, p_now timestamptz
) returns jsonb language plpgsql volatile as $$
declare
  v_side text;
  v_own text;
  v_seq int := (p_event ->> 'seq')::int;
  v referrals;
  v_next int;
  v_prev text;
  v_held text;
  v_outcome text;
begin
  select * into v from referrals where centre = p_centre and id = p_id for update;
  if not found then
    if p_event ->> 'event' <> 'sent' then
      return jsonb_build_object('outcome', 'out-of-order', 'own', 0, 'other', 0);
    end if;
    insert into referrals (
      centre, id, side, other, state, follows, land, topics, deadlines, made_at, changed_at, sent_at
    ) values (
      p_centre, p_id, 'recipient', p_letter ->> 'iss', 'received', (p_letter ->> 'follows')::uuid,
      p_letter ->> 'land', coalesce(p_letter -> 'topics', '[]'), p_letter -> 'deadlines', p_now, p_now, p_now
    ) on conflict do nothing;
    select * into v from referrals where centre = p_centre and id = p_id for update;
  end if;
  v_own := v.side;
  v_side := case v.side when 'sender' then 'recipient' else 'sender' end;
  if v.other is distinct from p_letter ->> 'iss' or v_side <> coalesce(p_letter ->> 'side', v_side) then
    return jsonb_build_object('outcome', 'other-parties');
  end if;

  v_next := referral_length(p_centre, p_id, v_side) + 1;
  if v_seq > v_next then
    v_outcome := 'out-of-order';
  elsif v_seq < v_next then
    select dig into v_held from referral_events
    where centre = p_centre and referral = p_id and side = v_side and seq = v_seq;
    v_outcome := case when v_held = p_event ->> 'dig' then 'duplicate' else 'conflict' end;
  else
    select dig into v_prev from referral_events
    where centre = p_centre and referral = p_id
      and side = case when v_seq = 1 then 'sender' else v_side end
      and seq = case when v_seq = 1 then 1 else v_seq - 1 end
      and not (v_seq = 1 and v_side = 'sender');
    if coalesce(v_prev, '') <> p_letter ->> 'prev' then
      v_outcome := 'does-not-follow';
    else
      v_outcome := 'stored';
      perform keep_referral_event(p_centre, p_id, v_side, p_event, null, p_now, p_now);
      perform take_over_referral(v, p_letter, p_event, p_now);
      perform tell_of_referral(v, p_letter -> 'tell', p_now);
    end if;
  end if;

  -- What the writer of this letter has not got, though it had confirmed it once: it was restored.
  update referral_events set due = p_now
  where centre = p_centre and referral = p_id and side = v_own and due is null
    and seq > (p_letter -> 'held' ->> 'other')::int;

  return (
    select jsonb_build_object(
      'outcome', v_outcome, 'state', r.state, 'erased', r.erased_at is not null,
      'dig', (
        select dig from referral_events
        where centre = p_centre and referral = p_id and side = v_side and seq = v_seq
      ),
      'own', referral_length(p_centre, p_id, v_own), 'other', referral_length(p_centre, p_id, v_side),
      'lost', (
        select coalesce(jsonb_agg(jws order by seq), '[]') from referral_events
        where centre = p_centre and referral = p_id and side = v_side
          and (seq > (p_letter -> 'held' ->> 'own')::int or (v_outcome = 'conflict' and seq >= v_seq))
      )
    )
    from referrals r where centre = p_centre and id = p_id
  );
end $$;

-- What the other side's event does here. The sender is the clerk: it goes by the table. The recipient follows it,
-- unless that contradicts a state which the clerk has confirmed.
create function take_over_referral(v referrals, p_letter jsonb, p_event jsonb, p_now timestamptz)
returns void language plpgsql volatile as $$
declare
  v_unconfirmed boolean;
begin
  select exists (
    select from referral_events
    where centre = v.centre and referral = v.id and side = v.side and confirmed_at is null
  ) into v_unconfirmed;
  if p_event ->> 'event' = 'sent' then
    return;
  end if;
  if p_letter -> 'from' ? v.state or p_letter ->> 'to' = v.state
    or (v.side = 'recipient' and v_unconfirmed and p_letter ->> 'to' is not null) then
    perform move_referral(v.centre, v.id, coalesce(p_letter ->> 'to', v.state), p_event, p_now);
  elsif p_event ->> 'event' in ('withdrawn', 'erased') or v.erased_at is not null then
    -- Also what was told too late, in this very event.
    perform erase_referral(v.centre, v.id, p_now);
  end if;
end $$;

-- The other side has signed that it holds an own event. p_receipt: {seq, dig, state, own, other}.
create function confirm_referral_event(p_centre text, p_id uuid, p_receipt jsonb, p_now timestamptz)
returns void language plpgsql volatile as $$
declare
  v referrals;
  v_state text := p_receipt ->> 'state';
begin
  select * into v from referrals where centre = p_centre and id = p_id for update;
  update referral_events set confirmed_at = coalesce(confirmed_at, p_now), checked_at = p_now, due = null, fault = null
  where centre = p_centre and referral = p_id and side = v.side
    and seq = (p_receipt ->> 'seq')::int and dig = p_receipt ->> 'dig';
  if not found then
    return;
  end if;
  -- What the other side has lost of its own goes back to it with the next letter.
  update referrals set remembers = case
    when (p_receipt ->> 'own')::int < referral_length(p_centre, p_id, case v.side when 'sender' then 'recipient' else 'sender' end)
    then (p_receipt ->> 'own')::int
  end
  where centre = p_centre and id = p_id
  returning remembers into v.remembers;
  update referral_events set due = p_now
  where centre = p_centre and referral = p_id and side = v.side and seq = (p_receipt ->> 'seq')::int
    and v.remembers is not null;
  -- What it says it does not hold of what it had confirmed is delivered again.
  update referral_events set due = p_now
  where centre = p_centre and referral = p_id and side = v.side and due is null
    and seq > (p_receipt ->> 'other')::int;
  if v.side = 'sender' and v.state = 'sent' then
    perform move_referral(p_centre, p_id, 'received', '{}', p_now);
  elsif v.side = 'recipient' and v_state <> v.state
    and v_state in ('declined', 'completed', 'withdrawn', 'expired') then
    perform move_referral(p_centre, p_id, v_state, '{}', p_now);
  end if;
end $$;

-- An own event that the other side holds and this node has lost, or made in another form: p_event as above, with
-- from, to, state (what the clerk says) and only_lost (nothing is replaced). The payload stays where the signed digest is the same.
create function adopt_referral_event(p_centre text, p_id uuid, p_event jsonb, p_now timestamptz)
returns void language plpgsql volatile as $$
declare
  v referrals;
  v_seq int := (p_event ->> 'seq')::int;
  v_sealed text;
begin
  select * into v from referrals where centre = p_centre and id = p_id for update;
  if exists (
    select from referral_events
    where centre = p_centre and referral = p_id and side = v.side and seq = v_seq and dig = p_event ->> 'dig'
  ) or v_seq > referral_length(p_centre, p_id, v.side) + 1
    or (p_event ? 'only_lost' and v_seq <= referral_length(p_centre, p_id, v.side)) then
    return;
  end if;
  select sealed into v_sealed from referral_events
  where centre = p_centre and referral = p_id and side = v.side and seq = v_seq
    and split_part(jws, '.', 2) = split_part(p_event ->> 'jws', '.', 2);
  delete from referral_events where centre = p_centre and referral = p_id and side = v.side and seq >= v_seq;
  perform keep_referral_event(
    p_centre, p_id, v.side, p_event || jsonb_build_object('sealed', v_sealed), null, p_now, p_now
  );
  if p_event -> 'from' ? v.state or p_event ->> 'state' is not null then
    perform move_referral(
      p_centre, p_id, coalesce(p_event ->> 'state', p_event ->> 'to', v.state), p_event, p_now
    );
  end if;
end $$;

-- Takes the next own event that is due, of each referral the oldest; others leave it alone until p_until.
create function claim_referral_event(p_now timestamptz, p_until timestamptz)
returns setof referral_events language sql volatile as $$
  update referral_events e set due = p_until, tries = e.tries + 1
  where (e.centre, e.referral, e.side, e.seq) = (
    select c.centre, c.referral, c.side, c.seq
    from referral_events c
    where c.due <= p_now and not exists (
      select from referral_events b
      where b.centre = c.centre and b.referral = c.referral and b.side = c.side and b.seq < c.seq and b.due is not null
    )
    order by c.due limit 1
    for update skip locked
  )
  returning e.*;
$$;

-- Monthly counts of ended referrals: own ones as they were signed, until the umbrella has them …
create table referral_counts_sent (
  centre text not null,
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  jws text not null,
  sent_at timestamptz,
  primary key (centre, month)
);

-- … and at the umbrella those of all centres. The first of a month is final.
create table referral_counts (
  iss text not null,
  month text not null,
  figures jsonb not null,
  jws text not null,
  dig text not null,
  at timestamptz not null,
  primary key (iss, month)
);
