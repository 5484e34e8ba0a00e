-- What staff of this node's centres write, until it is published or thrown away.
create table drafts (
  id uuid primary key,
  -- The centre's slug and entity id.
  centre text not null,
  iss text not null,
  kind text not null,
  -- The record that it will be, and the version of it that it follows: 0 where there is none yet.
  rid uuid not null,
  base_ver int not null,
  state text not null check (
    state in ('draft', 'in-review', 'changes-asked', 'approved', 'scheduled', 'published')
  ),
  -- By field, each as it was typed: nothing is judged before somebody asks. What is called `local.…` never leaves.
  written jsonb not null,
  author uuid not null references people,
  -- Whom the author asked, or who took it on; who asks for changes or approves.
  reviewer uuid references people,
  -- Counts what was saved.
  revision int not null default 0,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  publish_at timestamptz,
  -- Who said that it be published at that time.
  publish_by uuid references people,
  check ((state = 'scheduled') = (publish_at is not null))
);
-- As in `entries`: nothing of what somebody wrote in the planner's statistics.
alter table drafts alter column written set statistics 0;
-- Two people who change the same record work on the same draft.
create unique index drafts_of_record on drafts (iss, rid) where state <> 'published';
create index drafts_by_centre on drafts (centre, changed_at desc);
create index drafts_due on drafts (publish_at) where state = 'scheduled';

-- What each saving changed: of every field what stood there before, null for nothing.
create table draft_revisions (
  draft uuid not null references drafts on delete cascade,
  revision int not null,
  by uuid not null references people,
  at timestamptz not null,
  before jsonb not null,
  primary key (draft, revision)
);
alter table draft_revisions alter column before set statistics 0;

-- What somebody wrote in a field that others changed meanwhile, beside what stands there: somebody chooses.
create table draft_rivals (
  draft uuid not null references drafts on delete cascade,
  field text not null,
  -- The open page that it was written on.
  page text not null,
  value jsonb not null,
  by uuid not null references people,
  at timestamptz not null,
  primary key (draft, field, page)
);
alter table draft_rivals alter column value set statistics 0;

-- What a reviewer says of a field, or of all (an empty name).
create table draft_comments (
  id uuid primary key,
  draft uuid not null references drafts on delete cascade,
  field text not null,
  text text not null,
  by uuid not null references people,
  at timestamptz not null,
  settled_at timestamptz
);
alter table draft_comments alter column text set statistics 0;
create index draft_comments_by_draft on draft_comments (draft, at);

-- Its files: gone with it, and never kept twice once they are published. What somebody writes of one, its alternative
-- text, stands in `written` as `anlage.…` with its id, and is saved as every other field is.
create table draft_files (
  id uuid primary key,
  draft uuid not null references drafts on delete cascade,
  name text not null,
  type text not null,
  len int not null,
  bytes bytea not null,
  at timestamptz not null,
  unique (draft, name)
);
alter table draft_files
  alter column name set statistics 0, alter column bytes set statistics 0, alter column bytes set storage external;

-- Begins a draft; where the record already has one, answers that; null where the record was erased meanwhile. p_files:
-- `[{id, dig, name, type, len}]`, what the published version lists.
create function begin_draft(
  p_id uuid, p_centre text, p_iss text, p_kind text, p_rid uuid, p_base_ver int, p_written jsonb,
  p_feed text, p_files jsonb, p_by uuid, p_now timestamptz
) returns uuid language plpgsql volatile as $$
declare
  v_id uuid;
