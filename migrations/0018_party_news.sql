-- How far along the log it was told which results ask centres here to sign with them, and who answered ours. Not among
-- the followers: nothing of a content is made here, so that no receipt of erasure has to wait for it.
create table party_news (
  one_row boolean primary key default true check (one_row),
  position bigint not null
);
insert into party_news (position) values (0);

-- Which versions a centre here was told of: a record that changes otherwise than by a new version asks nobody again.
create table party_asks (
  -- Slug of the centre that is asked.
  centre text not null,
  iss text not null,
  rid uuid not null,
  ver int not null,
  primary key (centre, iss, rid, ver)
);

-- Tells what the next entries of the log ask and answer. p_asks: `[{centre, iss, rid, ver, subject, text, path}]`;
-- p_answers: `[{centre, subject, text, path}]`. False where another run was quicker: each step is taken once.
create function tell_party_news(p_after bigint, p_upto bigint, p_asks jsonb, p_answers jsonb, p_now timestamptz)
returns boolean language plpgsql volatile as $$
declare
  v_ask record;
begin
  update party_news set position = p_upto where position = p_after;
  if not found then
    return false;
  end if;

  for v_ask in
    select * from jsonb_to_recordset(p_asks)
      as a (centre text, iss text, rid uuid, ver int, subject text, text text, path text)
  loop
    insert into party_asks (centre, iss, rid, ver) values (v_ask.centre, v_ask.iss, v_ask.rid, v_ask.ver)
    on conflict do nothing;
    if found then
      perform tell_role(
        v_ask.centre, '["moderator", "reviewer"]', null, v_ask.subject, v_ask.text, v_ask.path, p_now
      );
    end if;
  end loop;

  perform tell_role(a.centre, '["moderator"]', null, a.subject, a.text, a.path, p_now)
  from jsonb_to_recordset(p_answers) as a (centre text, subject text, text text, path text);
  return true;
end $$;
