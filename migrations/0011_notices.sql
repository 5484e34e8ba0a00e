-- Barriers that readers have reported, until the administration has dealt with them.
create table barrier_reports (
  id uuid primary key,
  made_at timestamptz not null,
  -- The page it is about, as the reader calls it.
  page text not null,
  report text not null,
  -- Where to answer, if she wants an answer.
  contact text not null
);
