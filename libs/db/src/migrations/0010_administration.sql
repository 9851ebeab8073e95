-- What people write with (drafts, views, texts of their own), who they are (invitations), and what the programme arranges.

-- One draft per ticket, author and kind. A deleted one keeps its row and its next version, so that a save that was still on its way comes too late.
create table draft (
  ticket_id uuid not null,
  hub_id uuid not null,
  account_id uuid not null references account,
  kind text not null check (kind in ('reply', 'note')),
  text text not null check (char_length(text) <= 100000),
  language text check (language in ('fr', 'ar', 'ary-Latn', 'mixed')),
  seen_message_id uuid,
  version int not null,
  deleted boolean not null default false,
  saved_at timestamptz not null,
  primary key (ticket_id, account_id, kind),
  foreign key (ticket_id, hub_id) references ticket (id, hub_id) on update cascade,
  check (not deleted or text = '')
);
create index draft_account on draft (account_id, saved_at desc) where not deleted;

-- A view is the parameters of the ticket list, under a name.
create table saved_view (
  id uuid primary key,
  hub_id uuid not null references hub,
  account_id uuid not null references account,
  name text not null check (char_length(name) between 1 and 80),
  shared boolean not null default false,
  query jsonb not null,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (hub_id, account_id, name)
);

-- A hub's own words of a mail; without a row the programme's words hold.
create table mail_text (
  hub_id uuid not null references hub,
  template text not null,
  subject_fr text not null,
  subject_ar text not null,
  paragraphs_fr text[] not null,
  paragraphs_ar text[] not null,
  version int not null default 1,
  updated_at timestamptz not null,
  updated_by uuid not null references account,
  primary key (hub_id, template)
);

alter table macro add active boolean not null default true;

-- The token goes out by mail and is kept as its hash only. hub_id is that of the hub, or of the association; null for the programme.
create table invitation (
  id uuid primary key,
  kind text not null check (kind in ('association', 'hub', 'national')),
  role text not null check (role in ('member', 'manager', 'agent', 'expert', 'supervisor', 'coordinator')),
  hub_id uuid references hub,
  association_id uuid,
  email text not null,
  name text not null,
  locale text not null check (locale in ('fr', 'ar')),
  cleared boolean not null default false,
  skills jsonb not null default '[]',
  token_hash bytea unique,
  invited_by uuid not null references account,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  account_id uuid references account,
  version int not null default 1,
  foreign key (association_id, hub_id) references association (id, hub_id) on update cascade,
  check ((kind = 'association') = (role in ('member', 'manager')) and (kind = 'national') = (role = 'coordinator')),
  check ((kind = 'association') = (association_id is not null) and (kind = 'national') = (hub_id is null)),
  check ((accepted_at is null) = (account_id is null))
);
create unique index invitation_open on invitation (lower(email), role, coalesce(association_id, hub_id, '00000000-0000-0000-0000-000000000000'::uuid))
  where accepted_at is null and revoked_at is null;
create index invitation_hub on invitation (hub_id, created_at desc);

alter table account add last_sign_in_at timestamptz;

-- The audit log is read by period; events arrive in the order of time.
create index event_period on event using brin (at);

do $$
declare
  hub_scope constant text := $p$hub_id = nullif(current_setting('app.hub_id', true), '')::uuid$p$;
  account_scope constant text := $p$account_id = nullif(current_setting('app.account_id', true), '')::uuid$p$;
  t text;
begin
  foreach t in array array['draft', 'saved_view', 'mail_text', 'invitation'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_rows on %I to sanad_owner using (true) with check (true)', t);
    execute format('create policy system_rows on %I to sanad_system using (true) with check (true)', t);
  end loop;
  foreach t in array array['sanad_member', 'sanad_hub', 'sanad_guest'] loop
    execute format('create policy own_rows_%s on draft to %I using (%s) with check (%s)', t, t, account_scope, account_scope);
  end loop;
  foreach t in array array['saved_view', 'mail_text', 'invitation'] loop
    execute format('create policy hub_rows on %I to sanad_hub using (%s) with check (%s)', t, hub_scope, hub_scope);
  end loop;
  -- A hub writes its own copies, the programme what holds for all.
  foreach t in array array['insert', 'update', 'delete'] loop
    execute format('create policy hub_%s on macro for %s to sanad_hub %s', t, t,
      case t when 'insert' then format('with check (%s)', hub_scope) else format('using (%s)', hub_scope) end);
    execute format('create policy national_%s on macro for %s to sanad_national %s', t, t,
      case t when 'insert' then 'with check (hub_id is null)' else 'using (hub_id is null)' end);
  end loop;
end $$;

-- An event is written with its outbox rows, which need its number back; nothing else of it can be read.
create policy national_numbers on event for select to sanad_national using (ticket_id is null);
grant select (id, type) on event to sanad_national;

grant select, insert, update on draft to sanad_member, sanad_hub, sanad_guest, sanad_system;
grant select, insert, update, delete on saved_view, mail_text to sanad_hub, sanad_system;
grant insert, update, delete on macro to sanad_hub, sanad_national;
grant select (id, kind, role, hub_id, email, name, locale, cleared, skills, invited_by, created_at, expires_at, accepted_at, revoked_at, account_id, version)
  on invitation to sanad_hub;
grant select, insert, update on invitation to sanad_system;
grant delete on agent_skill to sanad_system;
-- What the programme arranges is written by the server after it has asked who acts.
grant insert, update on hub, category, setting, hub_agreement, queue, routing_rule to sanad_system;
grant insert, update, delete on territory to sanad_system;
