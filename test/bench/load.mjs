// The load: one process, autocannon, every body checked. Kinds of work arrive by message.
import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { answer } from './processes.mjs';

const QUESTION = {
  subject: 'Récépissé définitif non délivré',
  body:
    'Bonjour, notre association a déposé son dossier complet auprès de l’autorité locale il y a soixante-quatorze jours et ' +
    'n’a toujours reçu que le récépissé provisoire. Que pouvons-nous faire, dans quel délai, et auprès de qui ? ' +
    'Nous avons gardé les copies des pièces et la date du dépôt.',
  categoryCode: 'CRE.04',
};
const REPLY = {
  kind: 'reply',
  body:
    'Bonjour, passé le délai de soixante jours après le dépôt, l’association peut exercer son activité selon ses statuts. ' +
    'Écrivez à l’autorité locale avec copie du récépissé provisoire ; nous joignons un modèle de lettre.',
};

const JSON_HEADERS = { 'content-type': 'application/json' };
const bearer = (token) => ({ authorization: `Bearer ${token}` });
const next = (list) => {
  let i = 0;
  return () => list[i++ % list.length];
};

/** For each kind: the request, and what a good answer is. */
const KINDS = {
  hello: () => ({
    request: () => ({ method: 'GET', path: '/hello' }),
    good: (status, body) => status === 200 && body === '{"hello":"world","n":42,"ok":true}',
  }),
  get: ({ paths, tokens, has, items }) => {
    const [path, token] = [next(paths), next(tokens)];
    let seen = 0;
    return {
      request: () => ({ method: 'GET', path: path(), headers: bearer(token()) }),
      good: (status, body) =>
        status === 200 &&
        body.includes(has) &&
        (items === undefined || seen++ % 16 !== 0 || JSON.parse(body).items.length === items),
    };
  },
  create: ({ tokens }) => {
    const [token, body] = [next(tokens), JSON.stringify(QUESTION)];
    return {
      request: () => ({
        method: 'POST',
        path: '/api/v1/tickets',
        headers: { ...JSON_HEADERS, ...bearer(token()), 'idempotency-key': randomUUID() },
        body,
      }),
      good: (status, text) => status === 201 && text.startsWith('{"id":"') && text.includes('"firstResponse":{"id"'),
    };
  },
  reply: ({ tickets, tokens }) => {
    const [ticket, token, body] = [next(tickets), next(tokens), JSON.stringify(REPLY)];
    return {
      request: () => ({
        method: 'POST',
        path: `/api/v1/tickets/${ticket()}/messages`,
        headers: { ...JSON_HEADERS, ...bearer(token()), 'idempotency-key': randomUUID() },
        body,
      }),
      good: (status, text) => status === 201 && text.includes('"authorKind":"staff"'),
    };
  },
};

answer(async ({ kind, url, clients, seconds, ...rest }) => {
  const { request, good } = KINDS[kind](rest);
  const wrong = [];
  let errors = 0;
  const times = [];
  const started = performance.now();
  const instance = autocannon({
    url,
    connections: clients,
    duration: seconds,
    timeout: 10,
    requests: [
      {
        ...request(),
        setupRequest: (defaults) => ({ ...defaults, ...request() }),
        onResponse: (status, body) => {
          if (good(status, body)) return;
          errors += 1;
          if (wrong.length < 3) wrong.push(`${status} ${body.slice(0, 300)}`);
        },
      },
    ],
  });
  instance.on('response', (_client, _status, _bytes, ms) => times.push(ms));
  const result = await instance;
  const took = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? null;
  return {
    requests: times.length,
    rate: times.length / took,
    errors: errors + result.errors + result.timeouts,
    wrong,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
});
