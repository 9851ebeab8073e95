-- Deadlines of the law in a case, with the day from which each counts. They live in the ticket: they move with it, and are few.
alter table ticket
  add legal_deadlines jsonb not null default '[]',
  add next_legal_at timestamptz,
  -- When something of them falls due.
  add legal_step_at timestamptz,
  -- Set while one is near, and then far before every promise: what is near by law comes first in every order.
  add legal_urgency_at timestamptz,
  add urgency_at timestamptz generated always as (least(next_due_at, legal_urgency_at)) stored;
create index ticket_legal_step on ticket (legal_step_at) where legal_step_at is not null;
drop index ticket_assignee_due;
drop index ticket_hub_due;
create index ticket_assignee_urgency on ticket (assignee_id, urgency_at, id) where status in ('new', 'open', 'pending', 'on_hold', 'answered');
create index ticket_hub_urgency on ticket (hub_id, urgency_at, id) where status in ('new', 'open', 'pending', 'on_hold', 'answered');
