import type { Config } from '@app/platform/config';

/** One account of the demonstration with its password. */
export interface Person {
  role: 'coordinator' | 'supervisor' | 'agent' | 'expert' | 'manager' | 'member';
  name: string;
  email: string;
  password: string;
  /** Code of the hub, null for the association's people and the programme. */
  hub: string | null;
  /** What to know about this person, such as the languages. */
  note: string;
}

interface Started {
  port: number;
  config: Config;
  people: readonly Person[];
  seconds: number;
}

/** The one screen after the start: addresses, one sign-in for each role, where the data lies. */
export function banner({ port, config, people, seconds }: Started): string {
  const base = `http://localhost:${port}`;
  const lines = [
    '',
    `  Sanad is ready (${seconds.toFixed(1)} s)`,
    '',
    `  Portal       ${base}/fr/   ${base}/ar/`,
    `  Desk         ${base}/desk/`,
    `  API          ${base}/api/v1`,
    `  Try it       ${base}/api/docs`,
    `  Live         ${base}/socket.io   (npm run live -- --as agent)`,
  ];
  if (config.demonstration) lines.push(`  Mail         ${base}/api/dev/outbox   (demonstration: nothing is sent)`);
  if (people.length > 0) lines.push('', '  Sign in as', ...onePerRole(people));
  lines.push('', `  Data         ${config.demonstration ? config.varDir : 'the database of DATABASE_URL'}`);
  if (people.length > 0)
    lines.push(`  All sign-ins ${config.varDir}/demonstration-passwords.json (for its owner only)`);
  lines.push('  Stop         Ctrl-C', '');
  return lines.join('\n');
}

function onePerRole(people: readonly Person[]): string[] {
  const seen = new Set<string>();
  const first = people.filter((person) => !seen.has(person.role) && seen.add(person.role));
  const width = Math.max(...first.map((person) => person.email.length));
  return first.map(
    (person) => `    ${person.role.padEnd(12)} ${person.email.padEnd(width)}  ${person.password}  ${person.note}`,
  );
}
