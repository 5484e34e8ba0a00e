-- The search index on PostgreSQL. It follows the log and can be thrown away at any time.
create table search_documents (
  feed text not null,
  iss text not null,
  rid uuid not null,
  ver int not null,
  -- What somebody wrote, without the title, which every hit shows anyway: to show passages from.
  passages text not null,
  -- Stems for meaning, and the plain words beside them for names and what German grammar calls stop words.
  words tsvector not null,
  primary key (iss, rid, feed)
);
create index search_documents_words on search_documents using gin (words);

create function search_words(p_a text, p_b text, p_c text, p_d text)
returns tsvector language sql immutable parallel safe as $$
  select setweight(to_tsvector('german', p_a) || to_tsvector('simple', p_a), 'A')
    || setweight(to_tsvector('german', p_b) || to_tsvector('simple', p_b), 'B')
    || setweight(to_tsvector('german', p_c) || to_tsvector('simple', p_c), 'C')
    || setweight(to_tsvector('german', p_d) || to_tsvector('simple', p_d), 'D')
$$;

-- Documents of changed records, and how far the follower got, in one act.
create function index_records(p_after bigint, p_upto bigint, p_documents jsonb, p_gone jsonb)
returns boolean language plpgsql volatile as $$
begin
  insert into followers (name, position) values ('search', 0) on conflict do nothing;
  perform from followers where name = 'search' and position = p_after for update;
  if not found then
    return false;
  end if;

  insert into search_documents (feed, iss, rid, ver, passages, words)
  select d.feed, d.iss, d.rid, d.ver, d.passages, search_words(d.a, d.b, d.c, d.d)
  from jsonb_to_recordset(p_documents) as d (
    feed text, iss text, rid uuid, ver int, a text, b text, c text, d text, passages text
  )
  on conflict (iss, rid, feed) do update set
    ver = excluded.ver, passages = excluded.passages, words = excluded.words;

  delete from search_documents s using jsonb_to_recordset(p_gone) as g (feed text, iss text, rid uuid)
  where s.iss = g.iss and s.rid = g.rid and s.feed = g.feed;

  update followers set position = p_upto where name = 'search';
  return true;
end $$;

-- Any of these words, by stem or as written.
create function any_word(p_words text)
returns tsquery language sql immutable parallel safe as $$
  select coalesce(
    replace(
      (plainto_tsquery('german', p_words) || plainto_tsquery('simple', p_words))::text, '&', '|'
    )::tsquery,
    ''::tsquery
  )
$$;

-- What is asked for: every word, or any of them; and none of the unwanted.
create function search_query(p_wanted text, p_unwanted text, p_any boolean)
returns tsquery language sql immutable parallel safe as $$
  select case when p_unwanted = '' then w.words else w.words && !!any_word(p_unwanted) end
  from (
    select case
      when p_any then any_word(p_wanted)
      else websearch_to_tsquery('german', p_wanted) || websearch_to_tsquery('simple', p_wanted)
    end as words
  ) w
$$;
