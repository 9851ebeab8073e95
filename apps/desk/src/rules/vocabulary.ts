import { useQuery } from '@tanstack/react-query';
import { LEGAL_FORMS } from '@app/domain/association';
import { LANGUAGES } from '@app/domain/language';
import { RULE_WORK_KINDS } from '@app/domain/routing-rules';
import { PRIORITIES } from '@app/domain/sla-policy';
import { CHANNELS, CONFIDENTIALITIES, KINDS } from '@app/domain/ticket';
import { hasText, t } from '@app/ui/i18n';
import { categoriesQuery, hubsQuery } from '../data/queries';
import { nameOf } from '../ui/names';

export interface Option {
  value: string;
  label: string;
  /** Heading under which it is offered. */
  group?: string;
}

/** Names of what conditions may say, by field; a field that is not there takes any text. */
export type Vocabulary = Partial<Record<string, readonly Option[]>>;

const listed = (values: readonly string[], words: (value: string) => string): Option[] =>
  values.map((value) => ({ value, label: words(value) }));

/** What policies and routing rules may look at, in the language of the screen. */
export function useVocabulary(): Vocabulary {
  const themes = useQuery(categoriesQuery).data?.items ?? [];
  const hubs = useQuery(hubsQuery).data?.items ?? [];
  return {
    category: themes.flatMap((theme) =>
      theme.categories.map((one) => ({ value: one.code, label: nameOf(one), group: nameOf(theme) })),
    ),
    category_prefix: themes.map((one) => ({ value: one.code, label: nameOf(one) })),
    kind: listed(KINDS, (one) => t(`desk.kind.${one}`)),
    channel: listed(CHANNELS, (one) => t(`desk.channel.${one}`)),
    priority: listed(PRIORITIES, (one) => t(`desk.priority.${one}`)),
    confidentiality: listed(CONFIDENTIALITIES, (one) => t(`desk.confidentiality.${one}`)),
    language: listed(LANGUAGES, (one) => t(`rules.language.${one}`)),
    association_type: listed(LEGAL_FORMS, (one) => t(`rules.form.${one}`)),
    work_kind: listed(RULE_WORK_KINDS, (one) => t(`rules.workKind.${one}`)),
    needs_validation: listed(['true', 'false'], (one) => t(`rules.flag.${one}`)),
    hub: hubs.map((one) => ({ value: one.code, label: nameOf(one) })),
  };
}

/** A value in words; what this screen does not know is shown as it is. */
export function labelOf(vocabulary: Vocabulary, field: string, value: string | boolean): string {
  const own = `rules.tag.${String(value)}`;
  if (field === 'tag' && hasText(own)) return t(own);
  return vocabulary[field]?.find((one) => one.value === String(value))?.label ?? String(value);
}

/** `Langue : arabe ou français`, for a line of text. */
export function conditionText(
  vocabulary: Vocabulary,
  { field, values }: { field: string; values: readonly (string | boolean)[] },
): string {
  const names = values.map((value) => labelOf(vocabulary, field, value));
  return t('rules.condition.line', { field: t(`rules.field.${field}`), values: names.join(t('rules.condition.or')) });
}
