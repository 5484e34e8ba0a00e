-- Which records name another one, and whom an offer is for: asked whenever such a page is shown. What a record says
-- stays out of what the planner remembers of values, where no erasure would reach it.
create index records_refers_to on records using gin ((teaser -> 'refersTo') jsonb_path_ops)
  where teaser @? '$.refersTo[0]';
alter index records_refers_to alter column 1 set statistics 0;

create index records_offer_areas on records using gin ((teaser -> 'own' -> 'area') jsonb_path_ops)
  where kind = 'offer';
alter index records_offer_areas alter column 1 set statistics 0;
