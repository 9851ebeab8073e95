// Measures the performance bars side by side with bare limits on this machine: `npm run bench`. Ends by itself within ten minutes.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createBars, replyBar } from './bars-write.mjs';
import { flatBars, listBar, openBar, searchBars } from './bars-read.mjs';
import { sweepBars } from './bars-sweep.mjs';
import { countersBar, dispatchBars, wallBar } from './bars-work.mjs';
import { fleetMemoryBar, jobsBar, socketsBar } from './bars-grown.mjs';
import { createDatabase } from './data.mjs';
import { Meter } from './measure.mjs';
import { Helper, ROOT, peakMemory, startProgram, stopAll } from './processes.mjs';
import { Report } from './report.mjs';
import { yearBar } from './year.mjs';

const million = process.argv.includes('--large');
const LONGEST_MS = (million ? 60 : 10) * 60_000;
const LAST_START_MS = LONGEST_MS * 0.8; // a bar that would begin later is left out
const BARE_MIB = 113; // of NestJS on Fastify, when the lists are not measured
const BARS = {
  lists: listBar,
  flat: flatBars,
  search: searchBars,
  open: openBar,
  counters: countersBar,
  create: createBars,
  reply: replyBar,
  sweep: sweepBars,
  dispatch: dispatchBars,
  wall: wallBar,
  sockets: socketsBar,
  jobs: jobsBar,
  memory: fleetMemoryBar,
};
const require = createRequire(import.meta.url);
const { startEmbedded } = require(path.join(ROOT, 'dist/libs/db/src/embedded.js'));

/** Some bars by name, all without; BENCH_SECONDS and BENCH_PAIRS shorten a trial. `--large`: a million tickets; with REDIS_URL the other mode. */
const chosen = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const year = chosen.includes('year');
const settings = { seconds: Number(process.env.BENCH_SECONDS ?? 2), pairs: Number(process.env.BENCH_PAIRS ?? 5) };

/** Alone, because a million tickets take longer to load than all the rest to run. */
async function runYear(database) {
  const report = new Report();
  await yearBar({ adminUrl: database.adminUrl, report, settings });
  return { report, failures: [] };
}

async function run(folder, database) {
  const postmaster = Number(readFileSync(path.join(database.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const size = million ? 1_000_000 : 100_000;
  console.log(`Loading 10,000 and ${size.toLocaleString('en')} tickets ...`);
  const from = performance.now();
  const small = await createDatabase(database.adminUrl, 'bench_10k', 10_000);
  const large = await createDatabase(database.adminUrl, 'bench_large', size);
  const loaded = ((performance.now() - from) / 60_000).toFixed(1);
  small.api = await startProgram('api', small.appUrl, folder);
  large.api = await startProgram('api', large.appUrl, folder);
  const meter = new Meter(new Helper('load.mjs'), postmaster);
  const report = new Report();
  report.tell('', 'tickets loaded in', `${loaded} min`);
  for (const [name, measure] of Object.entries(BARS)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    if (performance.now() > LAST_START_MS) report.tell('', name, 'left out: the machine is too slow');
    else await measure({ small, large, meter, report, settings, folder });
  }
  memoryBar(report, peakMemory(large.api.pid), meter.hello ? peakMemory(meter.hello) : BARE_MIB);
  report.tell('', 'answers checked', `${meter.requests.toLocaleString('en')}, wrong: ${meter.failures.length}`);
  return { report, failures: meter.failures };
}

/** Bar 12: after all the rest. */
function memoryBar(report, ours, bare) {
  report.atMost(12, 'peak memory of the API process against bare hello', `${ours} / ${bare} MiB`, ours / bare, 2);
}

async function main() {
  const folder = mkdtempSync(path.join(tmpdir(), 'sanad-bench-'));
  chmodSync(folder, 0o755); // as root, the server runs as another user
  let database;
  const end = async () => {
    await stopAll();
    await database?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const give = (reason) => void end().then(() => (console.error(reason), process.exit(1)));
  const late = setTimeout(() => give('The bench took longer than ten minutes.'), year ? 6 * LONGEST_MS : LONGEST_MS);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => give('Stopped.'));
  try {
    database = await startEmbedded({ dataDir: path.join(folder, 'postgres') });
    const { report, failures } = await (year ? runYear(database) : run(folder, database));
    mkdirSync(path.join(ROOT, 'var'), { recursive: true });
    writeFileSync(
      path.join(ROOT, 'var/bench.json'),
      JSON.stringify({ settings, lines: report.lines, failures }, null, 2),
    );
    for (const failure of failures) console.error(failure);
    process.exitCode = failures.length > 0 ? 1 : 0;
  } finally {
    clearTimeout(late);
    await end();
  }
}

await main();
process.exit();
