-- Whether an agent who is not cleared has a restricted ticket in hand. Most have none: their lists are then the same for all of them,
-- and are read once for those who ask together.
create index ticket_restricted_assignee on ticket (assignee_id) where restricted;

drop function session_actor(bytea[], date);
create function session_actor(p_hashes bytea[], p_today date)
returns table (token_hash bytea, session_id uuid, account_id uuid, membership_id uuid, role text, kind text, hub_id uuid, hub_is_national boolean,
               association_id uuid, association_place text, association_fr text, association_ar text, cleared boolean, holds_restricted boolean, locale text,
               name text, expires_at timestamptz)
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
    coalesce(h.is_national, false), f.association_id, o.place_code, o.name_fr, o.name_ar, coalesce(f.cleared, false),
    f.role = 'agent' and exists (select from ticket r where r.assignee_id = f.account_id and r.restricted), coalesce(f.locale, t.answer_language),
    coalesce(f.name, t.requester_name, ''), f.expires_at
  from found f
  left join hub h on h.id = f.hub_id
  left join association o on o.id = f.association_id
  left join ticket t on t.id = f.ticket_id
  where case when f.ticket_id is null then f.status = 'active' and f.valid @> p_today else true end and f.expires_at > clock_timestamp()
$$;
revoke all on function session_actor(bytea[], date) from public;
grant execute on function session_actor(bytea[], date) to sanad_system;
