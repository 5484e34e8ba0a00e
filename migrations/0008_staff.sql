-- People who work at the centres of this node. An id is random: elsewhere it says nothing about anybody.
create table people (
  id uuid primary key,
  name text not null,
  -- Who comes through the house's own sign-in (OpenID Connect): who vouches for her, and as whom.
  issuer text,
  subject text,
  made_at timestamptz not null,
  -- Where she is written to. One that she has only named counts when a link sent there has been followed:
  -- email_token is SHA-256 of what that link holds.
  email text,
  email_named text,
  email_token bytea,
  -- A closed account lets nobody in. Its row stays, and with it the name beside what the audit says.
  closed_at timestamptz,
  unique (issuer, subject),
  check ((issuer is null) = (subject is null))
);

-- Who may do what, for which centre (its slug).
create table grants (
  person uuid not null references people,
  centre text not null,
  role text not null check (
    role in ('editor', 'reviewer', 'moderator', 'adviser', 'administrator', 'auditor', 'curator')
  ),
  primary key (person, centre, role)
);
create index grants_by_centre on grants (centre, role);

create table passkeys (
  -- The credential's id, base64url.
  id text primary key,
  person uuid not null references people,
  -- COSE key.
  public_key bytea not null,
  -- Uses as the authenticator counts them; many always say 0.
  counter bigint not null,
  transports jsonb not null,
  -- On what device it was made, in words.
  device text not null,
  made_at timestamptz not null,
  used_at timestamptz
);
create index passkeys_by_person on passkeys (person);

