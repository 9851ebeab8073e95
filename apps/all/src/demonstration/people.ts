import type { Person } from '../banner';

/** Somebody of the demonstration before there is an account. */
export interface PersonPlan {
  role: Person['role'];
  name: string;
  email: string;
  locale: 'fr' | 'ar';
  hub: string | null;
  /** Code of the association of a manager or member. */
  association: string | null;
  languages: readonly ('fr' | 'ar')[];
  cleared: boolean;
  /** Joined only some days before now: until then nobody of the hub could take restricted questions. */
  joinedDaysAgo: number | null;
  note: string;
}

const BASE = { hub: null, association: null, languages: [], cleared: false, joinedDaysAgo: null } as const;
const domain = 'demo.example.org';

interface Team {
  code: string;
  supervisor: string;
  french: string;
  arabic: string;
  both: string;
  expert: string | null;
}

const TEAMS: readonly Team[] = [
  {
    code: 'FM',
    supervisor: 'Nadia Benjelloun',
    french: 'Karim Lahlou',
    arabic: 'فاطمة الزهراء الصنهاجي',
    both: 'Youssef El Ouazzani',
    expert: 'Maître Rachid Chraïbi',
  },
  {
    code: 'MS',
    supervisor: 'Abdellah Aït Baha',
    french: 'Sara Mezouar',
    arabic: 'حمزة الرحماني',
    both: 'Khadija Boulahcen',
    expert: 'Maître Ilham Sebti',
  },
  {
    code: 'NT',
    supervisor: 'Omar Tahiri',
    french: 'Meryem Filali',
    arabic: 'زكرياء بناني',
    both: 'Hind Alaoui Mdaghri',
    expert: null,
  },
];

function teamOf(team: Team): PersonPlan[] {
  const { code } = team;
  const email = (who: string): string => `${who}.${code.toLowerCase()}@${domain}`;
  const agent = { ...BASE, role: 'agent', hub: code } as const;
  const people: PersonPlan[] = [
    {
      ...agent,
      name: team.both,
      email: email('agent.fr-ar'),
      locale: 'fr',
      languages: ['fr', 'ar'],
      cleared: true,
      joinedDaysAgo: code === 'NT' ? 2 : null,
      note: `${code}: French and Arabic, restricted tickets`,
    },
    { ...agent, name: team.french, email: email('agent.fr'), locale: 'fr', languages: ['fr'], note: `${code}: French` },
    { ...agent, name: team.arabic, email: email('agent.ar'), locale: 'ar', languages: ['ar'], note: `${code}: Arabic` },
  ];
  const senior = { ...BASE, hub: code, locale: 'fr', cleared: true } as const;
  people.push({
    ...senior,
    role: 'supervisor',
    name: team.supervisor,
    email: email('supervisor'),
    note: `${code}: the whole hub`,
  });
  if (team.expert) {
    const note = `${code}: opinions on what is shared`;
    people.push({ ...senior, role: 'expert', name: team.expert, email: email('expert'), note });
  }
  return people;
}

/** Association, then its manager and its member with the first part of their addresses. */
const ASSOCIATIONS: readonly [
  code: string,
  manager: string,
  managerMail: string,
  member: string,
  memberMail: string,
][] = [
  ['DEMO-017', 'Salma Berrada', 'salma.b', 'أنس العلمي', 'anas.a'],
  ['DEMO-018', 'Mehdi Skalli', 'mehdi.s', 'Zineb Kettani', 'zineb.k'],
  ['DEMO-021', 'سعاد بوزيان', 'souad.b', 'Hicham Guennoun', 'hicham.g'],
  ['DEMO-030', 'Driss Tazi', 'driss.t', 'إيمان الحياني', 'imane.h'],
  ['DEMO-008', 'رقية إدبلا', 'rkia.i', 'Mina Ouhssain', 'mina.o'],
  ['DEMO-010', 'لطيفة الحاحي', 'latifa.h', 'Naima Regragui', 'naima.r'],
  ['DEMO-014', 'Said El Abdi', 'said.e', 'Ghita Doukkali', 'ghita.d'],
  ['DEMO-016', 'Ayoub Rahmouni', 'ayoub.r', 'هاجر السرغيني', 'hajar.s'],
  ['DEMO-031', 'نبيل الطنجي', 'nabil.t', 'Loubna Akhrif', 'loubna.a'],
  ['DEMO-048', 'Brahim Oubella', 'brahim.o', 'فاضمة أمزيل', 'fadma.a'],
  ['DEMO-036', 'حنان المديوني', 'hanane.m', 'Adil Chaoui', 'adil.c'],
  ['DEMO-042', 'Amina Slaoui', 'amina.s', 'Tarik Znibi', 'tarik.z'],
];

const ARABIC = /\p{Script=Arabic}/u;
const localeOf = (name: string): 'fr' | 'ar' => (ARABIC.test(name) ? 'ar' : 'fr');

function associationPeople(): PersonPlan[] {
  return ASSOCIATIONS.flatMap(([association, manager, managerMail, member, memberMail], index) => {
    const at = `@asso${String(index + 1).padStart(2, '0')}.example.org`;
    const base = { ...BASE, association, note: `association ${association}` };
    return [
      { ...base, role: 'manager' as const, name: manager, email: managerMail + at, locale: localeOf(manager) },
      { ...base, role: 'member' as const, name: member, email: memberMail + at, locale: localeOf(member) },
    ];
  });
}

/** Everybody, one of each role first. */
export function demonstrationPeople(): PersonPlan[] {
  const coordinator: PersonPlan = {
    ...BASE,
    role: 'coordinator',
    name: 'Latifa Bennani Smires',
    email: `coordinator@${domain}`,
    locale: 'fr',
    note: 'the national programme: figures of all hubs',
  };
  const all = [...TEAMS.flatMap(teamOf), coordinator, ...associationPeople()];
  const roles = ['agent', 'supervisor', 'expert', 'coordinator', 'manager', 'member'] as const;
  const first = roles.map((role) => all.find((person) => person.role === role)!);
  return [...first, ...all.filter((person) => !first.includes(person))];
}
