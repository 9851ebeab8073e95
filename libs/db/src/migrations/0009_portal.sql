-- The association's side: following without an account, codes and invitations by e-mail, files, ratings.

-- Keys of what is derived instead of kept.
insert into secret values ('follow', gen_random_uuid()::text || gen_random_uuid()::text);

-- ---------------------------------------------------------------- following with reference and code

-- A session without an account is bound to one ticket.
alter table session alter column account_id drop not null, alter column membership_id drop not null,
  add column ticket_id uuid references ticket,
  add check ((account_id is null) = (membership_id is null) and (account_id is null) = (ticket_id is not null));

-- The code opens the ticket as a loan does: under the guest role, public messages only. The loan of all followers of a ticket is one row,
-- and its grantee is the ticket itself. Other lists of values may have grown before this one.
do $$
declare
  grown record;
begin
  for grown in
    select c.conname, pg_get_constraintdef(c.oid) as definition, v.value
    from (values ('grantee_kind', 'follower'), ('reason', 'follow_up')) as v (col, value)
    join pg_constraint c on c.conrelid = 'ticket_grant'::regclass and c.contype = 'c' and pg_get_constraintdef(c.oid) like 'CHECK ((' || v.col || ' = ANY%'
  loop
    execute format('alter table ticket_grant drop constraint %I', grown.conname);
    execute format('alter table ticket_grant add constraint %I %s', grown.conname, replace(grown.definition, ']', format(', %L::text]', grown.value)));
  end loop;
end $$;
create unique index ticket_grant_follower on ticket_grant (ticket_id) where grantee_kind = 'follower';

