import { MACRO_KINDS, type MacroKind } from '@app/domain/hub';
import { CHANNELS, STATUSES } from '@app/domain/ticket';
import { ASSIGNMENT_MODES } from '@app/domain/work/assignment-mode';
import { Entry, uniqueCodes } from './entry';

export interface MacroRow {
  code: string;
  kind: MacroKind;
  name_fr: string;
  name_ar: string;
  subject_fr: string | null;
  subject_ar: string | null;
  body_fr: string;
  body_ar: string;
  variables: string[];
  channels: string[];
  actions: { type: string; value: string | number }[];
  needs_validation: boolean;
  disclaimer: boolean;
}

export interface SettingRow {
  key: string;
  value: unknown;
}

const MACRO_CHANNELS = [...CHANNELS, 'sms', 'note'] as const;

export function readMacros(dir: string): MacroRow[] {
  const file = Entry.ofFile(dir, 'macros.json');
  const variables = new Set(file.texts('variables'));
  const entries = file.entries('macros', 'code');
  uniqueCodes(entries, 'code');
  return entries.map((entry) => {
    checkVariables(entry, variables);
    return {
      code: entry.text('code'),
      kind: entry.oneOf('kind', MACRO_KINDS),
      name_fr: entry.text('name_fr'),
      name_ar: entry.text('name_ar'),
      subject_fr: entry.textOrNull('subject_fr'),
      subject_ar: entry.textOrNull('subject_ar'),
      body_fr: entry.text('body_fr'),
      body_ar: entry.text('body_ar'),
      variables: entry.texts('variables'),
      channels: entry.manyOf('channels', MACRO_CHANNELS),
      actions: entry.each('actions').map(actionOf),
      needs_validation: entry.flag('needs_validation'),
      disclaimer: entry.flag('disclaimer'),
    };
  });
}

/** Twins say the same: both languages use the variables that the entry lists, no more and no less. */
function checkVariables(entry: Entry, known: ReadonlySet<string>): void {
  const listed = entry.manyKnown('variables', known, 'variable').toSorted().join(', ');
  for (const language of ['fr', 'ar']) {
    const texts = `${entry.textOrNull(`subject_${language}`) ?? ''}\n${entry.text(`body_${language}`)}`;
    const used = [...new Set([...texts.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g)].map((match) => match[1]))];
    if (used.toSorted().join(', ') !== listed) {
      entry.fail(
        `body_${language}`,
        `must use the variables ${listed || '(none)'}, and uses ${used.join(', ') || '(none)'}`,
      );
    }
  }
}

function actionOf(entry: Entry): { type: string; value: string | number } {
  const type = entry.text('type');
  if (type === 'status') return { type, value: entry.oneOf('value', STATUSES) };
  const value = entry.get('value');
  return { type, value: typeof value === 'number' ? value : entry.text('value') };
}

/** Texts and lists that administrators may change without a release. */
export function readSettings(dir: string): SettingRow[] {
  const entries = Entry.ofFile(dir, 'settings.json').entries('settings', 'key');
  uniqueCodes(entries, 'key');
  for (const entry of entries) {
    if (entry.text('key') === 'assignment_mode') entry.inside('value').oneOf('default', ASSIGNMENT_MODES);
    else if (entry.text('key') === 'telephone') checkTelephone(entry.inside('value'));
    else if (!Array.isArray(entry.get('value'))) checkWords(entry.inside('value'));
    else uniqueCodes(entry.each('value').map(checkWords), 'code');
  }
  return entries.map((entry) => ({ key: entry.text('key'), value: entry.get('value') }));
}

/** What the call panel says and asks: codes, forms by kind of category, the wording of a consent. */
function checkTelephone(entry: Entry): void {
  for (const list of ['wrapUpCodes', 'dispositions', 'verificationQuestions']) {
    uniqueCodes(entry.each(list).map(checkWords), 'code');
  }
  for (const form of entry.each('forms')) uniqueCodes(form.each('questions').map(checkWords), 'code');
  checkWords(entry.inside('consentWording')).text('code');
}

function checkWords(entry: Entry): Entry {
  entry.text('fr');
  entry.text('ar');
  return entry;
}
