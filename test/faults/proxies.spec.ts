import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support/redis';
import { listen } from '../support/sockets';
import { promises, Rig, timed } from './rig';
import { hold } from './table';

const DEPLOY = path.resolve(__dirname, '../../deploy');
/** The examples as they are handed out, with free ports and without certificates. */
const PROXIES: Record<
  string,
  { binary: string; file: string; args(file: string): string[]; plain(text: string): string }
> = {
  HAProxy: {
    binary: '/usr/sbin/haproxy',
    file: 'haproxy.cfg',
    args: (file) => ['-db', '-f', file],
    plain: (text) => text.replace(/bind :443.*/, 'bind 127.0.0.1:8443'),
  },
  nginx: {
    binary: '/usr/sbin/nginx',
    file: 'nginx.conf',
    args: (file) => ['-c', file, '-p', path.dirname(file), '-g', 'daemon off;'],
    plain: (text) => {
      const http = text
        .replace(/server \{\s+listen 80;[^}]*\}/, '')
        .replace(/listen 443.*/, 'listen 127.0.0.1:8443;')
        .replace(/^\s*ssl_.*$/gm, '')
        .replace('rate=100r/s', 'rate=10000r/s');
      return `pid nginx.pid;\nerror_log error.log;\nevents {}\nhttp {\naccess_log off;\nclient_body_temp_path b;\nproxy_temp_path p;\nfastcgi_temp_path f;\nuwsgi_temp_path u;\nscgi_temp_path s;\n${http}\n}\n`;
    },
  },
};

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
}, 120_000);
afterAll(() => rig?.close());

describe.each(Object.keys(PROXIES))('%s', (name) => {
  const { binary, file, args, plain } = PROXIES[name];
  let child: ChildProcess | null = null;
  afterAll(async () => {
    if (!child) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  });

  const run = existsSync(binary) ? test : test.skip;
  run(
    'F24: three processes restarted one after the other under load, behind the example of deploy/',
    async () => {
      const ports = await Promise.all(Array.from({ length: 6 }, freePort));
      const [front, realtime2, ...apis] = ports;
      const realtime = await rig.fleet.start('realtime');
      let fleet = await Promise.all(
        apis.slice(0, 3).map((port) => rig.fleet.start('api', { port, env: { SANAD_DRAIN: '5' } })),
      );
      const worker = await rig.fleet.start('worker');
      const text = [3001, 3002, 3003]
        .reduce(
          (all, port, index) => all.replace(`:${port}`, `:${apis[index]}`),
          plain(readFileSync(path.join(DEPLOY, file), 'utf8')),
        )
        .replace(':8443', `:${front}`)
        .replace(':3011', `:${realtime.port}`)
        .replace(':3012', `:${realtime2}`);
      const folder = mkdtempSync(path.join(tmpdir(), 'sanad-proxy-'));
      const config = path.join(folder, file);
      writeFileSync(config, text);
      child = spawn(binary, args(config), { stdio: 'ignore' });
      const url = `http://127.0.0.1:${front}`;
      await timed(async () => (await fetch(`${url}/api/live`)).status === 200, 20_000);
      expect((await fetch(`${url}/api/ready`)).status).toBe(404);
      expect((await fetch(`${url}/api/metrics`)).status).toBe(404);
      expect((await fetch(`${fleet[0].url}/api/metrics`)).status).toBe(200);
      const socket = await listen(url, rig.agents[0].token);
      const load = rig.load(url, { insistent: false });
      const marked = (index: number, mark: string): void => {
        if (name !== 'nginx') return;
        writeFileSync(config, text.replace(`:${apis[index]} `, `:${apis[index]} ${mark} `));
        child!.kill('SIGHUP');
      };
      for (const [index, one] of fleet.entries()) {
        await sleep(1_000);
        marked(index, 'down');
        if (name === 'nginx') await sleep(1_000);
        expect(await one.stop()).toBe(0);
        fleet = fleet.with(index, await rig.fleet.start('api', { port: one.port, env: { SANAD_DRAIN: '5' } }));
        marked(index, '');
        await sleep(2_500);
      }
      await timed(async () => socket.pokes.length > 0, 20_000);
      socket.disconnect();
      const judged = await load.judge();
      await Promise.all([...fleet, realtime, worker].map((one) => one.kill()));
      hold(`F24 ${name}`, `rolling restart of three processes behind ${name}`, {
        ...promises(judged),
        'requests that failed:': [judged.unanswered + judged.busy, 0],
      });
    },
    400_000,
  );
});
