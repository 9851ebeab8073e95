/** Plans the steps of clocks anew; what has taken effect already stays out. `rows`: a parameter with an array of {clock_id, kinds, dues}. */
export const REPLAN = (rows: string): string => `
  update deadline d set (kind, due_at, later_kinds, later_dues) = (
    select (array_agg(s.kind order by s.n))[1], (array_agg(s.at order by s.n))[1],
      coalesce((array_agg(s.kind order by s.n))[2:], '{}'), coalesce((array_agg(s.at order by s.n))[2:], '{}')
    from unnest(x.kinds, x.dues) with ordinality as s(kind, at, n) where s.kind <> all (d.done))
  from jsonb_to_recordset(${rows}::jsonb) as x(clock_id uuid, kinds text[], dues timestamptz[]) where d.clock_id = x.clock_id`;
