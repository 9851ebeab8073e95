import {
  type AgreementRow,
  type HubRow,
  type QueueRow,
  readAgreements,
  readHubs,
  readQueues,
  readRules,
  readSkills,
  readTerritories,
  type RuleRow,
  type SkillRow,
  type TerritoryRow,
} from './hubs';
import { type MacroRow, readMacros, readSettings, type SettingRow } from './macros';
import { type CategoryRow, type PlaceRow, readCategories, readLegalTexts, readPlaces } from './places';
import { type CalendarRow, type PolicyRow, readCalendars, readPolicies } from './promises';

export interface Reference {
  places: PlaceRow[];
  categories: CategoryRow[];
  skills: SkillRow[];
  calendars: CalendarRow[];
  policies: PolicyRow[];
  hubs: HubRow[];
  queues: QueueRow[];
  rules: RuleRow[];
  territories: TerritoryRow[];
  agreements: AgreementRow[];
  macros: MacroRow[];
  settings: SettingRow[];
}

/**
 * The reference files of a directory, checked: required members, types, unique codes and names of other entries.
 * Throws ReferenceProblem at the first thing wrong; nothing of the database is touched before.
 */
export function readReference(dir: string): Reference {
  const places = readPlaces(dir);
  const categories = readCategories(dir);
  const calendars = readCalendars(dir);
  const queues = readQueues(dir);
  const categoryCodes = codesOf(categories);
  const skills = readSkills(dir, categoryCodes);
  const hubs = readHubs(dir, places, codesOf(calendars));
  const hubCodes = codesOf(hubs);
  return {
    places,
    categories,
    skills,
    calendars,
    policies: readPolicies(dir, { categories: categoryCodes, calendars: codesOf(calendars), hubs: hubCodes }),
    hubs,
    queues,
    rules: readRules(dir, codesOf(queues), codesOf(skills)),
    territories: readTerritories(dir, places, hubCodes),
    agreements: readAgreements(dir, hubCodes),
    macros: readMacros(dir),
    settings: [...readSettings(dir), { key: 'legal_texts', value: readLegalTexts(dir) }],
  };
}

function codesOf(rows: readonly { code: string }[]): Set<string> {
  return new Set(rows.map((row) => row.code));
}
