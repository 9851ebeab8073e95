-- Reports: one row of facts per ticket and sums by day and month, kept by one projector that follows the log.

create table ticket_fact (
  ticket_id uuid primary key,
  hub_id uuid not null,
  queue_id uuid not null,
  -- Local day of opening, and the half-hour of it.
  day date not null,
  interval_no int not null check (interval_no between 0 and 47),
  opened_at timestamptz not null,
  place_code text not null,
  region_code text not null,
  channel text not null,
  language text not null,
  category_code text not null,
  kind text not null,
  priority text not null,
  level text not null,
  -- Who gave the first reply.
  agent_id uuid,
  -- Still needs somebody; and nobody has it yet.
  open boolean not null,
  waiting boolean not null,
  first_business_s int,
  first_calendar_s int,
  -- Null until it is known whether the promise was kept; the local day on which that became known.
  first_kept boolean,
  first_decided_on date,
  resolution_business_s int,
  resolution_calendar_s int,
  resolution_kept boolean,
  resolution_decided_on date,
  reopened int not null,
  transfers int not null,
  escalations int not null
);
create index ticket_fact_list on ticket_fact (hub_id, opened_at desc, ticket_id desc);
create index ticket_fact_day on ticket_fact (hub_id, day, interval_no);
create index ticket_fact_agent on ticket_fact (agent_id, day) where agent_id is not null;
create index ticket_fact_backlog on ticket_fact (hub_id, queue_id, language, waiting, day) where open;
create index ticket_fact_first on ticket_fact (hub_id, first_decided_on) include (first_kept);
create index ticket_fact_resolution on ticket_fact (hub_id, resolution_decided_on) include (resolution_kept);

-- Tickets by the day they were opened. Histograms end with their last class that holds something.
create table report_day (
  hub_id uuid not null,
  dimension text not null check (dimension in ('all', 'region', 'channel', 'language', 'category', 'agent')),
  grain text not null check (grain in ('day', 'month')),
  day date not null,
  key text not null,
  created int not null,
  answered int not null,
  resolved int not null,
  first_kept int not null,
  first_late int not null,
  resolution_kept int not null,
  resolution_late int not null,
  reopened int not null,
  transferred int not null,
  escalated int not null,
  first_business_s bigint not null,
  first_calendar_s bigint not null,
  resolution_business_s bigint not null,
  resolution_calendar_s bigint not null,
  first_business_h int[] not null,
  first_calendar_h int[] not null,
  resolution_business_h int[] not null,
  resolution_calendar_h int[] not null,
  primary key (hub_id, dimension, grain, day, key)
);

-- A report written to a file: asked for, made by a worker, fetched by who asked.
create table report_export (
  id uuid primary key,
  account_id uuid not null references account,
  -- Whose eyes the report has, as they were when it was asked for.
  actor jsonb not null,
  request jsonb not null,
  format text not null check (format in ('csv', 'xlsx')),
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  progress int not null default 0 check (progress between 0 and 100),
  locked_until timestamptz,
  attempts int not null default 0,
  file_name text,
  content bytea,
  created_at timestamptz not null,
  finished_at timestamptz,
  expires_at timestamptz not null
);
create index report_export_waiting on report_export (created_at) where state in ('waiting', 'running');
create index report_export_account on report_export (account_id, created_at desc);
create index report_export_expiry on report_export (expires_at);

do $$
declare
  hub_scope constant text := $p$hub_id = nullif(current_setting('app.hub_id', true), '')::uuid$p$;
  account_scope constant text := $p$account_id = nullif(current_setting('app.account_id', true), '')::uuid$p$;
  t text;
begin
  foreach t in array array['ticket_fact', 'report_day', 'report_export'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_rows on %I to sanad_owner using (true) with check (true)', t);
    execute format('create policy system_rows on %I to sanad_system using (true) with check (true)', t);
  end loop;
  execute format('create policy hub_rows on ticket_fact for select to sanad_hub using (%s)', hub_scope);
  execute format('create policy hub_rows on report_day for select to sanad_hub using (%s)', hub_scope);
  -- Figures of all hubs; of people, none.
  execute $p$create policy national_rows on report_day for select to sanad_national using (dimension <> 'agent')$p$;
  execute format('create policy own_rows_hub on report_export to sanad_hub using (%s) with check (%s)', account_scope, account_scope);
  execute format('create policy own_rows_national on report_export to sanad_national using (%s) with check (%s)', account_scope, account_scope);
end $$;

grant select on ticket_fact, report_day to sanad_hub, sanad_system;
grant select on report_day to sanad_national;
grant insert, update on ticket_fact, report_day to sanad_system;
grant select, insert on report_export to sanad_hub, sanad_national;
grant select, update, delete on report_export to sanad_system;