begin
  -- An erasure comes before, or finds the draft: what was read just before it would outlive it.
  perform from records where iss = p_iss and rid = p_rid order by feed for share;
  if p_base_ver > 0 and not exists (
    select from records where iss = p_iss and rid = p_rid and state <> 'erased'
  ) then
    return null;
  end if;

  insert into drafts (id, centre, iss, kind, rid, base_ver, state, written, author, made_at, changed_at)
  values (p_id, p_centre, p_iss, p_kind, p_rid, p_base_ver, 'draft', p_written, p_by, p_now, p_now)
  on conflict (iss, rid) where state <> 'published' do nothing
  returning id into v_id;
  if not found then
    select id into v_id from drafts where iss = p_iss and rid = p_rid and state <> 'published';
    return v_id;
  end if;
  insert into draft_files (id, draft, name, type, len, bytes, at)
  select f.id, p_id, f.name, f.type, f.len, b.bytes, p_now
  from jsonb_to_recordset(p_files) as f (id uuid, dig text, name text, type text, len int)
  join blobs b on b.iss = p_iss and b.feed = p_feed and b.dig = f.dig and b.bytes is not null
  on conflict (draft, name) do nothing;
  perform audit_event(
    p_centre, p_now, p_by::text, 'draft.begun', p_id::text, jsonb_build_object('kind', p_kind, 'rid', p_rid)
  );
  return p_id;
end $$;

-- Begins a draft about another record; where its centre writes one of that kind about it already, answers that.
-- p_about: what `related` names. One after the other, so that whoever presses twice begins one.
create function begin_draft_about(
  p_about jsonb, p_id uuid, p_centre text, p_iss text, p_kind text, p_rid uuid, p_written jsonb, p_by uuid,
  p_now timestamptz
) returns table (id uuid, begun boolean) language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'draft about', p_iss, p_kind, p_about), 0));
  select d.id, false into id, begun from drafts d
  where d.iss = p_iss and d.kind = p_kind and d.state <> 'published'
    and d.written -> 'related' @> jsonb_build_array(p_about)
  order by d.made_at limit 1;
  if not found then
    id := begin_draft(p_id, p_centre, p_iss, p_kind, p_rid, 0, p_written, 'public', '[]', p_by, p_now);
    begun := true;
  end if;
  return next;
end $$;

-- What stood in a field at a revision: what the first saving after it found there, or what stands there now.
create function draft_field_at(p_draft drafts, p_revision int, p_field text)
returns jsonb language sql stable as $$
  select coalesce(
    (
      select before -> p_field from draft_revisions
      where draft = p_draft.id and revision > p_revision and before ? p_field
      order by revision limit 1
    ),
    p_draft.written -> p_field, 'null'
  )
$$;

-- Saves the fields of one page, which showed revision p_revision. Fields that others changed meanwhile stay as they
-- are, and what was written here is kept beside them; so are all while the draft is with its reviewer. p_fields: by
-- name, null for nothing; p_rivals: those of which this page knows that they are kept beside.
-- Answers saved or unknown; the revision; and the fields that are kept beside.
create function save_draft(
  p_id uuid, p_centre text, p_by uuid, p_page text, p_revision int, p_fields jsonb, p_rivals jsonb, p_now timestamptz,
  out outcome text, out revision int, out state text, out rivals jsonb
) language plpgsql volatile as $$
declare
  v_draft drafts;
  v_field text;
  v_value jsonb;
  v_now jsonb;
  v_before jsonb := '{}';
begin
  rivals := '[]';
  select * into v_draft from drafts d where d.id = p_id and d.centre = p_centre and d.state <> 'published' for update;
  if not found then
    outcome := 'unknown';
    return;
  end if;

  for v_field, v_value in select key, value from jsonb_each(p_fields) loop
    v_now := coalesce(v_draft.written -> v_field, 'null');
    if v_value = v_now then
      delete from draft_rivals where draft = p_id and field = v_field and page = p_page;
      continue;
    elsif p_rivals ? v_field then
      null;
    elsif v_value = draft_field_at(v_draft, p_revision, v_field) then
      continue;
    elsif v_draft.state in ('draft', 'changes-asked') and v_now = draft_field_at(v_draft, p_revision, v_field) then
      v_before := v_before || jsonb_build_object(v_field, v_now);
      continue;
    end if;
    insert into draft_rivals (draft, field, page, value, by, at)
    values (p_id, v_field, p_page, v_value, p_by, p_now)
    on conflict (draft, field, page) do update set value = excluded.value, at = excluded.at;
    rivals := rivals || to_jsonb(v_field);
  end loop;

  if v_before <> '{}' then
    v_draft.revision := v_draft.revision + 1;
    insert into draft_revisions (draft, revision, by, at, before)
    values (p_id, v_draft.revision, p_by, p_now, v_before);
    update drafts d set
      revision = v_draft.revision, changed_at = p_now,
      written = jsonb_strip_nulls(
        d.written || (select jsonb_object_agg(key, p_fields -> key) from jsonb_object_keys(v_before) as key)
      )
    where d.id = p_id;
  end if;
  outcome := 'saved';
  revision := v_draft.revision;
  state := v_draft.state;
