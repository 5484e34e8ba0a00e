-- The search index on PostgreSQL. It follows the log and can be thrown away at any time. No text is in it: passages
-- are shown from the records themselves.

-- Words that resemble a mistyped one. Trusted: who may create tables here may create it, superuser or not.
create extension if not exists pg_trgm;

-- Narrow: what lists and counts read of thousands of rows stands together, and the words of a whole record out of line.
create table search_documents (
  id bigint generated always as identity primary key,
  iss text not null,
  feed text not null,
  rid uuid not null,
  ver int not null,
  -- Seconds since 1970, as signed.
  changed bigint not null,
  -- Words in the record.
  length int not null,
  -- What lists are narrowed by: `land=DE-BE`, `topic=ai-adoption` …
  facets text[] not null,
  -- Stems, parts of compounds as `+stem`, facets, and the feed: of title and summary, and of the whole record.
  head tsvector not null,
  words tsvector not null,
  unique (iss, rid, feed)
);
alter table search_documents alter column head set storage main, alter column words set storage external;

-- Documents that came one after the other. An index of words always finds every document that has them, before it can
-- say which are the first; by blocks, the last first, no more are looked for than are wanted.
create function search_block(p_id bigint)
returns int[] language sql immutable parallel safe as $$ select array[(p_id / 8192)::int] $$;

create index on search_documents using gin (head, search_block(id));
create index on search_documents using gin (words, search_block(id));
create index on search_documents (changed desc, id);

-- The words that stand in records, as one would write them, and in how many records: what may be asked for.
create table search_words (
  -- Folded.
  word text collate "C" primary key,
  stem text not null,
  -- Stems of what a compound is made of, parts of parts too.
  parts text[] not null,
  -- As somebody wrote it.
  shown text not null,
  documents int not null,
  -- Of these, in the feed that everybody may read. No word of another may be proposed to everybody.
  public int not null
);
create index on search_words (stem);
create index on search_words using gin (parts);
create index on search_words using gin (word gin_trgm_ops);

-- Which words a document has brought along, and takes away when it goes.
create table search_contents (
  iss text not null,
  feed text not null,
  rid uuid not null,
  words text[] not null,
  primary key (iss, rid, feed)
);

-- How much there is, per feed.
create table search_totals (
  feed text primary key,
  documents bigint not null,
  length bigint not null
);