-- A link that makes one person, or gives one person access again.
create table invitations (
  id uuid primary key,
  -- SHA-256 of what the link holds; the link itself is kept nowhere.
  token bytea not null unique,
  centre text not null,
  roles jsonb not null,
  name text not null,
  -- Whose access it renews; null where it makes a new person.
  person uuid references people,
  -- A person's id, `operator` (the command line) or `start`.
  invited_by text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index invitations_by_centre on invitations (centre, made_at desc);

-- Who is signed in, on which device. Ended ones are deleted; the audit remembers them.
create table sessions (
  id uuid primary key,
  -- SHA-256 of what the cookie holds.
  token bytea not null unique,
  person uuid not null references people,
  -- For which of her centres she is working.
  centre text not null,
  device text not null,
  made_at timestamptz not null,
  -- When its person last showed that it is she: the house's own sign-in may know her from this morning, or not say.
  shown_at timestamptz,
  seen_at timestamptz not null
);
create index sessions_by_person on sessions (person);

-- Challenges that were answered, until nobody could answer them again.
create table used_challenges (
  challenge text primary key,
  until timestamptz not null
);

-- Tries at signing in, by network, passkey and invitation.
create table attempts (
  key text primary key,
  since timestamptz not null,
  count int not null
);

-- Whoever changes who administers a centre waits for the one before, and reads what that one wrote.
create function lock_centre(p_centre text) returns void language sql volatile as $$
  select pg_advisory_xact_lock(hashtextextended('staff of ' || p_centre, 0));
$$;

-- Writes to the audit of every centre that a person works for, in one order, so that no two wait for each other.
create function audit_person(p_person uuid, p_now timestamptz, p_actor text, p_event text, p_details jsonb)
returns void language plpgsql volatile as $$
declare
  v_centre text;
begin
  for v_centre in select distinct centre from grants where person = p_person order by centre loop
    perform audit_event(v_centre, p_now, p_actor, p_event, p_person::text, p_details);
  end loop;
end $$;

create function keep_passkey(p_person uuid, p_passkey jsonb, p_now timestamptz)
returns void language sql volatile as $$
  insert into passkeys (id, person, public_key, counter, transports, device, made_at)
  values (
    p_passkey ->> 'id', p_person, decode(p_passkey ->> 'publicKey', 'base64'),
    (p_passkey ->> 'counter')::bigint, p_passkey -> 'transports', p_passkey ->> 'device', p_now
  );
$$;

-- She goes on for the centre that she worked for last: whoever signs in once more in between is led back to its pages.
create function begin_session(p_person uuid, p_session jsonb, p_now timestamptz)
returns void language plpgsql volatile as $$
declare
  v_centre text;
begin
  select g.centre into v_centre
  from grants g left join sessions s on s.person = g.person and s.centre = g.centre
  where g.person = p_person
  order by s.seen_at desc nulls last, g.centre limit 1;
  insert into sessions (id, token, person, centre, device, made_at, shown_at, seen_at)
  select
    (p_session ->> 'id')::uuid, decode(p_session ->> 'token', 'base64'), p_person, coalesce(v_centre, ''),
    p_session ->> 'device', p_now, (p_session ->> 'shown')::timestamptz, p_now;
  perform audit_person(
    p_person, p_now, p_person::text, 'session.began', jsonb_build_object('session', p_session ->> 'id')
  );
end $$;

-- One link, one person: who comes second finds it used. Answers joined, renewed, over or passkey-known.
create function accept_invitation(
  p_token bytea, p_person uuid, p_name text, p_passkey jsonb, p_session jsonb, p_now timestamptz
) returns text language plpgsql volatile as $$
declare
  v_invitation invitations;
  v_renewed people;
begin
  select * into v_invitation from invitations where token = p_token for update;
  if not found or v_invitation.used_at is not null or v_invitation.revoked_at is not null
     or v_invitation.expires_at <= p_now then
    return 'over';
  end if;
  if exists (select from passkeys where id = p_passkey ->> 'id') then
    return 'passkey-known';
  end if;
  update invitations set used_at = p_now where id = v_invitation.id;

  if v_invitation.person is null then
    insert into people (id, name, made_at) values (p_person, p_name, p_now);
    insert into grants (person, centre, role)
    select p_person, v_invitation.centre, role from jsonb_array_elements_text(v_invitation.roles) as role;
    perform keep_passkey(p_person, p_passkey, p_now);
    perform audit_event(
      v_invitation.centre, p_now, p_person::text, 'person.joined', p_person::text,
      jsonb_build_object('invitation', v_invitation.id, 'roles', v_invitation.roles)
    );
    perform begin_session(p_person, p_session, p_now);
    return 'joined';
  end if;

  -- Whoever lost a device must not have lost it to somebody who still gets in with it.
  select * into v_renewed from people where id = v_invitation.person for update;
  if v_renewed.closed_at is not null then
    return 'over';
  end if;
  delete from passkeys where person = v_renewed.id;
  delete from sessions where person = v_renewed.id;
  perform keep_passkey(v_renewed.id, p_passkey, p_now);
  perform audit_person(
    v_renewed.id, p_now, v_renewed.id::text, 'person.renewed', jsonb_build_object('invitation', v_invitation.id)
  );
  perform begin_session(v_renewed.id, p_session, p_now);
  return 'renewed';
end $$;

-- Answers began, unknown, closed, used (the challenge) or counter (somebody else has a copy of the passkey).
create function sign_in_with_passkey(
  p_passkey text, p_counter bigint, p_challenge text, p_until timestamptz, p_session jsonb, p_now timestamptz
) returns text language plpgsql volatile as $$
declare
  v_person people;
begin
  select p.* into v_person from people p join passkeys k on k.person = p.id where k.id = p_passkey for update;
  if not found then
    return 'unknown';
  end if;
  insert into used_challenges (challenge, until) values (p_challenge, p_until) on conflict do nothing;
  if not found then
    return 'used';
  end if;
  if v_person.closed_at is not null then
    perform audit_person(v_person.id, p_now, v_person.id::text, 'sign-in.refused', '{"reason": "closed"}');
    return 'closed';
  end if;
  update passkeys set counter = p_counter, used_at = p_now
  where id = p_passkey and (counter < p_counter or (counter = 0 and p_counter = 0));
  if not found then
    perform audit_person(v_person.id, p_now, v_person.id::text, 'sign-in.refused', '{"reason": "counter"}');
    return 'counter';
  end if;
  perform begin_session(v_person.id, p_session, p_now);
  return 'began';
end $$;

-- What the house's sign-in says of somebody counts from now on. p_grants: [{"centre", "role"}, …].
-- Answers began, closed or no-role.
create function sign_in_with_oidc(
  p_issuer text, p_subject text, p_person uuid, p_name text, p_grants jsonb, p_session jsonb, p_now timestamptz
) returns text language plpgsql volatile as $$
declare
  v_person people;
begin
  if p_grants <> '[]' then
    insert into people (id, name, issuer, subject, made_at)
    values (p_person, p_name, p_issuer, p_subject, p_now)
    on conflict (issuer, subject) do nothing;
  end if;
  select * into v_person from people where issuer = p_issuer and subject = p_subject for update;
  if not found then
    return 'no-role';
  end if;
  if v_person.closed_at is not null then
    perform audit_person(v_person.id, p_now, v_person.id::text, 'sign-in.refused', '{"reason": "closed"}');
    return 'closed';
  end if;
  update people set name = p_name where id = v_person.id and name <> p_name;
  perform take_over_grants(v_person.id, p_grants, p_now);
  if p_grants = '[]' then
    delete from sessions where person = v_person.id;
    return 'no-role';
  end if;
  if v_person.id = p_person then
    perform audit_person(v_person.id, p_now, v_person.id::text, 'person.joined', '{"by": "oidc"}');
  end if;
  perform begin_session(v_person.id, p_session, p_now);
  return 'began';
end $$;

create function take_over_grants(p_person uuid, p_grants jsonb, p_now timestamptz)
returns void language plpgsql volatile as $$
declare
  v_centre text;
  v_before jsonb;
  v_after jsonb;
begin
  for v_centre in
    select centre from grants where person = p_person
    union select g ->> 'centre' from jsonb_array_elements(p_grants) as g
    order by 1
  loop
    select coalesce(jsonb_agg(role order by role), '[]') into v_before
    from grants where person = p_person and centre = v_centre;
    select coalesce(jsonb_agg(distinct g ->> 'role' order by g ->> 'role'), '[]') into v_after
    from jsonb_array_elements(p_grants) as g where g ->> 'centre' = v_centre;
    if v_before <> v_after then
      delete from grants where person = p_person and centre = v_centre;
      insert into grants (person, centre, role)
      select p_person, v_centre, role from jsonb_array_elements_text(v_after) as role;
      perform audit_event(
        v_centre, p_now, 'oidc', 'roles.changed', p_person::text,
        jsonb_build_object('before', v_before, 'after', v_after)
      );
    end if;
  end loop;
end $$;

-- Whether somebody other than this person can get in and administers the centre.
create function others_administer(p_person uuid, p_centre text) returns boolean language sql stable as $$
  select exists (
    select from grants g join people p on p.id = g.person
    where g.centre = p_centre and g.role = 'administrator' and g.person <> p_person and p.closed_at is null
  );
$$;

-- Answers changed, unknown, last-administrator or elsewhere (whose roles the house's sign-in decides).
create function change_roles(p_person uuid, p_centre text, p_roles jsonb, p_by text, p_now timestamptz)
returns text language plpgsql volatile as $$
declare
  v_before jsonb;
begin
  perform lock_centre(p_centre);
  select coalesce(jsonb_agg(role order by role), '[]') into v_before
  from grants where person = p_person and centre = p_centre;
  if v_before = '[]' then
    return 'unknown';
  end if;
  if exists (select from people where id = p_person and issuer is not null) then
    return 'elsewhere';
  end if;
  if v_before ? 'administrator' and not p_roles ? 'administrator' and not others_administer(p_person, p_centre) then
    return 'last-administrator';
  end if;
  delete from grants where person = p_person and centre = p_centre;
  insert into grants (person, centre, role)
  select p_person, p_centre, role from jsonb_array_elements_text(p_roles) as role;
  perform audit_event(
    p_centre, p_now, p_by, 'roles.changed', p_person::text,
    jsonb_build_object('before', v_before, 'after', p_roles)
  );
  return 'changed';
end $$;

-- Nobody gets in with this account any more, from this moment on. Answers closed, unknown, last-administrator
-- or elsewhere (she works for another centre, too, which has a say in it).
create function close_person(p_person uuid, p_centre text, p_by text, p_now timestamptz)
returns text language plpgsql volatile as $$
begin
  perform lock_centre(p_centre);
  if not exists (
    select from grants g join people p on p.id = g.person
    where g.person = p_person and g.centre = p_centre and p.closed_at is null
  ) then
    return 'unknown';
  end if;
  if exists (select from grants where person = p_person and centre <> p_centre) then
    return 'elsewhere';
  end if;
  if exists (select from grants where person = p_person and centre = p_centre and role = 'administrator')
     and not others_administer(p_person, p_centre) then
    return 'last-administrator';
  end if;
  update people set closed_at = p_now, email = null, email_named = null, email_token = null where id = p_person;
  delete from messages where person = p_person;
  delete from sessions where person = p_person;
  update invitations set revoked_at = p_now where person = p_person and used_at is null and revoked_at is null;
  perform audit_event(p_centre, p_now, p_by, 'person.closed', p_person::text, '{}');
  return 'closed';
end $$;

-- Answers removed, unknown or last: without any passkey nobody could get in.
create function remove_passkey(p_person uuid, p_passkey text, p_now timestamptz)
returns text language plpgsql volatile as $$
begin
  perform from people where id = p_person for update;
  if not exists (select from passkeys where id = p_passkey and person = p_person) then
    return 'unknown';
  end if;
  if (select count(*) from passkeys where person = p_person) = 1 then
    return 'last';
  end if;
  delete from passkeys where id = p_passkey;
  perform audit_person(p_person, p_now, p_person::text, 'passkey.removed', '{}');
  return 'removed';
end $$;
