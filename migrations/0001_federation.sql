-- Keys of this node's own entities. Private keys are sealed under NODE_SECRET (compact JWE, dir + A256GCM).
create table keys (
  kid text primary key,
  owner text not null,
  use text not null check (use in ('fed', 'sig', 'enc')),
  generation int not null check (generation > 0),
  public jsonb not null,
  -- The private half; null once its time is over, so that nobody can misuse what nobody needs.
  sealed text,
  made_at timestamptz not null,
  -- When this node first read that the trust anchor states it; of the anchor's own: when it first listed it.
  stated_at timestamptz,
  -- From then on it is used for nothing. In the future for an encryption key: letters to it are under way.
  retired_at timestamptz,
  unique (owner, use, generation),
  check (sealed is not null or retired_at is not null)
);

-- Keeps keys that were brought from elsewhere. Those that were made here meanwhile and that nobody has confirmed
-- give way; where others count already, nothing is kept.
create function import_keys(p_keys jsonb)
returns boolean language plpgsql volatile as $$
begin
  lock table keys in share row exclusive mode;
  delete from keys k
  where k.stated_at is null
    and k.owner in (select o ->> 'owner' from jsonb_array_elements(p_keys) o)
    and k.kid not in (select o ->> 'kid' from jsonb_array_elements(p_keys) o);
  insert into keys (kid, owner, use, generation, public, sealed, made_at, stated_at, retired_at)
  select
    o.kid, o.owner, o.use, o.generation, o.public, o.sealed, to_timestamp(o.made_at / 1000.0),
    to_timestamp(o.stated_at / 1000.0), to_timestamp(o.retired_at / 1000.0)
  from jsonb_to_recordset(p_keys) as o (
    kid text, owner text, use text, generation int, public jsonb, sealed text, made_at bigint,
    stated_at bigint, retired_at bigint
  )
  on conflict (kid) do update set sealed = excluded.sealed;
  return true;
exception
  -- Undoes the rest of the act too.
  when unique_violation then return false;
end $$;

-- Everything the trust anchor ever issued, where it is run here. Its history endpoint serves this table.
create table issued_statements (
  position int primary key,
  sub text not null,
  iat bigint not null,
  exp bigint not null,
  jws text not null,
  -- Of the centre's own configuration that it follows, when that was signed; an older one is refused after it.
  configured_at bigint,
  unique (sub, iat)
);

-- One writer at a time, so that a reader never sees position 8 before 7; iat per subject strictly rises.
create function issue_statement(
  p_after int, p_sub text, p_iat bigint, p_exp bigint, p_jws text, p_configured_at bigint
) returns boolean language plpgsql volatile as $$
begin
  lock table issued_statements in share row exclusive mode;
  if (select coalesce(max(position), 0) from issued_statements) <> p_after then
    return false;
  end if;
  insert into issued_statements (position, sub, iat, exp, jws, configured_at)
  values (p_after + 1, p_sub, p_iat, p_exp, p_jws, p_configured_at);
  return true;
end $$;

-- How far the anchor's history was read, and the keys that count since its newest configuration.
create table trust (
  anchor text primary key,
  -- The thumbprints, compared out of band, under which reading began.
  pins jsonb not null,
  cursor int not null,
  -- Digest of the statement at the cursor, as it was served: where another one stands there now, the anchor's history
  -- was replaced.
  last text not null,
  keys jsonb not null,
  configuration_iat bigint not null
);

-- The centres as the trust anchor states them.
create table centres (
  id int generated always as identity primary key,
  entity_id text not null unique,
  slug text not null,
  name text not null,
  statement text not null,
  iat bigint not null,
  exp bigint not null,
  metadata jsonb not null
);
create index centres_by_slug on centres (slug);