end $$;

-- Of two versions of a field the one kept beside is taken, or given up. Answers taken, given-up, unknown or locked.
create function choose_rival(
  p_id uuid, p_centre text, p_field text, p_page text, p_take boolean, p_by uuid, p_now timestamptz
) returns text language plpgsql volatile as $$
declare
  v_draft drafts;
  v_value jsonb;
begin
  select * into v_draft from drafts where id = p_id and centre = p_centre for update;
  select value into v_value from draft_rivals where draft = p_id and field = p_field and page = p_page;
  if v_draft.id is null or v_value is null then
    return 'unknown';
  end if;
  if p_take and v_draft.state not in ('draft', 'changes-asked') then
    return 'locked';
  end if;
  delete from draft_rivals where draft = p_id and field = p_field and page = p_page;
  if not p_take then
    return 'given-up';
  end if;
  -- What it replaces is kept in turn: whoever chose wrongly finds it among the revisions.
  insert into draft_revisions (draft, revision, by, at, before)
  values (
    p_id, v_draft.revision + 1, p_by, p_now,
    jsonb_build_object(p_field, coalesce(v_draft.written -> p_field, 'null'))
  );
  update drafts set
    revision = revision + 1, changed_at = p_now,
    written = jsonb_strip_nulls(written || jsonb_build_object(p_field, v_value))
  where id = p_id;
  return 'taken';
end $$;

-- Whether somebody wrote a part of it: nobody approves what is her own.
create function wrote_draft(p_draft drafts, p_person uuid) returns boolean language sql stable as $$
  select p_draft.author = p_person
    or exists (select from draft_revisions where draft = p_draft.id and by = p_person);
$$;

-- Whether somebody writes for a centre, and may so go on with a draft.
create function writes_for(p_person uuid, p_centre text) returns boolean language sql stable as $$
  select exists (
    select from grants g join people p on p.id = g.person
    where g.person = p_person and g.centre = p_centre and g.role = 'editor' and p.closed_at is null
  );
$$;

-- Tells those who go on with it: its reviewers, or its author; where she does not write, as moderators need not, or
-- has left, all who do.
create function tell_of_draft(
  p_draft drafts, p_act text, p_by uuid, p_reviewer uuid, p_told jsonb, p_now timestamptz
) returns void language plpgsql volatile as $$
declare
  v_to uuid := case
    when p_act in ('submit', 'route') then p_reviewer
    when p_act = 'take-back' then p_draft.reviewer
    when p_act in ('ask-changes', 'approve', 'unschedule') then p_draft.author
  end;
begin
  if p_act = 'submit' and p_reviewer is null then
    perform tell_role(
      p_draft.centre, '["reviewer"]', p_by, p_told ->> 'subject', p_told ->> 'text', p_told ->> 'path', p_now
    );
  elsif p_act in ('ask-changes', 'approve', 'unschedule') and not writes_for(p_draft.author, p_draft.centre) then
    perform tell_role(
      p_draft.centre, '["editor"]', p_by, p_told ->> 'subject', p_told ->> 'text', p_told ->> 'path', p_now
    );
  elsif v_to <> p_by then
    perform tell(v_to, p_told ->> 'subject', p_told ->> 'text', p_told ->> 'path', p_now);
  end if;
end $$;

