import type { TenantTx } from '@app/db/tenant-db';
import type { Words } from '@app/domain/words';
import type { ReferenceCopy } from '../directory/reference-data';
import type { ReportGroup } from '@app/domain/report-groups';

const CHANNELS: Record<string, Words> = {
  portal: { fr: 'Portail', ar: 'البوابة' },
  phone: { fr: 'Téléphone', ar: 'الهاتف' },
  email: { fr: 'Courriel', ar: 'البريد الإلكتروني' },
  whatsapp: { fr: 'WhatsApp', ar: 'واتساب' },
  walk_in: { fr: 'Sur place', ar: 'حضوريا' },
  api: { fr: 'Application', ar: 'تطبيق' },
};
const LANGUAGES: Record<string, Words> = {
  fr: { fr: 'Français', ar: 'الفرنسية' },
  ar: { fr: 'Arabe', ar: 'العربية' },
  'ary-Latn': { fr: 'Darija en lettres latines', ar: 'الدارجة بالحروف اللاتينية' },
  mixed: { fr: 'Mixte', ar: 'مختلط' },
};

interface Named {
  nameFr: string;
  nameAr: string;
}

const words = (named: Named | undefined): Words | null => (named ? { fr: named.nameFr, ar: named.nameAr } : null);

/** What the keys of a report are called in both languages; people have one name. */
export async function namesOf(
  tx: TenantTx,
  by: ReportGroup,
  keys: readonly string[],
  copy: ReferenceCopy,
): Promise<(key: string) => Words | null> {
  switch (by) {
    case 'half_hour':
    case 'hour':
    case 'day':
    case 'week':
    case 'month':
      return () => null;
    case 'hub':
      return (key) => words(copy.hubs.get(key));
    case 'region':
      return (key) => words(copy.places.get(key));
    case 'category':
      return (key) => words(copy.categories.get(key));
    case 'queue': {
      const queues = new Map(copy.queues.map((queue) => [queue.id, queue]));
      return (key) => words(queues.get(key));
    }
    case 'channel':
      return (key) => CHANNELS[key] ?? null;
    case 'language':
      return (key) => LANGUAGES[key] ?? null;
    case 'agent':
      return peopleNames(tx, keys);
  }
}

async function peopleNames(tx: TenantTx, ids: readonly string[]): Promise<(key: string) => Words | null> {
  const rows = await tx.sql<{ id: string; name: string }>('select id, name from account where id = any ($1::uuid[])', [
    ids,
  ]);
  const names = new Map(rows.map(({ id, name }) => [id, { fr: name, ar: name }]));
  return (key) => names.get(key) ?? null;
}
