import { redisAddress } from './redis';

const refusal = (url: string): string => {
  try {
    return JSON.stringify(redisAddress(url));
  } catch (error) {
    return (error as Error).message;
  }
};

test('one server, Sentinels and clusters have each their form of address', () => {
  expect(redisAddress('redis://localhost')).toEqual({
    kind: 'single',
    options: { host: 'localhost', port: 6379, db: 0 },
  });
  expect(redisAddress('rediss://:p%40ss@redis.example.org:6380/2').options).toEqual({
    password: 'p@ss',
    host: 'redis.example.org',
    port: 6380,
    db: 2,
    tls: {},
  });
  expect(redisAddress('redis+sentinel://sanad:secret@10.0.0.1,10.0.0.2:26380/main/1')).toEqual({
    kind: 'sentinel',
    options: {
      username: 'sanad',
      password: 'secret',
      sentinels: [
        { host: '10.0.0.1', port: 26379 },
        { host: '10.0.0.2', port: 26380 },
      ],
      name: 'main',
      db: 1,
    },
  });
  expect(redisAddress('redis+cluster://[::1]:7000,node-2')).toEqual({
    kind: 'cluster',
    nodes: [
      { host: '::1', port: 7000 },
      { host: 'node-2', port: 6379 },
    ],
    options: {},
  });
});

test.each(['localhost:6379', 'http://localhost', 'redis://', 'redis://a,b', 'redis+sentinel://a b/main'])(
  '%s is refused with the forms there are',
  (url) => expect(refusal(url)).toMatch(/^REDIS_URL is not an address .*redis\+cluster:\/\/host:6379,host:6379\.$/),
);

test('Sentinels without a master and a database that is no number are named', () => {
  expect(refusal('redis+sentinel://a')).toBe(
    'REDIS_URL names Sentinels but not their master: write its name behind the hosts.',
  );
  expect(refusal('redis://a/jobs')).toBe('REDIS_URL ends with "jobs" where the number of a database belongs.');
});
