import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { binFolder } from '@app/db/postgres-binaries';
import { ask } from '../support/oracle';
import { promises, Rig } from './rig';
import { hold } from './table';

const ROOT = path.resolve(__dirname, '../..');
const PDF = (n: number): string => `%PDF-1.4\n1 0 obj<</Type/Catalog/N ${n}>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`;

let rig: Rig;
let folder: string;
beforeAll(async () => {
  rig = await Rig.open();
  folder = mkdtempSync(path.join(tmpdir(), 'sanad-backups-'));
  chmodSync(folder, 0o755); // as root, the server runs as another user
}, 120_000);
afterAll(async () => {
  await rig?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One of the commands, as built; its exit code and what it said. */
async function command(name: string, args: string[], env: Record<string, string>): Promise<[number, string]> {
  const child = spawn(process.execPath, [`dist/apps/all/src/cli/${name}.js`, ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const [code] = (await once(child, 'close')) as [number];
  return [code, said];
}

test('F23: a backup under load is restored elsewhere and proves itself', async () => {
  const api = await rig.fleet.start('api');
  await rig.fleet.start('worker');
  const run = rig.load(api.url, { users: 4 });
  const headers = { authorization: `Bearer ${rig.members[0].token}` };
  const attach = async (n: number): Promise<void> => {
    const form = new FormData();
    form.append('file', new Blob([PDF(n)], { type: 'application/pdf' }), `piece-${n}.pdf`);
    const upload = await fetch(`${api.url}/api/v1/uploads`, { method: 'POST', headers, body: form });
    const { id } = (await upload.json()) as { id: string };
    const asked = await fetch(`${api.url}/api/v1/tickets`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': `piece-${n}` },
      body: JSON.stringify({ subject: 'Une pièce', body: 'Voici la pièce.', categoryCode: 'CRE.04', uploadIds: [id] }),
    });
    expect(asked.status).toBe(201);
  };
  for (let n = 0; n < 5; n += 1) await attach(n);
  await sleep(2_000);
  const [{ acknowledged }] = await ask<{ acknowledged: number }>(
    rig.world,
    'select count(*)::int as acknowledged from ticket',
  );
  const env = { DATABASE_URL: rig.appUrl, DATABASE_ADMIN_URL: rig.adminUrl, SANAD_VAR: rig.fleet.folder };
  const [made, story] = await command('backup', ['--to', folder], env);
  expect([made, story]).toEqual([0, expect.stringContaining('of database in')]);
  const [name] = readdirSync(folder);
  const copy = path.join(folder, name);
  const judged = await run.judge();

  const restore = (from: string, to: string): Promise<[number, string]> =>
    command('restore', ['--from', from, '--to', path.join(folder, to), '--pg-bin', binFolder()], {});
  const from = performance.now();
  const [restored, proof] = await restore(copy, 'new');
  const took = performance.now() - from;
  expect([restored, proof]).toEqual([0, expect.stringContaining('5 files are there and what they were.')]);
  const rows = Number(/^ticket +(\d+) rows/m.exec(proof)![1]);

  // What is not what it was is found: a file, and the copy of the database.
  const broken = path.join(folder, 'broken');
  cpSync(copy, broken, { recursive: true });
  const files = readdirSync(path.join(broken, 'files'), { recursive: true, withFileTypes: true });
  const file = files.find((one) => one.isFile())!;
  writeFileSync(path.join(file.parentPath, file.name), 'another');
  const [bad, reason] = await restore(broken, 'new-broken');
  writeFileSync(path.join(broken, 'base.tar'), 'another');
  const [worse, why] = await restore(broken, 'new-worse');
  expect([reason, why]).toEqual([
    expect.stringContaining('is another'),
    expect.stringContaining('not what was backed'),
  ]);
  hold('F23', 'a backup under load, restored', {
    ...promises(judged),
    'tickets missing of those before the backup:': [Math.max(0, acknowledged - rows), 0],
    'damaged copies that were taken for whole:': [Number(bad === 0) + Number(worse === 0), 0],
    'restored and proven in minutes:': [took / 60_000, 60],
  });
}, 600_000);