-- Words stay out of what the planner remembers of values, where no erasure would reach them. A table made like
-- another does not take that over.
create function keep_no_statistics(p_into text)
returns void language plpgsql volatile as $$
begin
  execute format('alter table search_documents%s
    alter column head set statistics 0, alter column words set statistics 0', p_into);
  execute format('alter table search_words%s
    alter column word set statistics 0, alter column stem set statistics 0,
    alter column parts set statistics 0, alter column shown set statistics 0', p_into);
  execute format('alter table search_contents%s alter column words set statistics 0', p_into);
end $$;
select keep_no_statistics('');

-- The index that is being built beside the one that is asked: whose it is, and when it last came a step further. Who
-- begins another takes its place.
create table search_rebuild (
  id uuid primary key,
  stepped_at timestamptz not null
);

-- Documents of changed records, the words new with them, and how far the follower got, in one act. `p_into` is
-- the suffix of the tables: the index that is asked, or the one that is built beside it (`_rebuild`). False where
-- another follower was quicker; null where somebody else has begun to build one.
create function index_records(
  p_into text, p_rebuild uuid, p_after bigint, p_upto bigint, p_documents jsonb, p_words jsonb, p_gone jsonb,
  p_now timestamptz
) returns boolean language plpgsql volatile as $$
declare
  v_follower text := 'search' || p_into;
  v_before text[];
begin
  if p_into = '' then
    insert into followers (name, position) values (v_follower, 0) on conflict do nothing;
  else
    update search_rebuild set stepped_at = p_now where id = p_rebuild;
    if not found then
      return null;
    end if;
  end if;
  perform from followers where name = v_follower and position = p_after for update;
  if not found then
    return false;
  end if;

  execute format('insert into search_words%1$s (word, stem, parts, shown, documents, public)
    select word, stem, array(select jsonb_array_elements_text(parts)), shown, 0, 0
    from jsonb_to_recordset($1) as w (word text, stem text, parts jsonb, shown text)
    order by word collate "C"
    on conflict do nothing', p_into) using p_words;

  v_before := forget_documents(p_into, p_documents || p_gone);

  execute format('insert into search_contents%1$s (iss, feed, rid, words)
    select iss, feed, rid, array(select jsonb_array_elements_text(vocabulary))
    from jsonb_to_recordset($1) as d (iss text, feed text, rid uuid, vocabulary jsonb)', p_into)
  using p_documents;

  execute format('insert into search_documents%1$s (iss, feed, rid, ver, changed, length, facets, head, words)
    select iss, feed, rid, ver, changed, length, array(select jsonb_array_elements_text(facets)),
      head::tsvector, words::tsvector
    from jsonb_to_recordset($1) as d (
      iss text, feed text, rid uuid, ver int, changed bigint, length int, facets jsonb, head text, words text
    )', p_into) using p_documents;

  perform count_documents(p_into, p_documents, 1);
  execute format('delete from search_words%1$s where word = any($1) and documents <= 0', p_into)
  using v_before;

  update followers set position = p_upto where name = v_follower;
  return true;
end $$;

-- Adds what documents bring along, or takes it away (`p_sign` 1 or -1).
create function count_documents(p_into text, p_documents jsonb, p_sign int)
returns void language plpgsql volatile as $$
begin
  execute format('update search_words%1$s w
    set documents = w.documents + $2 * n.documents, public = w.public + $2 * n.public
    from (
      select word, count(*) as documents, count(*) filter (where c.feed = ''public'') as public
      from jsonb_to_recordset($1) as d (iss text, feed text, rid uuid)
      join search_contents%1$s c on c.iss = d.iss and c.feed = d.feed and c.rid = d.rid,
        unnest(c.words) word
      group by word
    ) n
    where w.word = n.word', p_into) using p_documents, p_sign;

  execute format('insert into search_totals%1$s as t (feed, documents, length)
    select s.feed, $2 * count(*), $2 * sum(s.length)
    from jsonb_to_recordset($1) as d (iss text, feed text, rid uuid)
    join search_documents%1$s s on s.iss = d.iss and s.feed = d.feed and s.rid = d.rid
    group by s.feed
    on conflict (feed) do update
    set documents = t.documents + excluded.documents, length = t.length + excluded.length', p_into)
  using p_documents, p_sign;
end $$;

-- Takes documents out, as far as they are there, and answers which words they had.
create function forget_documents(p_into text, p_documents jsonb)
returns text[] language plpgsql volatile as $$
declare
  v_words text[];
begin
  execute format('select array(
      select distinct word
      from jsonb_to_recordset($1) as d (iss text, feed text, rid uuid)
      join search_contents%1$s c on c.iss = d.iss and c.feed = d.feed and c.rid = d.rid, unnest(c.words) word
    )', p_into) into v_words using p_documents;
  if v_words = '{}' then
    return v_words;
  end if;
  perform count_documents(p_into, p_documents, -1);
  execute format('delete from search_documents%1$s s
    using jsonb_to_recordset($1) as d (iss text, feed text, rid uuid)
    where s.iss = d.iss and s.feed = d.feed and s.rid = d.rid', p_into) using p_documents;
  execute format('delete from search_contents%1$s c
    using jsonb_to_recordset($1) as d (iss text, feed text, rid uuid)
    where c.iss = d.iss and c.feed = d.feed and c.rid = d.rid', p_into) using p_documents;
  return v_words;
end $$;

-- Words that resemble this one, most like it first. Short words share few trigrams with their misspellings.
create function similar_words(p_word text)
returns table (word text, shown text, documents int, public int)
language sql stable set pg_trgm.similarity_threshold = 0.2 as $$
  select w.word, w.shown, w.documents, w.public
  from search_words w
  where w.word % p_word and length(w.word) between length(p_word) - 2 and length(p_word) + 2
  order by similarity(w.word, p_word) desc
  limit 60
$$;

-- What was left of an index that was being built, as far as nobody has come further with it since a time: it would
-- keep what is erased.
create function forget_rebuild(p_before timestamptz)
returns void language plpgsql volatile as $$
begin
  delete from search_rebuild where stepped_at < p_before;
  if not found then
    return;
  end if;
  drop table if exists
    search_documents_rebuild, search_words_rebuild, search_contents_rebuild, search_totals_rebuild;
  delete from followers where name = 'search_rebuild';
end $$;

-- Begins an index beside the one that is asked, in the place of another that somebody has begun.
create function begin_rebuild(p_rebuild uuid, p_now timestamptz)
returns void language plpgsql volatile as $$
begin
  lock table search_rebuild in exclusive mode;
  perform forget_rebuild('infinity');
  insert into search_rebuild (id, stepped_at) values (p_rebuild, p_now);
  create table search_documents_rebuild (like search_documents including all);
  create table search_words_rebuild (like search_words including all);
  create table search_contents_rebuild (like search_contents including all);
  create table search_totals_rebuild (like search_totals including all);
  perform keep_no_statistics('_rebuild');
  insert into followers (name, position) values ('search_rebuild', 0);
end $$;

-- The new index takes the place of the old one: `done`. Not where that has followed further meanwhile (`behind`), or
-- somebody reads it for long, as a backup does (`read`): whoever searches would have to wait behind us. Null where
-- somebody else has begun another.
create function finish_rebuild(p_rebuild uuid, p_now timestamptz)
returns text language plpgsql volatile as $$
begin
  update search_rebuild set stepped_at = p_now where id = p_rebuild;
  if not found then
    return null;
  end if;
  insert into followers (name, position) values ('search', 0) on conflict do nothing;
  begin
    perform set_config('lock_timeout', '200ms', true);
    perform from followers where name = 'search' for update;
    lock table search_documents, search_words, search_contents, search_totals in access exclusive mode;
  exception when lock_not_available then
    return 'read';
  end;
  if (select position from followers where name = 'search')
    > (select position from followers where name = 'search_rebuild') then
    return 'behind';
  end if;
  drop table search_documents, search_words, search_contents, search_totals;
  alter table search_documents_rebuild rename to search_documents;
  alter table search_words_rebuild rename to search_words;
  alter table search_contents_rebuild rename to search_contents;
  alter table search_totals_rebuild rename to search_totals;
  update followers set position = (select position from followers where name = 'search_rebuild')
  where name = 'search';
  delete from followers where name = 'search_rebuild';
  delete from search_rebuild;
  return 'done';
end $$;
