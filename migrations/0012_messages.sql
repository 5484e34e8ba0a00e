-- What a person is told of: that something waits for her, or what became of it. Read on her page of messages, and
-- sent to her address where she gave one. Without contents: an e-mail passes through many hands.
create table messages (
  id uuid primary key default gen_random_uuid(),
  person uuid not null references people on delete cascade,
  subject text not null,
  text text not null,
  -- Where it leads, on this node.
  path text not null,
  made_at timestamptz not null,
  read_at timestamptz,
  -- When it is tried to be sent the next time; null: nothing is to be sent, or it has been.
  send_at timestamptz,
  tries int not null default 0
);
create index messages_by_person on messages (person, made_at desc);
create index messages_to_send on messages (send_at) where send_at is not null;

create function tell(p_person uuid, p_subject text, p_text text, p_path text, p_now timestamptz)
returns void language sql volatile as $$
  insert into messages (person, subject, text, path, made_at, send_at)
  select id, p_subject, p_text, p_path, p_now, case when email is not null then p_now end
  from people where id = p_person and closed_at is null;
$$;

-- Everybody who has one of these roles (a JSON list) at a centre, but for whoever did it herself.
create function tell_role(
  p_centre text, p_roles jsonb, p_except uuid, p_subject text, p_text text, p_path text, p_now timestamptz
) returns void language sql volatile as $$
  select tell(person, p_subject, p_text, p_path, p_now)
  from (select distinct person from grants where centre = p_centre and p_roles ? role) g
  where person is distinct from p_except;
$$;
