import { BadRequestException, HttpException } from '@nestjs/common';
import { REFUSAL_CODES, Refusal } from '@app/domain/refusal';
import { problemOf, refusalOf } from './problem';

const coded = (code: string, message = 'secret detail of the inside') => Object.assign(new Error(message), { code });

describe('any error becomes a refusal', () => {
  it.each<[string, unknown, string, boolean]>([
    ['a refusal', new Refusal('csrf', 'x'), 'csrf', false],
    ['a duplicate', coded('23505'), 'already_exists', false],
    ['an overlap', coded('23P01'), 'already_exists', false],
    ['a missing parent', coded('23503'), 'not_found', false],
    ['a row of somebody else', coded('42501'), 'not_found', true],
    ['a value that does not fit', coded('22021'), 'validation_failed', false],
    ['a deadlock', coded('40P01'), 'overloaded', false],
    ['too many connections', coded('53300'), 'overloaded', false],
    ['a shutdown', coded('57P01'), 'overloaded', false],
    ['a lock that is held', coded('55P03'), 'in_progress', false],
    ['wrong SQL', coded('42601'), 'internal', true],
    ['a broken pipe, whose code looks like one of the database', coded('EPIPE'), 'overloaded', false],
    ['a full disk', coded('ENOSPC'), 'overloaded', true],
    ['a storage of files that cannot write', coded('E_CANNOT_WRITE_FILE'), 'overloaded', true],
    ['a lost connection', new Error('Connection terminated unexpectedly'), 'overloaded', false],
    ['a body too large', Object.assign(new Error('x'), { statusCode: 413 }), 'payload_too_large', false],
    ['a status of no meaning', Object.assign(new Error('x'), { statusCode: 299 }), 'internal', true],
    ["Nest's own", new BadRequestException(), 'malformed_json', false],
    ["Nest's own, of the server", new HttpException('x', 502), 'internal', true],
    ['a bug', new TypeError('x of undefined'), 'internal', true],
    ['nothing', undefined, 'internal', true],
  ])('%s', (_, error, code, unexpected) => {
    const found = refusalOf(error);
    expect([found.refusal.code, found.unexpected]).toEqual([code, unexpected]);
    if (!(error instanceof Refusal)) expect(found.refusal.message).not.toContain('secret');
  });
});

describe('problem details', () => {
  it.each(REFUSAL_CODES)('of %s have a status and a title', (code) => {
    const problem = problemOf(new Refusal(code, 'detail'), '/x');
    expect(problem).toMatchObject({ code, type: `urn:sanad:problem:${code}`, title: expect.stringMatching(/\S/) });
    expect(problem.status).toBeGreaterThanOrEqual(400);
  });

  it('name the path that was asked, without its query and host', () => {
    const instance = (url: string) => problemOf(new Refusal('not_found', 'x'), url).instance;
    expect(instance('/a/b?token=secret')).toBe('/a/b');
    expect(instance('http://evil.test/a?b=/c?d')).toBe('/a');
  });
});
