-- Who sees rows. Forced row-level security; one short policy per database role and table, because an OR of roles
-- cannot use an index. The application filters by hub or association itself; this is the net under it.

do $$
declare
  hub_scope constant text := $p$hub_id = nullif(current_setting('app.hub_id', true), '')::uuid$p$;
  association_scope constant text := $p$association_id = nullif(current_setting('app.association_id', true), '')::uuid$p$;
  account_scope constant text := $p$account_id = nullif(current_setting('app.account_id', true), '')::uuid$p$;
  granted constant text := $p$ticket_id = any (array(select g.ticket_id from ticket_grant g))$p$;
  writable constant text := $p$ticket_id = any (array(select g.ticket_id from ticket_grant g where g.can_write))$p$;
  t text;
begin
  -- The owner (definer functions, foreign keys) and the workers see all rows; the workers' rights are limited by grants.
  foreach t in array array['account', 'session', 'login_attempt', 'association', 'membership', 'agent_skill', 'contact', 'contact_phone', 'contact_email', 'queue',
                           'routing_rule', 'ticket', 'message', 'ticket_grant', 'escalation', 'sla_clock', 'sla_pause', 'deadline', 'event', 'outbox',
                           'event_seal', 'idempotency', 'notification', 'mail_message', 'live_ticket', 'live_counter', 'sla_policy', 'macro', 'territory'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner_rows on %I to sanad_owner using (true) with check (true)', t);
    execute format('create policy system_rows on %I to sanad_system using (true) with check (true)', t);
  end loop;

  foreach t in array array['association', 'membership', 'agent_skill', 'contact', 'contact_phone', 'contact_email', 'ticket', 'message', 'ticket_grant', 'escalation',
                           'sla_clock', 'sla_pause', 'deadline', 'event', 'live_counter'] loop
    execute format('create policy hub_rows on %I to sanad_hub using (%s) with check (%s)', t, hub_scope, hub_scope);
  end loop;

  foreach t in array array['contact', 'contact_phone', 'contact_email', 'membership', 'ticket', 'message', 'sla_clock', 'sla_pause', 'deadline', 'event'] loop
    execute format('create policy member_rows on %I for select to sanad_member using (%s)', t,
      association_scope || case t when 'message' then ' and public' else '' end);
  end loop;
  -- Writes of a member are pinned to the hub that the server resolved.
  foreach t in array array['ticket', 'message', 'sla_clock', 'sla_pause', 'deadline', 'event'] loop
    execute format('create policy member_inserts on %I for insert to sanad_member with check (%s and %s)', t, association_scope, hub_scope);
  end loop;
  foreach t in array array['ticket', 'sla_clock', 'sla_pause', 'deadline'] loop
    execute format('create policy member_updates on %I for update to sanad_member using (%s) with check (%s and %s)', t,
      association_scope, association_scope, hub_scope);
  end loop;
  execute $p$create policy member_rows on association to sanad_member using (id = nullif(current_setting('app.association_id', true), '')::uuid)
    with check (id = nullif(current_setting('app.association_id', true), '')::uuid)$p$;

  execute $p$create policy guest_rows on ticket_grant for select to sanad_guest
    using (grantee_id = any (array[nullif(current_setting('app.account_id', true), '')::uuid, nullif(current_setting('app.hub_id', true), '')::uuid])
      and coalesce(expires_at, 'infinity') > clock_timestamp())$p$;
  execute format('create policy guest_rows on ticket for select to sanad_guest using (%s)', replace(granted, 'ticket_id = any', 'id = any'));
  execute format('create policy guest_updates on ticket for update to sanad_guest using (%s) with check (%s)',
    replace(writable, 'ticket_id = any', 'id = any'), replace(writable, 'ticket_id = any', 'id = any'));
  foreach t in array array['message', 'sla_clock', 'sla_pause', 'deadline', 'event', 'escalation'] loop
    execute format('create policy guest_rows on %I for select to sanad_guest using (%s)', t, granted || case t when 'message' then ' and public' else '' end);
    execute format('create policy guest_inserts on %I for insert to sanad_guest with check (%s)', t, writable);
  end loop;
  foreach t in array array['sla_clock', 'sla_pause', 'deadline'] loop
    execute format('create policy guest_updates on %I for update to sanad_guest using (%s) with check (%s)', t, writable, writable);
  end loop;

  -- One's own rows, whatever the role.
  foreach t in array array['idempotency', 'notification'] loop
    execute format('create policy own_rows_member on %I to sanad_member using (%s) with check (%s)', t, account_scope, account_scope);
    execute format('create policy own_rows_hub on %I to sanad_hub using (%s) with check (%s)', t, account_scope, account_scope);
    execute format('create policy own_rows_guest on %I to sanad_guest using (%s) with check (%s)', t, account_scope, account_scope);
    execute format('create policy own_rows_national on %I to sanad_national using (%s) with check (%s)', t, account_scope, account_scope);
  end loop;

  -- Nobody but the workers reads the outbox.
  foreach t in array array['sanad_member', 'sanad_hub', 'sanad_guest', 'sanad_national'] loop
    execute format('create policy adds_%s on outbox for insert to %I with check (true)', t, t);
  end loop;
  execute 'create policy national_inserts on event for insert to sanad_national with check (ticket_id is null)';
  execute 'create policy national_rows on live_counter for select to sanad_national using (true)';

  -- People of the rows one may see. Hidden columns are withheld by column grants.
  foreach t in array array['sanad_hub', 'sanad_member'] loop
    execute format('create policy people_%s on account for select to %I using (id = any (array(select m.account_id from membership m)))', t, t);
  end loop;

  -- Configuration that a hub owns: national rows (no hub) are for all, a hub's own rows for itself.
  foreach t in array array['sanad_member', 'sanad_hub', 'sanad_guest', 'sanad_national'] loop
    execute format('create policy config_%s on queue for select to %I using (true)', t, t);
    execute format('create policy config_%s on routing_rule for select to %I using (true)', t, t);
    execute format('create policy config_%s on sla_policy for select to %I using (true)', t, t);
    execute format('create policy config_%s on macro for select to %I using (true)', t, t);
    execute format('create policy config_%s on territory for select to %I using (true)', t, t);
  end loop;
end $$;

grant usage on schema public to sanad_member, sanad_hub, sanad_guest, sanad_national, sanad_system;

grant select on place, category, calendar, calendar_version, hub, sla_policy, sla_policy_version, territory, hub_agreement, queue, routing_rule, skill, macro, setting, reference_version
  to sanad_member, sanad_hub, sanad_guest, sanad_national, sanad_system;
grant select on secret to sanad_system;

grant select, insert, update on ticket, message, sla_clock, sla_pause, deadline to sanad_hub, sanad_system;
revoke update on message from sanad_hub;
grant select, insert on message to sanad_member, sanad_guest;
grant select, insert, update on ticket, sla_clock, sla_pause, deadline to sanad_member;
grant select, update on ticket to sanad_guest;
grant select, insert, update on sla_clock, sla_pause, deadline to sanad_guest;
grant select, insert on event to sanad_member, sanad_hub, sanad_guest, sanad_system;
grant insert on event to sanad_national;
grant insert on outbox to sanad_member, sanad_hub, sanad_guest, sanad_national;
grant select, insert, update on outbox to sanad_system;
grant select, insert on idempotency to sanad_member, sanad_hub, sanad_guest, sanad_national, sanad_system;
grant select, insert on escalation to sanad_hub, sanad_guest, sanad_system;
grant select, insert, update on ticket_grant to sanad_hub, sanad_system;
grant select on ticket_grant to sanad_guest;
grant select, update (read_at) on notification to sanad_member, sanad_hub, sanad_guest, sanad_national;
grant select, insert, update on notification, mail_message, live_ticket, live_counter, projection to sanad_system;
grant delete on live_ticket, live_counter to sanad_system;
grant select, insert on event_seal to sanad_system;
grant select on live_counter to sanad_hub, sanad_national;
grant usage on sequence ticket_number to sanad_member, sanad_hub, sanad_guest, sanad_system;

grant select, insert, update on association, contact, contact_phone, contact_email to sanad_hub, sanad_system;
grant delete on contact_phone, contact_email to sanad_hub;
grant select, update on association to sanad_member;
grant select on contact, contact_phone, contact_email, membership to sanad_member;
grant select on membership, agent_skill to sanad_hub;
grant select (id, name, locale, status) on account to sanad_hub, sanad_member;
grant select, insert, update on account, membership, agent_skill, session to sanad_system;
grant select, insert, update, delete on login_attempt to sanad_system;

-- The session behind a token, asked before any role is taken. Only live sessions of active people with a valid membership.
create function session_actor(p_hashes bytea[], p_today date)
returns table (token_hash bytea, session_id uuid, account_id uuid, membership_id uuid, role text, kind text, hub_id uuid, hub_is_national boolean,
               association_id uuid, association_place text, association_fr text, association_ar text, cleared boolean, locale text, name text, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
  -- By keys from the session on, whatever the planner believes of validity; every request pays for this.
  with found as materialized (
    select s.token_hash, s.id as session_id, s.expires_at, a.id as account_id, a.status, a.locale, a.name, m.id as membership_id, m.role, m.kind, m.hub_id,
      m.association_id, m.cleared, m.valid
    from session s
    join account a on a.id = s.account_id
    join membership m on m.id = s.membership_id
    where s.token_hash = any (p_hashes) and s.revoked_at is null)
  select f.token_hash, f.session_id, f.account_id, f.membership_id, f.role, f.kind, f.hub_id, coalesce(h.is_national, false), f.association_id, o.place_code, o.name_fr,
    o.name_ar, f.cleared, f.locale, f.name, f.expires_at
  from found f
  left join hub h on h.id = f.hub_id
  left join association o on o.id = f.association_id
  where f.status = 'active' and f.valid @> p_today and f.expires_at > clock_timestamp()
$$;
revoke all on function session_actor(bytea[], date) from public;
grant execute on function session_actor(bytea[], date) to sanad_system;

-- The hub that answers for a place on a local day: province row, else region row, else the national hub.
create function answering_hub(p_place text, p_day date) returns uuid
language sql stable set search_path = public, pg_temp as $$
  select coalesce(
    (select t.hub_id from territory t where t.place_code = p_place and t.valid @> p_day),
    (select t.hub_id from territory t join place p on p.code = p_place where t.place_code = p.parent_code and t.valid @> p_day),
    (select h.id from hub h where h.is_national))
$$;

-- Full-text operators are not leak-proof, so under row-level security they would lose the index. This function repeats the caller's
-- boundary itself and returns ids only; the caller reads the rows under its own policies. The index is forced by the materialized step.
create function search_tickets(p_query text, p_limit int) returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  q constant tsquery := p_query::tsquery;
  scope_hub constant uuid := nullif(current_setting('app.hub_id', true), '')::uuid;
  scope_association constant uuid := nullif(current_setting('app.association_id', true), '')::uuid;
begin
  case current_setting('role')
    when 'sanad_hub' then
      return query with hits as materialized (
          select m.ticket_id, m.hub_id from message m where m.search @@ q)
        select distinct h.ticket_id from hits h where h.hub_id = scope_hub limit p_limit;
    when 'sanad_member' then
      return query with hits as materialized (
          select m.ticket_id, m.association_id, m.public from message m where m.search @@ q)
        select distinct h.ticket_id from hits h where h.association_id = scope_association and h.public limit p_limit;
    when 'sanad_guest' then
      return query with hits as materialized (
          select m.ticket_id, m.public from message m where m.search @@ q)
        select distinct h.ticket_id from hits h
        join ticket_grant g on g.ticket_id = h.ticket_id
          and g.grantee_id = any (array[nullif(current_setting('app.account_id', true), '')::uuid, scope_hub])
          and coalesce(g.expires_at, 'infinity') > clock_timestamp()
        where h.public limit p_limit;
    else
      return;
  end case;
end $$;
revoke all on function search_tickets(text, int) from public;
grant execute on function search_tickets(text, int) to sanad_member, sanad_hub, sanad_guest;
