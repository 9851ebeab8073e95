import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ModulesContainer } from '@nestjs/core';
import { getMetadataStorage } from 'class-validator';
import type { FastifyInstance, HTTPMethods } from 'fastify';
import ts from 'typescript';
import { PERMISSIONS } from '@app/domain/access';
import { ApiModule } from '../../apps/api/src/api.module';
import { TestApp } from '../support/app';
import { controllersOf, routesOf } from '../support/routes';

const API = path.resolve(__dirname, '../../apps/api/src');
const controllers = controllersOf(ApiModule);
const routes = controllers.flatMap(routesOf);
const named = routes.map((route) => [`${route.method} ${route.path}`, route] as const);

test.each(named)('%s names the permission it needs, or is open to all', (_, { permission, open }) => {
  expect([permission !== undefined, open].filter(Boolean)).toHaveLength(1);
  if (permission !== undefined) expect(Object.keys(PERMISSIONS)).toContain(permission);
});

test('the open ones are few, and known', () => {
  expect(
    named
      .filter(([, route]) => route.open)
      .map(([name]) => name)
      .sort(),
  ).toEqual([
    'GET /api/dev/outbox',
    'GET /api/live',
    'GET /api/metrics',
    'GET /api/ready',
    'GET /api/v1/hubs/:id/branding',
    'GET /api/v1/hubs/:id/logo',
    'GET /api/v1/portal',
    'GET /api/v1/portal/callback-slots',
    'GET /api/v1/ratings/:token',
    'GET /api/v1/telephony/:token',
    'POST /api/v1/invitations/acceptance',
    'POST /api/v1/invitations/lookup',
    'POST /api/v1/member-invitations/acceptance',
    'POST /api/v1/member-invitations/lookup',
    'POST /api/v1/portal/callbacks',
    'POST /api/v1/portal/callbacks/change',
    'POST /api/v1/portal/callbacks/lookup',
    'POST /api/v1/portal/follow',
    'POST /api/v1/portal/promises',
    'POST /api/v1/portal/requests',
    'POST /api/v1/sessions',
    'POST /api/v1/sessions/codes',
    'POST /api/v1/sessions/links',
    'POST /api/v1/telephony/:token',
    'POST /api/v1/uploads',
    'PUT /api/v1/ratings/:token',
  ]);
});

test.each(named)('%s takes what it takes through rules', (_, { takes }) => {
  for (const { from, name, type } of takes) {
    if (from === 'param' && name !== undefined) expect(type).toBe(String);
    else {
      expect({ from, name }).toEqual({ from, name: undefined });
      expect(rulesOf(type!).length).toBeGreaterThan(0);
    }
  }
});

test('an object inside is checked to be one, a list would pass', () => {
  const inputs = routes.flatMap((route) => route.takes).flatMap(({ type }) => (type && type !== String ? [type] : []));
  const nested = inputs.flatMap((type) => {
    const rules = rulesOf(type);
    return rules
      .filter((rule) => rule.type === 'nestedValidation')
      .map(({ propertyName }) => ({
        field: `${type.name}.${propertyName}`,
        checked: rules.some((rule) => rule.propertyName === propertyName && rule.name === 'plainObject'),
      }));
  });
  expect(nested.filter((one) => !one.checked)).toEqual([]);
  expect(nested.map((one) => one.field)).toContain('CreateTicketBody.contact');
});

describe.each(sources())('%s', (_, file) => {
  const classes = classesOf(file);

  test('has no field of input without a rule', () => {
    const bare = classes.filter(isInput).flatMap((one) =>
      one.members
        .filter(ts.isPropertyDeclaration)
        .filter((field) => !ts.getDecorators(field)?.length)
        .map((field) => `${one.name!.text}.${field.name.getText(file)}`),
    );
    expect(bare).toEqual([]);
  });

  test('has no field of any type', () => {
    const any = classes.flatMap((one) =>
      one.members
        .filter(ts.isPropertyDeclaration)
        .filter((field) => !field.type || /\b(any|object|Object|Function)\b/.test(field.type.getText(file)))
        .map((field) => `${one.name!.text}.${field.name.getText(file)}`),
    );
    expect(any).toEqual([]);
  });
});

describe('the running program', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await TestApp.start();
  }, 60_000);
  afterAll(() => t?.stop());

  test('has these handlers and no others', () => {
    const running = [...t.app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
    expect(running.map((one) => one.name).sort()).toEqual(controllers.map((one) => one.name).sort());
    const fastify = t.app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    for (const { method, path: url } of routes) {
      expect([url, fastify.hasRoute({ method: method as HTTPMethods, url })]).toEqual([url, true]);
    }
  });

  test.each(named.filter(([, route]) => !route.open))('%s is closed to strangers', async (_, { method, path: url }) => {
    const answer = await t.app.inject({ method: method as 'GET', url: url.replace(/:\w+/g, 'x') });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'unauthorized' });
  });
});

function rulesOf(type: new () => unknown) {
  return getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
}

function sources(): [string, ts.SourceFile][] {
  const found = ts.sys.readDirectory(API, ['.dto.ts']);
  return found.map((file) => [
    path.relative(API, file),
    ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true),
  ]);
}

function classesOf(file: ts.SourceFile): ts.ClassDeclaration[] {
  return file.statements.filter(ts.isClassDeclaration);
}

/** Answers have no rules; what is called Body, Query or Params, or has one rule, is input. */
function isInput(one: ts.ClassDeclaration): boolean {
  return /(Body|Query|Params)$/.test(one.name!.text) || one.members.some((member) => hasDecorator(member));
}

function hasDecorator(member: ts.ClassElement): boolean {
  return ts.isPropertyDeclaration(member) && (ts.getDecorators(member)?.length ?? 0) > 0;
}