-- As before, and the follower of a ticket, who stands for the ticket.
create or replace function session_actor(p_hashes bytea[], p_today date)
returns table (token_hash bytea, session_id uuid, account_id uuid, membership_id uuid, role text, kind text, hub_id uuid, hub_is_national boolean,
               association_id uuid, association_place text, association_fr text, association_ar text, cleared boolean, locale text, name text, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
  -- By keys from the session on, whatever the planner believes of validity; every request pays for this.
  with found as materialized (
    select s.token_hash, s.id as session_id, s.expires_at, s.ticket_id, a.id as account_id, a.status, a.locale, a.name, m.id as membership_id, m.role, m.kind,
      m.hub_id, m.association_id, m.cleared, m.valid
    from session s
    left join account a on a.id = s.account_id
    left join membership m on m.id = s.membership_id
    where s.token_hash = any (p_hashes) and s.revoked_at is null)
  select f.token_hash, f.session_id, coalesce(f.account_id, f.ticket_id), f.membership_id, coalesce(f.role, 'follower'), f.kind, f.hub_id,
    coalesce(h.is_national, false), f.association_id, o.place_code, o.name_fr, o.name_ar, coalesce(f.cleared, false), coalesce(f.locale, t.answer_language),
    coalesce(f.name, t.requester_name, ''), f.expires_at
  from found f
  left join hub h on h.id = f.hub_id
  left join association o on o.id = f.association_id
  left join ticket t on t.id = f.ticket_id
  where case when f.ticket_id is null then f.status = 'active' and f.valid @> p_today else true end and f.expires_at > clock_timestamp()
$$;

-- ---------------------------------------------------------------- codes and invitations by e-mail

-- One code of six digits and one link in the same mail; whichever is used first uses up both.
create table sign_in_code (
  id uuid primary key,
  account_id uuid not null references account,
  code_hash bytea not null,
  link_hash bytea not null unique,
  tries int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index sign_in_code_account on sign_in_code (account_id, created_at desc);

create table association_invitation (
  id uuid primary key,
  association_id uuid not null,
  hub_id uuid not null,
  email text not null,
  name text not null,
  role text not null check (role in ('member', 'manager')),
  locale text not null check (locale in ('fr', 'ar')),
  mandate daterange not null check (not isempty(mandate)),
  token_hash bytea not null unique,
  invited_by uuid not null references account,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  foreign key (association_id, hub_id) references association (id, hub_id) on update cascade
);
create unique index association_invitation_open on association_invitation (association_id, lower(email)) where accepted_at is null and revoked_at is null;

-- What was sent to an address lately.
create index mail_message_address on mail_message (lower(to_address), created_at);

-- ---------------------------------------------------------------- files

-- A file that belongs to nothing yet: its owner has a day to attach it. The owner is an account, the ticket of a follower, or the visitor.
create table upload (
  id uuid primary key,
  account_id uuid not null,
  name text not null check (char_length(name) between 1 and 200),
  type text not null,
  size int not null check (size > 0),
  sha256 bytea not null,
  file text not null unique,
  scan text not null default 'unscanned' check (scan in ('unscanned', 'clean', 'infected', 'unscannable')),
  created_at timestamptz not null
);
create index upload_age on upload (created_at);

-- Written before its ticket and message in the same transaction, so that the statement of these stays as it is.
create table attachment (
  id uuid primary key,
  ticket_id uuid not null,
  hub_id uuid not null,
  association_id uuid,
  message_id uuid not null references message deferrable initially deferred,
  public boolean not null,
  name text not null,
  type text not null,
  size int not null,
  sha256 bytea not null,
  file text not null unique,
  scan text not null check (scan in ('unscanned', 'clean', 'infected', 'unscannable')),
  created_at timestamptz not null,
  foreign key (ticket_id, hub_id) references ticket (id, hub_id) on update cascade deferrable initially deferred
);
create index attachment_ticket on attachment (ticket_id, id);
create index attachment_message on attachment (message_id);

-- ---------------------------------------------------------------- ratings

create table rating (
  ticket_id uuid primary key,
  hub_id uuid not null,
  association_id uuid,
  score int not null check (score between 1 and 5),
  reason text check (reason in ('slow', 'unclear', 'incomplete', 'wrong', 'unkind', 'clear', 'fast', 'kind', 'other')),
  comment text check (char_length(comment) between 1 and 2000),
  -- Who had answered, so that figures survive a reassignment.
  agent_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  foreign key (ticket_id, hub_id) references ticket (id, hub_id) on update cascade
);
create index rating_hub on rating (hub_id, updated_at desc, ticket_id desc);

-- What the star in a mail opens.
create table rating_link (
  token_hash bytea primary key,
  ticket_id uuid not null references ticket,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

-- ---------------------------------------------------------------- who sees rows

do $$
declare
  hub_scope constant text := $p$hub_id = nullif(current_setting('app.hub_id', true), '')::uuid$p$;
  association_scope constant text := $p$association_id = nullif(current_setting('app.association_id', true), '')::uuid$p$;
  account_scope constant text := $p$account_id = nullif(current_setting('app.account_id', true), '')::uuid$p$;
  granted constant text := $p$ticket_id = any (array(select g.ticket_id from ticket_grant g))$p$;
  writable constant text := $p$ticket_id = any (array(select g.ticket_id from ticket_grant g where g.can_write))$p$;
  t text;
begin
  foreach t in array array['association_invitation', 'upload', 'attachment', 'rating'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_rows on %I to sanad_owner using (true) with check (true)', t);
    execute format('create policy system_rows on %I to sanad_system using (true) with check (true)', t);
  end loop;
  foreach t in array array['association_invitation', 'attachment', 'rating'] loop
    execute format('create policy hub_rows on %I to sanad_hub using (%s) with check (%s)', t, hub_scope, hub_scope);
  end loop;
  foreach t in array array['association_invitation', 'attachment', 'rating'] loop
    execute format('create policy member_rows on %I for select to sanad_member using (%s)', t,
      association_scope || case t when 'attachment' then ' and public' else '' end);
    execute format('create policy member_inserts on %I for insert to sanad_member with check (%s and %s)', t, association_scope, hub_scope);
  end loop;
  foreach t in array array['association_invitation', 'rating'] loop
    execute format('create policy member_updates on %I for update to sanad_member using (%s) with check (%s and %s)', t,
      association_scope, association_scope, hub_scope);
  end loop;
  execute format('create policy guest_rows on attachment for select to sanad_guest using (%s and public)', granted);
  execute format('create policy guest_inserts on attachment for insert to sanad_guest with check (%s)', writable);
  execute format('create policy guest_rows on rating for select to sanad_guest using (%s)', granted);
  execute format('create policy guest_inserts on rating for insert to sanad_guest with check (%s)', writable);
  execute format('create policy guest_updates on rating for update to sanad_guest using (%s) with check (%s)', writable, writable);
  foreach t in array array['sanad_member', 'sanad_hub', 'sanad_guest'] loop
    execute format('create policy own_rows_%s on upload to %I using (%s) with check (%s)', t, t, account_scope, account_scope);
  end loop;
end $$;

grant select, insert, update on sign_in_code, association_invitation, upload, attachment, rating, rating_link to sanad_system;
grant delete on upload, rating_link, sign_in_code to sanad_system;
grant select, insert, delete on upload to sanad_member, sanad_hub, sanad_guest;
grant select, insert on attachment to sanad_member, sanad_hub, sanad_guest;
grant select, insert, update on rating to sanad_member, sanad_guest;
grant select on rating to sanad_hub;
grant select, insert, update on association_invitation to sanad_member, sanad_hub;