-- One step in the life of a draft. p_revision: what the person has read, null where that does not matter.
-- p_told: `{subject, text, path}`, what those hear who go on with it.
-- Answers done, unknown, state (it is not the time for that), unread (what she has read is not said), moved (it was
-- changed meanwhile), own or reviewer (who is asked does not review for this centre).
create function move_draft(
  p_id uuid, p_centre text, p_act text, p_by uuid, p_revision int, p_reviewer uuid, p_at timestamptz, p_told jsonb,
  p_now timestamptz
) returns text language plpgsql volatile as $$
declare
  v_draft drafts;
  v_from text[] := case p_act
    when 'submit' then '{draft,changes-asked}'
    when 'take-back' then '{in-review,approved,scheduled}'
    when 'ask-changes' then '{in-review}'
    when 'approve' then '{in-review}'
    when 'route' then '{in-review}'
    when 'schedule' then '{approved,scheduled}'
    when 'unschedule' then '{scheduled}'
  end;
  v_to text := case p_act
    when 'submit' then 'in-review'
    when 'take-back' then 'draft'
    when 'ask-changes' then 'changes-asked'
    when 'approve' then 'approved'
    when 'route' then 'in-review'
    when 'schedule' then 'scheduled'
    when 'unschedule' then 'approved'
  end;
begin
  select * into v_draft from drafts where id = p_id and centre = p_centre and state <> 'published' for update;
  if not found then
    return 'unknown';
  end if;
  if not v_draft.state = any (v_from) then
    return 'state';
  end if;
  -- Who hands it in or decides about it names the revision that she has read.
  if p_act in ('submit', 'approve', 'ask-changes') and p_revision is null then
    return 'unread';
  end if;
  if p_revision <> v_draft.revision then
    return 'moved';
  end if;
  if p_act in ('approve', 'ask-changes') and wrote_draft(v_draft, p_by) then
    return 'own';
  end if;
  if p_reviewer is not null and (
    wrote_draft(v_draft, p_reviewer) or not exists (
      select from grants g join people p on p.id = g.person
      where g.person = p_reviewer and g.centre = p_centre and g.role = 'reviewer' and p.closed_at is null
    )
  ) then
    return 'reviewer';
  end if;
  update drafts set
    state = v_to, changed_at = p_now,
    reviewer = case
      when p_act in ('approve', 'ask-changes') then p_by
      when p_act in ('submit', 'route') then p_reviewer
      else reviewer
    end,
    publish_at = case when p_act = 'schedule' then p_at end,
    publish_by = case when p_act = 'schedule' then p_by end
  where id = p_id;
  perform audit_event(
    p_centre, p_now, p_by::text, 'draft.' || p_act, p_id::text, jsonb_build_object('revision', v_draft.revision)
  );
  perform tell_of_draft(v_draft, p_act, p_by, p_reviewer, p_told, p_now);
  return 'done';
end $$;

-- Throws a draft away, with all that belongs to it. Answers done or unknown.
create function discard_draft(p_id uuid, p_centre text, p_by uuid, p_now timestamptz)
returns text language plpgsql volatile as $$
begin
  delete from drafts where id = p_id and centre = p_centre and state <> 'published';
  if not found then
    return 'unknown';
  end if;
  perform audit_event(p_centre, p_now, p_by::text, 'draft.discard', p_id::text, '{}');
  return 'done';
end $$;

-- The entry that publishes a draft names it among what stays here. From then on the entry has all that was written:
-- nothing is kept twice, so that an erasure finds it.
create function draft_was_published() returns trigger language plpgsql volatile as $$
declare
  v_draft drafts;
