-- One row for each clock instead of one for each thing that becomes due of it: the next step, those after it in their order, and those
-- that have taken effect. The row moves on, so a ladder of any length costs a creation nothing. A row without due_at sleeps.
alter table deadline drop constraint deadline_pkey;
drop index deadline_due;
alter table deadline
  alter kind drop not null,
  add later_kinds text[] not null default '{}',
  add later_dues timestamptz[] not null default '{}',
  add done text[] not null default '{}';

with plan as (
    select clock_id, array_agg(kind order by due_at, kind desc) filter (where done_at is null and due_at is not null) as kinds,
      array_agg(due_at order by due_at, kind desc) filter (where done_at is null and due_at is not null) as dues,
      array_agg(kind order by done_at, kind desc) filter (where done_at is not null) as done
    from deadline group by clock_id),
  gone as (
    delete from deadline where kind <> 'breach')
update deadline d set kind = p.kinds[1], due_at = p.dues[1], later_kinds = coalesce(p.kinds[2:], '{}'), later_dues = coalesce(p.dues[2:], '{}'),
  done = coalesce(p.done, '{}')
from plan p where d.clock_id = p.clock_id and d.kind = 'breach';

alter table deadline drop done_at, add primary key (clock_id),
  add check ((kind is null) = (due_at is null)), add check (cardinality(later_kinds) = cardinality(later_dues));
create index deadline_due on deadline (due_at) where due_at is not null;
