-- What was done by whom for a centre: one chain per centre, so that its auditors can verify it without seeing
-- another's. It names people by their ids only.
create table audit (
  centre text not null,
  seq bigint not null,
  at timestamptz not null,
  -- A person's id, `operator` (the command line), `start`, or `oidc` (the house's sign-in).
  actor text not null check (actor ~ '^[!-~]+$'),
  event text not null check (event ~ '^[a-z-]+\.[a-z-]+$'),
  -- Id of whom or what it was done to.
  subject text not null check (subject ~ '^[!-~]*$'),
  -- A JSON object of ids, roles and numbers, as text: the digest is over these very bytes.
  details text not null,
  -- base64url(SHA-256(lines)): the digest before (nothing at 1), centre, seq, at in UTC with milliseconds,
  -- actor, event, subject, details; joined by line feeds.
  dig text not null,
  primary key (centre, seq)
);

-- Where each chain ends, and what the next one waits for.
create table audit_ends (
  centre text primary key,
  seq bigint not null,
  dig text not null
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is only ever added to' using errcode = 'TN002';
end $$;
create trigger audit_is_final before update or delete or truncate on audit
  for each statement execute function refuse_change();

-- One writer at a time and centre, who reads the end that the one before has written.
create function audit_event(
  p_centre text, p_at timestamptz, p_actor text, p_event text, p_subject text, p_details jsonb
) returns void language plpgsql volatile as $$
declare
  v_at timestamptz := date_trunc('milliseconds', p_at);
  v_end audit_ends;
  v_dig text;
begin
  insert into audit_ends (centre, seq, dig) values (p_centre, 0, '') on conflict do nothing;
  select * into v_end from audit_ends where centre = p_centre for update;
  v_dig := translate(rtrim(encode(sha256(convert_to(concat_ws(E'\n',
    v_end.dig, p_centre, v_end.seq + 1, to_char(v_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    p_actor, p_event, p_subject, p_details::text
  ), 'UTF8')), 'base64'), '='), '+/', '-_');
  insert into audit (centre, seq, at, actor, event, subject, details, dig)
  values (p_centre, v_end.seq + 1, v_at, p_actor, p_event, p_subject, p_details::text, v_dig);
  update audit_ends set seq = v_end.seq + 1, dig = v_dig where centre = p_centre;
end $$;
