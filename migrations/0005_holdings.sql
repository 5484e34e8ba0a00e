-- Other nodes, by the endpoint at which they say what they hold: when to ask next, and how asking went.
create table peers (
  endpoint text primary key,
  due timestamptz not null default '-infinity',
  -- How often in a row asking failed, or found our own feeds not held to their end: the pause doubles.
  vain int not null default 0,
  -- Entries of our own feeds when it was last asked on their account.
  own_size bigint not null default 0,
  last_success timestamptz,
  -- Why it cannot be asked; null while all is well.
  reason text,
  reason_since timestamptz
);

-- The newest holdings of each peer as it signed them: the proof of the rows in `held_feeds`.
create table holdings (
  signer text primary key references centres (entity_id),
  iat bigint not null,
  exp bigint not null,
  jws text not null,
  received_at timestamptz not null
);

-- What each peer says it holds of every feed that is known here.
create table held_feeds (
  signer text not null references holdings (signer) on delete cascade,
  feed_id int not null references feeds (id),
  size bigint not null,
  dig text not null,
  erased_through bigint not null,
  -- When we first heard of the present size, and of the present erased_through.
  size_since timestamptz not null,
  erased_since timestamptz not null,
  primary key (signer, feed_id)
);

-- Takes the peers whose time has come, for them to be asked: every node of another active centre. The next
-- poll is set at once. News in our own feeds makes a peer due soon, unless it could not be asked last time.
create function claim_peers(
  p_own jsonb, p_here text, p_now timestamptz, p_soon timestamptz, p_poll timestamptz, p_limit int
) returns table (endpoint text, vain int) language plpgsql volatile as $$
#variable_conflict use_column
declare
  v_own_size bigint := (
    select coalesce(sum(size), 0) from feeds where iss in (select jsonb_array_elements_text(p_own))
  );
begin
  insert into peers (endpoint, own_size)
  select distinct metadata ->> 'holdings_endpoint', v_own_size from centres
  where metadata ->> 'status' = 'active' and metadata ->> 'holdings_endpoint' <> p_here
    and entity_id not in (select jsonb_array_elements_text(p_own))
  on conflict do nothing;

  delete from peers p
  where not exists (
    select from centres c
    where c.metadata ->> 'holdings_endpoint' = p.endpoint and c.metadata ->> 'status' = 'active'
  );

  update peers set due = least(due, p_soon), own_size = v_own_size
  where own_size < v_own_size and reason is null;

  return query
    with due as (
      select endpoint from peers where due <= p_now order by due limit p_limit for update skip locked
    )
    update peers p set due = p_poll from due where p.endpoint = due.endpoint
    returning p.endpoint, p.vain;
end $$;

-- Keeps holdings of a peer that are not older than those kept, with a row for each feed that is known here; rows
-- it no longer states go. Answers whether they were kept.
create function store_holdings(
  p_signer text, p_iat bigint, p_exp bigint, p_jws text, p_feeds jsonb, p_received timestamptz
) returns boolean language plpgsql volatile as $$
begin
  insert into holdings as h (signer, iat, exp, jws, received_at)
  values (p_signer, p_iat, p_exp, p_jws, p_received)
  on conflict (signer) do update set
    iat = excluded.iat, exp = excluded.exp, jws = excluded.jws, received_at = excluded.received_at
  where h.iat <= excluded.iat;
  if not found then
    return false;
  end if;

  with stated as (
    select f.id as feed_id, s.size, s.dig, s.erased_through
    from jsonb_to_recordset(p_feeds) as s (
      iss text, feed text, epoch int, size bigint, dig text, erased_through bigint
    )
    join feeds f on f.iss = s.iss and f.feed = s.feed and f.epoch = s.epoch
  ),
  gone as (
    delete from held_feeds where signer = p_signer and feed_id not in (select feed_id from stated)
  )
  insert into held_feeds as h (
    signer, feed_id, size, dig, erased_through, size_since, erased_since
  )
  select p_signer, feed_id, size, dig, erased_through, p_received, p_received from stated
  on conflict (signer, feed_id) do update set
    size = excluded.size, dig = excluded.dig, erased_through = excluded.erased_through,
    size_since = case when h.size = excluded.size then h.size_since else excluded.size_since end,
    erased_since = case
      when h.erased_through = excluded.erased_through then h.erased_since
      else excluded.erased_since
    end;
  return true;
end $$;

create index entries_erasing on entries (feed_id, seq) where op = 'erase';