begin
  update drafts set
    state = 'published', written = '{}', publish_at = null, publish_by = null, changed_at = new.received_at
  where id = (new.local #>> '{draft,id}')::uuid and state <> 'published'
  returning * into v_draft;
  if not found then
    return null;
  end if;
  delete from draft_revisions where draft = v_draft.id;
  delete from draft_rivals where draft = v_draft.id;
  delete from draft_comments where draft = v_draft.id;
  delete from draft_files where draft = v_draft.id;
  perform audit_event(
    v_draft.centre, new.received_at, coalesce(new.local #>> '{draft,by}', v_draft.author::text), 'draft.publish',
    v_draft.id::text, jsonb_build_object('rid', new.rid, 'ver', new.ver)
  );
  return null;
end $$;
create trigger draft_published after insert on entries
  for each row when (new.local is not null and new.local ? 'draft')
  execute function draft_was_published();

-- Where a record is erased in each feed, what somebody was writing on it goes too.
create function drafts_of_erased() returns trigger language plpgsql volatile as $$
begin
  delete from drafts d
  where d.iss = new.iss and d.rid = new.rid
    and not exists (select from records r where r.iss = new.iss and r.rid = new.rid and r.state <> 'erased');
  delete from cut_off c
  where c.iss = new.iss and c.rid = new.rid
    and not exists (select from records r where r.iss = new.iss and r.rid = new.rid and r.state <> 'erased');
  return null;
end $$;
create trigger record_erased after insert or update on records
  for each row when (new.state = 'erased')
  execute function drafts_of_erased();

-- What the trust anchor's word has cut off a feed that is written here: the newest version of each record, until it is a
-- draft again. Nobody else has its content any more, and who wrote it has done nothing wrong.
create table cut_off (
  iss text not null,
  rid uuid not null,
  ver int not null,
  kind text not null,
  content bytea not null,
  local jsonb,
  primary key (iss, rid)
);
alter table cut_off alter column content set statistics 0, alter column local set statistics 0;
create table cut_off_files (
  iss text not null,
  rid uuid not null,
  -- As its content lists it.
  dig text not null,
  bytes bytea not null,
  primary key (iss, rid, dig),
  foreign key (iss, rid) references cut_off on delete cascade
);
alter table cut_off_files alter column bytes set statistics 0, alter column bytes set storage external;

create function keep_cut_off() returns trigger language plpgsql volatile as $$
declare
  v_feed feeds;
begin
  select * into strict v_feed from feeds where id = old.feed_id;
  if not exists (select from keys where owner = v_feed.iss and use = 'sig') then
    return null;
  end if;
  insert into cut_off as c (iss, rid, ver, kind, content, local)
  values (v_feed.iss, old.rid, old.ver, old.kind, old.content, old.local)
  on conflict (iss, rid) do update
  set ver = excluded.ver, kind = excluded.kind, content = excluded.content, local = excluded.local
  where c.ver < excluded.ver;
  if found then
    insert into cut_off_files (iss, rid, dig, bytes)
    select b.iss, old.rid, b.dig, b.bytes
    from attachments a join blobs b on b.iss = v_feed.iss and b.feed = v_feed.feed and b.dig = a.dig
    where a.feed_id = old.feed_id and a.seq = old.seq and b.bytes is not null
    on conflict do nothing;
  end if;
  return null;
end $$;
-- By its name before `entry_gone`, which takes the files.
create trigger cut_off_is_kept after delete on entries
  for each row when (old.op = 'publish' and old.status = 'present' and not old.hidden and old.content is not null)
  execute function keep_cut_off();

-- Makes a draft of it, and tells the editors; where somebody writes on the record already, or it was erased, nothing.
-- p_files: `[{id, dig, name, type, len}]`, as its content lists them. p_told: `{subject, text}`.
create function take_up_cut_off(
  p_id uuid, p_centre text, p_iss text, p_kind text, p_rid uuid, p_base_ver int, p_written jsonb, p_files jsonb,
  p_author uuid, p_told jsonb, p_now timestamptz
) returns void language plpgsql volatile as $$
begin
  perform from cut_off where iss = p_iss and rid = p_rid for update;
  if not found then
    return;
  end if;
  if begin_draft(
    p_id, p_centre, p_iss, p_kind, p_rid, p_base_ver, p_written, 'public', '[]', p_author, p_now
  ) = p_id then
    insert into draft_files (id, draft, name, type, len, bytes, at)
    select f.id, p_id, f.name, f.type, f.len, c.bytes, p_now
    from jsonb_to_recordset(p_files) as f (id uuid, dig text, name text, type text, len int)
    join cut_off_files c on c.iss = p_iss and c.rid = p_rid and c.dig = f.dig
    on conflict (draft, name) do nothing;
    perform tell_role(
      p_centre, '["editor"]', null, p_told ->> 'subject', p_told ->> 'text', '/entwuerfe/' || p_id, p_now
    );
  end if;
  delete from cut_off where iss = p_iss and rid = p_rid;
end $$;
