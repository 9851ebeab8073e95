import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** One registry a process; names carry the unit. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const requests = new Histogram({
  name: 'sanad_http_request_seconds',
  help: 'Duration of HTTP requests by route pattern',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [registry],
});

export const deadlinesDone = new Counter({
  name: 'sanad_deadlines_done_total',
  help: 'Warnings and breaches marked by the sweeper',
  labelNames: ['kind'],
  registers: [registry],
});

export const outboxDone = new Counter({
  name: 'sanad_outbox_done_total',
  help: 'Outbox rows done by consumer and result',
  labelNames: ['consumer', 'result'],
  registers: [registry],
});

export const outboxWaiting = gauge('sanad_outbox_waiting', 'Outbox rows neither done nor dead');
export const outboxOldest = gauge(
  'sanad_outbox_oldest_seconds',
  'For how long the oldest of them could have been done',
);
export const outboxDead = gauge('sanad_outbox_dead', 'Outbox rows given up, which wait for a person');

function gauge(name: string, help: string): Gauge {
  return new Gauge({ name, help, registers: [registry] });
}

export function requestDone(method: string, route: string, status: number, ms: number): void {
  requests.observe({ method, route, status }, ms / 1000);
}
