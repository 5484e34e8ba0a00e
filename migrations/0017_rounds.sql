-- Round tables of this node's centres: what is prepared before one, and what is captured while people talk.
create table rounds (
  id uuid primary key,
  -- The centre's slug and entity id.
  centre text not null,
  iss text not null,
  -- By field, each as it was typed.
  prepared jsonb not null,
  -- Counts what was saved of the preparation.
  revision int not null default 0,
  made_by uuid not null references people,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  -- When its first line was captured.
  begun_at timestamptz,
  -- The record that is made of it.
  rid uuid
);
-- As in `drafts`: nothing of what somebody wrote in the planner's statistics.
alter table rounds alter column prepared set statistics 0;
create unique index rounds_of_record on rounds (iss, rid);
create index rounds_by_centre on rounds (centre, changed_at desc);

-- What stood in the preparation before each saving.
create table round_revisions (
  round uuid not null references rounds on delete cascade,
  revision int not null,
  by uuid not null references people,
  at timestamptz not null,
  before jsonb not null,
  primary key (round, revision)
);
alter table round_revisions alter column before set statistics 0;

-- What was captured: an item each. Its id is made by the device that captures it.
create table round_items (
  id uuid primary key,
  round uuid not null references rounds on delete cascade,
  position bigint generated always as identity,
  kind text not null check (kind in ('finding', 'recommendation', 'question', 'agreement')),
  text text not null,
  -- What belongs to it by its kind, named as in the record: `consensus` and `topic`, `to`, `who` and `by`.
  details jsonb not null,
  revision int not null default 1,
  deleted_at timestamptz,
  -- Whether it went into the result as it stands.
  in_result boolean not null default false
);
alter table round_items alter column text set statistics 0, alter column details set statistics 0;
create index round_items_by_round on round_items (round, position);

-- What was done to each item. The act's id is made by the device too, so that what is sent again is known.
create table round_acts (
  act uuid primary key,
  round uuid not null references rounds on delete cascade,
  item uuid not null,
  revision int not null,
  by uuid not null references people,
  at timestamptz not null,
  -- What stood there before; null for nothing.
  before jsonb
);
alter table round_acts alter column before set statistics 0;
create index round_acts_by_round on round_acts (round);

create function begin_round(p_id uuid, p_centre text, p_iss text, p_prepared jsonb, p_by uuid, p_now timestamptz)
returns void language plpgsql volatile as $$
begin
  insert into rounds (id, centre, iss, prepared, made_by, made_at, changed_at)
  values (p_id, p_centre, p_iss, p_prepared, p_by, p_now, p_now);
  perform audit_event(p_centre, p_now, p_by::text, 'round.begun', p_id::text, '{}');
end $$;

-- Saves the whole preparation, which showed revision p_revision. Answers saved, moved (somebody else saved meanwhile:
-- nothing is overwritten) or unknown.
create function save_round(
  p_id uuid, p_centre text, p_revision int, p_prepared jsonb, p_by uuid, p_now timestamptz
) returns text language plpgsql volatile as $$
declare
  v_round rounds;
begin
  select * into v_round from rounds where id = p_id and centre = p_centre for update;
  if not found then
    return 'unknown';
  end if;
  if v_round.prepared = p_prepared then
    return 'saved';
  end if;
  if v_round.revision <> p_revision then
    return 'moved';
  end if;
  insert into round_revisions (round, revision, by, at, before)
  values (p_id, p_revision + 1, p_by, p_now, v_round.prepared);
  update rounds set prepared = p_prepared, revision = p_revision + 1, changed_at = p_now where id = p_id;
  return 'saved';
end $$;

