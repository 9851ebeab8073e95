import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PRIORITIES } from '@app/domain/sla-policy';
import { ADVICE_LEVELS, CONFIDENTIALITIES, KINDS } from '@app/domain/ticket';
import { api, call, ifMatch } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { screenLocale, t } from '@app/ui/i18n';
import { categoriesQuery } from '../data/queries';
import { CheckField } from '../forms/check-field';
import { TextField } from '../forms/text-field';
import { useBase, useWrite } from '../forms/use-write';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { nameOf } from '../ui/names';
import { toast } from '../ui/toast-store';
import { PROGRAMME, type ManagedCategory } from './programme-queries';

const CHOICES = [
  { name: 'kind', values: KINDS, label: 'desk.details.kind', prefix: 'kind' },
  { name: 'adviceLevel', values: ADVICE_LEVELS, label: 'desk.details.advice', prefix: 'advice' },
  { name: 'defaultPriority', values: PRIORITIES, label: 'desk.filter.priority', prefix: 'priority' },
  {
    name: 'defaultConfidentiality',
    values: CONFIDENTIALITIES,
    label: 'desk.details.access',
    prefix: 'confidentiality',
  },
] as const;

type Draft = Omit<ManagedCategory, 'code' | 'parentCode' | 'version'> & { code: string };

interface CategoryDialogProps {
  category?: ManagedCategory;
  /** Of a new one. */
  theme?: ManagedCategory;
  taken: readonly string[];
  onClose: () => void;
}

/** The next free number of a theme. */
function nextCode(theme: string, taken: readonly string[]): string {
  let n = 1;
  while (taken.includes(`${theme}.${String(n).padStart(2, '0')}`)) n += 1;
  return `${theme}.${String(n).padStart(2, '0')}`;
}

function draftOf({ category, theme, taken }: CategoryDialogProps): Draft {
  if (category) {
    const { parentCode: _, version: __, ...fields } = category;
    return fields;
  }
  return {
    code: nextCode(theme!.code, taken),
    kind: theme!.kind,
    adviceLevel: theme!.adviceLevel,
    nameFr: '',
    nameAr: '',
    nameEn: '',
    needsValidation: false,
    defaultPriority: 'normal',
    defaultConfidentiality: 'normal',
    active: true,
  };
}

/** Names in both languages, and what a ticket of this category begins with. */
export function CategoryDialog(props: CategoryDialogProps) {
  const { category, onClose } = props;
  const [draft, setDraft] = useState(() => draftOf(props));
  const set = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const write = useWrite([PROGRAMME, 'categories'], ['/nameFr', '/nameAr', '/nameEn', '/code']);
  const { busy, problem, faultOf, run } = write;
  const base = useBase(write, category?.version ?? 0);
  const save = async () => {
    const { code, nameEn, ...fields } = draft;
    const body = { ...fields, ...(nameEn.trim() ? { nameEn } : {}) };
    const done = await run(async () => {
      await (category
        ? call(
            api.PATCH('/api/v1/programme/categories/{code}', {
              params: { path: { code }, header: { 'If-Match': ifMatch(base) } },
              body,
            }),
          )
        : call(api.POST('/api/v1/programme/categories', { body: { code, ...body } })));
    });
    if (!done) return;
    toast({ text: t('programme.saved') });
    onClose();
  };
  return (
    <Dialog
      title={category ? nameOf(category) : t('programme.categories.new')}
      onClose={onClose}
      confirm={t('programme.save')}
      onConfirm={() => void save()}
      busy={busy}
      disabled={!draft.nameFr.trim() || !draft.nameAr.trim()}
      problem={problem ?? faultOf('/code')}
      wide
    >
      <p className="mut sm">
        {t('programme.categories.code')} <Bidi>{draft.code}</Bidi>
      </p>
      <CategoryFields draft={draft} set={set} faultOf={faultOf} />
      <CheckField
        label={t('programme.categories.needsValidation')}
        hint={t('programme.categories.needsValidationHint')}
        checked={draft.needsValidation}
        onChange={(needsValidation) => set({ needsValidation })}
      />
      <CheckField
        label={t('programme.categories.active')}
        hint={t('programme.categories.activeHint')}
        checked={draft.active}
        onChange={(active) => set({ active })}
      />
      {category && <LegalDeadlines code={category.code} />}
    </Dialog>
  );
}

interface FieldsProps {
  draft: Draft;
  set: (part: Partial<Draft>) => void;
  faultOf: (pointer: string) => string | null;
}

function CategoryFields({ draft, set, faultOf }: FieldsProps) {
  return (
    <div className="two">
      {(['nameFr', 'nameAr', 'nameEn'] as const).map((name) => (
        <TextField
          key={name}
          label={t(`programme.field.${name}`)}
          value={draft[name]}
          max={200}
          dir={name === 'nameAr' ? 'rtl' : 'ltr'}
          error={faultOf(`/${name}`)}
          onChange={(value) => set({ [name]: value })}
        />
      ))}
      {CHOICES.map(({ name, values, label, prefix }) => (
        <Field key={name} label={t(label)}>
          {(control) => (
            <select
              {...control}
              className="inp"
              value={draft[name]}
              onChange={(event) => set({ [name]: event.target.value })}
            >
              {values.map((value) => (
                <option key={value} value={value}>
                  {t(`desk.${prefix}.${value}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      ))}
    </div>
  );
}

/** Delays of the law that tickets of the category watch. They come with the texts of law and are read here. */
function LegalDeadlines({ code }: { code: string }) {
  const { data } = useQuery(categoriesQuery);
  const found = data?.items.flatMap((theme) => theme.categories).find((one) => one.code === code);
  if (!found || found.deadlines.length === 0) return null;
  const isArabic = screenLocale() === 'ar';
  const textOf = (ref: string | null) => {
    const text = data?.legalTexts.find((one) => one.code === ref);
    return text ? (isArabic ? text.shortAr : text.shortFr) : null;
  };
  return (
    <section className="field">
      <span className="lab">{t('programme.categories.deadlines')}</span>
      <ul className="facts">
        {found.deadlines.map((one) => (
          <li key={`${one.nameFr}${one.value ?? ''}`}>
            <span>
              <span className="b">{nameOf(one)}</span>
              {one.value !== null && (
                <>
                  {' · '}
                  <bdi>{String(one.value)}</bdi> {one.unit && t(`programme.unit.${one.unit}`)}
                </>
              )}
              <span className="mut xs block">
                {[isArabic ? one.countsFromAr : one.countsFromFr, textOf(one.ref), one.articles]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
