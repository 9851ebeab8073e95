/** Those that read the log, by the names of their cursors. */
export const PROJECTIONS = ['live', 'facts', 'holding'];

/** What the projections would have made of the tickets: the fold of each open one, the counters of the hubs, and facts of all. */
export async function liveFigures(client) {
  await client.query(`
    insert into live_ticket (ticket_id, hub_id, state)
    select t.id, t.hub_id, jsonb_build_object('hubId', t.hub_id, 'status', t.status, 'assigneeId', t.assignee_id, 'clocks',
      jsonb_build_object(t.id::text, case when b.n % 40 = 1 then 'breached' when b.n % 40 = 2 then 'warned' else 'running' end))
    from ticket t join bulk b on b.id = t.id where t.status <> 'closed'`);
  await client.query(`
    insert into live_counter (hub_id, metric, value)
    select hub_id, m.metric, count(*) filter (where case m.metric when 'late' then late when 'at_risk' then at_risk else true end)
    from live_ticket, unnest(array['open', 'waiting', 'late', 'at_risk']) as m(metric) group by 1, 2`);
  await client.query(`
    insert into ticket_fact (ticket_id, hub_id, queue_id, day, interval_no, opened_at, place_code, region_code, channel, language, category_code, kind, priority, level,
      open, waiting, first_kept, first_decided_on, resolution_kept, resolution_decided_on, reopened, transfers, escalations)
    select id, hub_id, queue_id, opened_at::date, 0, opened_at, place_code, place_code, channel, language, category_code, kind, priority, level,
      status <> 'closed', assignee_id is null and status in ('new', 'open'), status = 'closed' and random() < 0.9,
      case when status = 'closed' then opened_at::date end, status = 'closed', case when status = 'closed' then closed_at::date end, 0, 0, 0
    from ticket`);
  await client.query(
    `insert into projection (name, xid, id)
     select name, last.xid, last.id from unnest($1::text[]) name, (select xid, id from event order by xid desc, id desc limit 1) last`,
    [PROJECTIONS],
  );
}
