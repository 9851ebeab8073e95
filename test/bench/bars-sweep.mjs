import { median } from './measure.mjs';
import { Helper } from './processes.mjs';
import { ms } from './report.mjs';

/** Bar 9. */
export async function sweepBars({ small, large, meter, report, settings }) {
  const helper = new Helper('sweep.mjs', [large.adminUrl, large.appUrl]);
  const tiny = new Helper('sweep.mjs', [small.adminUrl, small.appUrl]);
  const repeat = async (one, kind) => {
    await one.ask({ kind });
    const rows = [];
    for (let i = 0; i < settings.pairs; i++) rows.push(await one.ask({ kind }));
    const of = (side) => median(rows.map((row) => row[side]));
    return { a: of('a'), b: of('b'), ratio: median(rows.map((row) => row.b / row.a)) };
  };
  const idle = await repeat(helper, 'idle');
  report.atMost(9, 'sweep with nothing due against the bare query', `${ms(idle.b)} / ${ms(idle.a)}`, idle.ratio, 2);
  const less = await repeat(tiny, 'idle');
  report.atMost(9, 'sweep with nothing due, 100k against 10k', `${ms(idle.b)} / ${ms(less.b)}`, idle.b / less.b, 1.5);
  const batch = await repeat(helper, 'batch');
  report.atMost(9, 'sweep of 500 due against the bare update', `${ms(batch.b)} / ${ms(batch.a)}`, batch.ratio, 3);
  const four = await helper.ask({ kind: 'four' });
  const twice = four.events - four.clocks;
  if (twice !== 0) meter.failures.push(`${twice} clocks fired twice`);
  report.add(9, 'four sweepers at once: clocks that fired twice', `${twice} of ${four.clocks}`, '', '0', twice === 0);
}
