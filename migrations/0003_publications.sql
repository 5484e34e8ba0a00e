-- What belongs to a version of an own record and never leaves the node: consent, internal contact, notes.
create table local_details (
  iss text not null,
  rid uuid not null,
  ver int not null,
  details jsonb not null,
  primary key (iss, rid, ver)
);

-- An erased version leaves nothing behind, here neither.
create function erase_local_details() returns trigger language plpgsql as $$
begin
  delete from local_details l using feeds f
  where f.id = new.feed_id and l.iss = f.iss and l.rid = new.rid and l.ver = new.ver;
  return null;
end $$;

create trigger erase_local_details after update of status on entries
for each row when (new.status = 'erased' and old.status <> 'erased')
execute function erase_local_details();