-- Keeps what a device captured: a new item (p_revision 0), or what it becomes. Answers
-- kept (now, or when the same act came before), beside (somebody else changed the item meanwhile, so that this is an
-- item of its own, by the act's id: nothing is lost and nothing overwritten) or unknown.
create function keep_item(
  p_act uuid, p_item uuid, p_round uuid, p_centre text, p_revision int, p_kind text, p_text text, p_details jsonb,
  p_by uuid, p_now timestamptz
) returns text language plpgsql volatile as $$
declare
  v_item round_items;
  v_id uuid := p_item;
  v_before jsonb;
begin
  perform from rounds where id = p_round and centre = p_centre for update;
  if not found or exists (select from round_acts where act = p_act and round <> p_round) then
    return 'unknown';
  end if;
  if exists (select from round_acts where act = p_act) then
    return 'kept';
  end if;
  select * into v_item from round_items where id = p_item;
  if v_item.round <> p_round then
    return 'unknown';
  end if;

  if v_item.deleted_at is null and v_item.revision = p_revision then
    v_before := jsonb_build_object('kind', v_item.kind, 'text', v_item.text, 'details', v_item.details);
    update round_items set
      kind = p_kind, text = p_text, details = p_details, revision = revision + 1, in_result = false
    where id = p_item;
  elsif v_item.deleted_at is null and (v_item.kind, v_item.text, v_item.details) = (p_kind, p_text, p_details) then
    return 'kept';
  else
    if v_item.id is not null or p_revision > 0 then
      v_id := p_act;
    end if;
    insert into round_items (id, round, kind, text, details) values (v_id, p_round, p_kind, p_text, p_details);
  end if;

  insert into round_acts (act, round, item, revision, by, at, before)
  select p_act, p_round, v_id, revision, p_by, p_now, v_before from round_items where id = v_id;
  if (select begun_at from rounds where id = p_round) is null then
    perform audit_event(p_centre, p_now, p_by::text, 'round.captured', p_round::text, '{}');
  end if;
  update rounds set changed_at = p_now, begun_at = coalesce(begun_at, p_now) where id = p_round;
  return case when v_id = p_item then 'kept' else 'beside' end;
end $$;

-- Takes an item away. Answers gone (now or before), moved (somebody else changed it meanwhile: it stays) or unknown.
create function drop_item(
  p_act uuid, p_item uuid, p_round uuid, p_centre text, p_revision int, p_by uuid, p_now timestamptz
) returns text language plpgsql volatile as $$
declare
  v_item round_items;
begin
  perform from rounds where id = p_round and centre = p_centre for update;
  select * into v_item from round_items where id = p_item;
  if not found or v_item.round <> p_round or not exists (select from rounds where id = p_round and centre = p_centre) then
    return 'unknown';
  end if;
  if v_item.deleted_at is not null then
    return 'gone';
  end if;
  if v_item.revision <> p_revision then
    return 'moved';
  end if;
  update round_items set deleted_at = p_now, revision = revision + 1 where id = p_item;
  insert into round_acts (act, round, item, revision, by, at, before)
  values (
    p_act, p_round, p_item, p_revision + 1, p_by, p_now,
    jsonb_build_object('kind', v_item.kind, 'text', v_item.text, 'details', v_item.details)
  );
  update rounds set changed_at = p_now where id = p_round;
  return 'gone';
end $$;

-- Makes a draft of a round table, once: only when that was thrown away, another. (A published one stays in `drafts`.)
-- p_items: `[{id, revision}]`, what went into it. Answers the draft's id, or null where there is one already.
create function begin_result(
  p_round uuid, p_id uuid, p_centre text, p_iss text, p_kind text, p_rid uuid, p_written jsonb, p_items jsonb,
  p_by uuid, p_now timestamptz
) returns uuid language plpgsql volatile as $$
declare
  v_rid uuid;
begin
  select rid into v_rid from rounds where id = p_round and centre = p_centre for update;
  if not found or exists (select from drafts where iss = p_iss and rid = v_rid) then
    return null;
  end if;
  perform begin_draft(p_id, p_centre, p_iss, p_kind, p_rid, 0, p_written, 'public', '[]', p_by, p_now);
  update rounds set rid = p_rid, changed_at = p_now where id = p_round;
  update round_items i set in_result = true
  from jsonb_to_recordset(p_items) as x (id uuid, revision int)
  where i.round = p_round and i.id = x.id and i.revision = x.revision;
  return p_id;
end $$;

-- Throws a round table away, with all that was prepared and captured. Answers done or unknown.
create function discard_round(p_id uuid, p_centre text, p_by uuid, p_now timestamptz)
returns text language plpgsql volatile as $$
begin
  delete from rounds where id = p_id and centre = p_centre;
  if not found then
    return 'unknown';
  end if;
  perform audit_event(p_centre, p_now, p_by::text, 'round.discarded', p_id::text, '{}');
  return 'done';
end $$;

-- Why a centre here declined to sign with another's record. The protocol has no place for it: it stays here.
create table decline_reasons (
  -- Slug of the centre that declined.
  centre text not null,
  iss text not null,
  rid uuid not null,
  ver int not null,
  reason text not null,
  at timestamptz not null,
  primary key (centre, iss, rid, ver)
);
alter table decline_reasons alter column reason set statistics 0;

-- What staff say, and were told, of agreements in their centre's published results. `dig`: of what was agreed, who
-- does it and by when, so that nothing of it is kept twice and an agreement that is changed counts as a new one.
create table agreement_notes (
  iss text not null,
  rid uuid not null,
  dig text not null,
  -- As in the record; null where nobody has said anything here.
  state text check (state in ('open', 'done', 'dropped')),
  said_by uuid references people,
  said_at timestamptz,
  -- When staff were told that its day comes, and that it is past.
  told_soon timestamptz,
  told_late timestamptz,
  primary key (iss, rid, dig)
);

-- Where a record is erased in each feed, what is kept here of it goes too.
create function rounds_of_erased() returns trigger language plpgsql volatile as $$
begin
  if exists (select from records r where r.iss = new.iss and r.rid = new.rid and r.state <> 'erased') then
    return null;
  end if;
  delete from rounds where iss = new.iss and rid = new.rid;
  delete from decline_reasons where iss = new.iss and rid = new.rid;
  delete from agreement_notes where iss = new.iss and rid = new.rid;
  return null;
end $$;
create trigger rounds_of_erased after insert or update on records
  for each row when (new.state = 'erased')
  execute function rounds_of_erased();

-- Tells a centre's moderators of agreements, and notes that they were told; of those that they were told of before,
-- not again. p_agreements: `[{rid, dig}]`. p_due: soon or late.
create function remind_of_agreements(
  p_centre text, p_iss text, p_agreements jsonb, p_due text, p_subject text, p_text text, p_path text, p_now timestamptz
) returns void language plpgsql volatile as $$
begin
  insert into agreement_notes as n (iss, rid, dig, told_soon, told_late)
  select p_iss, a.rid, a.dig, case when p_due = 'soon' then p_now end, case when p_due = 'late' then p_now end
  from jsonb_to_recordset(p_agreements) as a (rid uuid, dig text)
  on conflict (iss, rid, dig) do update set
    told_soon = coalesce(n.told_soon, excluded.told_soon), told_late = coalesce(n.told_late, excluded.told_late)
  where case when p_due = 'soon' then n.told_soon is null else n.told_late is null end;
  if found then
    perform tell_role(p_centre, '["moderator"]', null, p_subject, p_text, p_path, p_now);
  end if;
end $$;
