import { writeSync } from 'node:fs';
import type { Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import { portOf } from '@app/platform/http-app';
import { PERMISSIONS } from '@app/domain/access';
import { ApiModule } from '../../../apps/api/src/api.module';
import { TestApp } from '../../support/app';
import { controllersOf, type Route, routesOf, type Taken } from '../../support/routes';
import { checkProblem, rowsOf } from './checks';
import { type Scene, setScene } from './scene';
import { type Answer, send } from './send';

/** JSON that no field of any type may take; each field is asked by itself, so several go together. */
const WRONG = ['{"$ne":1}', '[[{}]]', '[{"__proto__x":1}]', '12.5'];
/** What the body is read for before any field is known: the first is named, so one field of each route will do. */
const UNREADABLE = ['1e400', '-1e999', '123456789012345678901234567890', '"\\u0000"', '"\\ud800"', '"\\udc00a"'];
/** An answer names ten problems at most, and most fields have three at most; who is not named is asked alone. */
const TOGETHER = 3;
const FORBIDDEN = ['{"__proto__":{"a":1}}', '[{"constructor":{}}]', '{"a":{"prototype":1}}', '{"toString":1}'];
/** Written behind the name of a query parameter. */
const WRONG_QUERY = ['=1&{name}=2', '[]=1', '[$ne]=1', '=%00', `=${'a'.repeat(6_500)}`, '=%ED%A0%80%00'];
const WRONG_PARAM = ['abc', '%00', 'x%0a', '..%2f..%2fetc', '%F0%9F', "1'%20or%20'1'='1", '{}', 'a'.repeat(300), '%zz'];

const routes = controllersOf(ApiModule).flatMap(routesOf);
const named = routes.map((route) => [`${route.method} ${route.path}`, route] as const);
const kinds: Record<string, string> = { tickets: 'ownTicket', contacts: 'ownContact', associations: 'ownAssociation' };

let t: TestApp;
let scene: Scene;
let rows: string;
let sent = 0;

beforeAll(async () => {
  t = await TestApp.start();
  scene = await setScene(t);
  rows = await rowsOf(t);
}, 60_000);

afterAll(async () => {
  writeSync(2, `${sent} senseless requests to ${routes.length} routes\n`);
  await t?.stop();
});

afterEach(async () => {
  expect(await rowsOf(t)).toBe(rows);
});

const taking = (from: Taken['from']) =>
  named.flatMap(([name, route]) => {
    const type = route.takes.find((one) => one.from === from && one.name === undefined)?.type;
    return type ? [[name, route, type] as const] : [];
  });

test.each(taking('body'))('%s: fields of wrong types', async (_, route, type) => {
  const fields = fieldsOf(type);
  for (const value of WRONG) {
    for (let from = 0; from < fields.length; from += TOGETHER)
      await refused(route, fields.slice(from, from + TOGETHER), value);
  }
  for (const value of UNREADABLE) await refused(route, [fields[0]], value);
  for (const value of FORBIDDEN) {
    const answer = await ask(route, { body: `{"${fields[0]}":${value}}` });
    checkProblem(answer, { code: 'forbidden_key' });
  }
});

async function refused(route: Route, fields: string[], value: string): Promise<void> {
  const answer = await ask(route, { body: `{${fields.map((field) => `"${field}":${value}`).join()}}` });
  expect([fields, value, answer.status]).toEqual([fields, value, 400]);
  const { code, errors } = JSON.parse(answer.text);
  expect([fields, value, code]).toEqual([fields, value, 'validation_failed']);
  const silent = fields.filter((field) => !pointers(errors).includes(`/${field}`));
  if (fields.length === 1) expect([value, ...silent]).toEqual([value]);
  else for (const field of silent) await refused(route, [field], value);
}

test.each(taking('body'))('%s: fields that are missing or unknown', async (_, route, type) => {
  const none = await ask(route, { body: '{}' });
  if (needed(type).length > 0) expect(none.status).toBe(400);
  for (const field of needed(type)) checkProblem(none, { pointer: `/${field}`, field: 'required' });
  const unknown = ['hubId2', 'createdAt', '$where'];
  const answer = await ask(route, { body: `{${unknown.map((field) => `"${field}":1`).join()}}` });
  for (const field of unknown) checkProblem(answer, { pointer: `/${field}`, field: 'unknown_field' });
  for (const body of ['[]', 'null', '1', '"a"', '[{}]']) {
    checkProblem(await ask(route, { body }), { code: 'validation_failed', pointer: '' });
  }
});

test.each(taking('query'))('%s: parameters', async (_, route, type) => {
  for (const field of [...fieldsOf(type), 'unheardOf']) {
    for (const wrong of WRONG_QUERY) {
      const answer = await ask(route, { query: `${field}${wrong.replace('{name}', field)}` });
      expect([field, wrong.slice(0, 20), answer.status]).toEqual([field, wrong.slice(0, 20), 400]);
      checkProblem(answer, { code: 'validation_failed' });
      expect(wrong + answer.text).toMatch(wrong.includes('%ED') ? /"pointer":"\?"/ : `"pointer":"?${field}`);
    }
  }
});

test.each(named.filter(([, route]) => route.path.includes(':')))('%s: ids of wrong forms', async (_, route) => {
  for (const wrong of WRONG_PARAM) {
    const answer = await ask(route, { path: route.path.replace(/:\w+/, wrong), body: bodyOf(route) });
    // A token in the address is a credential, and a wrong one is none.
    expect(route.path.includes(':token') ? [400, 401, 414] : [400, 404, 414]).toContain(answer.status);
    checkProblem(answer, {});
  }
});

test.each(named)('%s: other spellings of its address reach nothing unguarded', async (_, route) => {
  const path = pathOf(route);
  const spellings = [
    `/${path}`,
    `${path}/`,
    `${path};y`,
    path.replace('/api', '/API'),
    path.replace('/api/', '/api//'),
  ];
  const odd = [
    path.replace('/api', '/x/../api'),
    path.replace('/api', '/x/%2e%2e/api'),
    path.replace('/api', '/x/..;/api'),
  ];
  for (const spelling of [...spellings, ...odd, path.replace('/api', '/%61pi')]) {
    // Who may would be served wherever the router finds the way; the one spelling that it does find is asked as nobody.
    const same = spelling.includes('%61');
    if (same && route.open) continue;
    const answer = await ask(route, { path: spelling, as: same ? 'nobody' : whoMay(route), body: bodyOf(route) });
    expect([spelling, same ? [401, 404] : [400, 401, 404]].flat()).toContain(answer.status);
    checkProblem(answer, {});
  }
});

const bodyOf = (route: Route) => (['POST', 'PUT', 'PATCH'].includes(route.method) ? '{}' : undefined);

function pathOf(route: Route): string {
  const kind = route.path.split('/')[3];
  return route.path
    .replace(':date', '2027-03-10')
    .replace(':season', 'ramadan-1448')
    .replace(':version', '1')
    .replace(':template', 'received')
    .replace(':key', 'legal_notice')
    .replace(':code', 'CRE.04')
    .replace(':kind', 'note')
    .replace(/:\w+/, kind === 'hubs' ? t.world.hubs.FM : scene.names[kinds[kind] ?? 'randomId']);
}

/** The supervisor, but for what the programme alone does. */
function whoMay({ permission }: Route): string {
  const roles: readonly string[] = permission ? PERMISSIONS[permission] : [];
  return ['supervisor', 'coordinator', 'member'].find((role) => roles.includes(role)) ?? 'supervisor';
}

async function ask(
  route: Route,
  {
    path = pathOf(route),
    query = '',
    body,
    as = whoMay(route),
  }: { path?: string; query?: string; body?: string; as?: string },
): Promise<Answer> {
  sent += 1;
  const token = scene.tokens[as];
  const headers: Record<string, string> = { 'idempotency-key': `key-${sent}`, 'if-match': '"v1"' };
  if (token) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  const answer = await send(portOf(t.app), {
    method: route.method,
    target: query ? `${path}?${query}` : path,
    headers,
    body: body === undefined ? null : Buffer.from(body),
  });
  expect([answer.status < 500, route.path, query.slice(0, 99), body]).toEqual([
    true,
    route.path,
    query.slice(0, 99),
    body,
  ]);
  return answer;
}

/** Places of the problems, cut to the field of the body. */
function pointers(errors: { pointer: string }[]): string[] {
  return errors.map((one) => one.pointer.split('/').slice(0, 2).join('/'));
}

function rulesOf(type: Type) {
  return getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
}

function fieldsOf(type: Type): string[] {
  return [...new Set(rulesOf(type).map((rule) => rule.propertyName))];
}

function needed(type: Type): string[] {
  const conditional = rulesOf(type).filter((rule) => rule.type === 'conditionalValidation');
  return fieldsOf(type).filter((field) => !conditional.some((rule) => rule.propertyName === field));
}
