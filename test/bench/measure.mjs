import { cpuSeconds } from './processes.mjs';

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** Runs load and measures the CPU that the servers use for it; wrong answers are kept for the end. */
export class Meter {
  failures = [];
  requests = 0;

  constructor(load, postmaster) {
    this.load = load;
    this.postmaster = postmaster;
  }

  /** Rate, latencies and CPU milliseconds for each request, of the program and of the database. */
  async http(server, request) {
    return this.measured(server.pid, () => this.load.ask({ url: server.url, ...request }));
  }

  async measured(pid, work) {
    const before = [cpuSeconds(pid), cpuSeconds(this.postmaster, true)];
    const result = await work();
    const [own, database] = [cpuSeconds(pid) - before[0], cpuSeconds(this.postmaster, true) - before[1]];
    this.requests += result.requests;
    if (result.errors > 0 || result.requests === 0)
      this.failures.push(...result.wrong, `${result.errors} errors of ${result.requests}`);
    const per = (seconds) => (seconds * 1000) / result.requests;
    return { ...result, cpuOwn: per(own), cpuDatabase: per(database), cpu: per(own + database) };
  }
}

/** Alternates two measurements; the figure is the median of the ratios of pairs. */
export async function pairs(count, a, b) {
  const rows = [];
  for (let i = 0; i < count; i++) rows.push(i % 2 ? await reversed(a, b) : { a: await a(), b: await b() });
  const of = (side, field) => median(rows.map((row) => row[side][field]));
  return { rows, of, ratio: (field) => median(rows.map((row) => row.b[field] / row.a[field])) };
}

async function reversed(a, b) {
  const second = await b();
  return { a: await a(), b: second };
}
