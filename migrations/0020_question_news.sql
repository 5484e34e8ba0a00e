-- What staff were told of a question: that their centre is asked, that its day comes, that somebody has answered.
create table question_news (
  -- The slug of the centre whose staff were told.
  centre text not null,
  -- The question.
  iss text not null,
  rid uuid not null,
  -- `asked`, `due` or `answered` with the slug of who did.
  what text not null,
  at timestamptz not null,
  primary key (centre, iss, rid, what)
);

-- Tells the staff of a centre what there is to tell of questions, each once.
-- p_news: `[{iss, rid, what, subject, text, path}]`.
create function tell_of_questions(p_centre text, p_news jsonb, p_now timestamptz)
returns void language sql volatile as $$
  with fresh as (
    insert into question_news (centre, iss, rid, what, at)
    select p_centre, iss, rid, what, p_now from jsonb_to_recordset(p_news) as n (iss text, rid uuid, what text)
    on conflict do nothing
    returning iss, rid, what
  )
  select tell_role(p_centre, '["editor", "adviser"]', null, n.subject, n.text, n.path, p_now)
  from jsonb_to_recordset(p_news) as n (iss text, rid uuid, what text, subject text, text text, path text)
  join fresh f on f.iss = n.iss and f.rid = n.rid and f.what = n.what;
$$;
