-- Reports of next responses, of who had a ticket in hand for how long, and by queue. Facts and sums are worked out again from the log.

truncate ticket_fact, report_day;
update projection set xid = '0', id = 0 where name = 'facts';

-- One entry for each response that was owed after the first, and for each stretch of time in which a hub had the ticket in hand.
alter table ticket_fact
  add column responses jsonb not null default '[]',
  add column holdings jsonb not null default '[]',
  -- Hubs that had it in hand besides the one that has it now.
  add column other_holders uuid[] not null default '{}';
create index ticket_fact_other_holders on ticket_fact using gin (other_holders) where other_holders <> '{}';

alter table report_day drop constraint report_day_dimension_check;
alter table report_day
  add constraint report_day_dimension_check check (dimension in ('all', 'region', 'channel', 'language', 'category', 'queue', 'agent')),
  add column answered_late int not null,
  add column next_kept int not null,
  add column next_late int not null,
  add column holding_kept int not null,
  add column holding_late int not null,
  add column next_business_s bigint not null,
  add column next_calendar_s bigint not null,
  add column holding_business_s bigint not null,
  add column holding_calendar_s bigint not null,
  add column next_business_h int[] not null,
  add column next_calendar_h int[] not null,
  add column holding_business_h int[] not null,
  add column holding_calendar_h int[] not null;
