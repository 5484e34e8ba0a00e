-- Keys of this node's own entities. Private keys are sealed under NODE_SECRET (compact JWE, dir + A256GCM).
create table keys (
  kid text primary key,
  owner text not null,
  use text not null check (use in ('fed', 'sig', 'enc')),
  generation int not null check (generation > 0),
  public jsonb not null,
  sealed text not null,
  made_at timestamptz not null,
  retired_at timestamptz,
  unique (owner, use, generation)
);

-- Everything the trust anchor ever issued, where it is run here. Its history endpoint serves this table.
create table issued_statements (
  position int primary key,
  sub text not null,
  iat bigint not null,
  exp bigint not null,
  jws text not null,
  unique (sub, iat)
);

-- One writer at a time, so that a reader never sees position 8 before 7; iat per subject strictly rises.
create function issue_statement(p_after int, p_sub text, p_iat bigint, p_exp bigint, p_jws text)
returns boolean language plpgsql volatile as $$
begin
  lock table issued_statements in share row exclusive mode;
  if (select coalesce(max(position), 0) from issued_statements) <> p_after then
    return false;
  end if;
  insert into issued_statements (position, sub, iat, exp, jws)
  values (p_after + 1, p_sub, p_iat, p_exp, p_jws);
  return true;
end $$;

-- How far the anchor's history was read, and the keys that count since its newest configuration.
create table trust (
  anchor text primary key,
  cursor int not null,
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
