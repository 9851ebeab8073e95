import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keepPreviousData } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type RefObject } from 'react';
import { fold } from '@app/domain/folding';
import { api, call, problemText } from '@app/ui/api';
import { UserLine, UserText } from '@app/ui/bidi';
import { hasText, t } from '@app/ui/i18n';
import type { components } from '@app/contract/openapi';
import { macrosQuery, type Macro, type Ticket } from '../data/queries';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { nameOf } from '../ui/names';
import type { DraftKeeper } from './draft-keeper';
import { applyActions } from './macro-actions';
import { insert } from './use-snippets';

type Preview = components['schemas']['MacroPreview'];

interface MacroDialogProps {
  ticket: Ticket;
  keeper: DraftKeeper;
  language: 'fr' | 'ar';
  box: RefObject<HTMLTextAreaElement | null>;
  onClose: () => void;
}

/** The hub's texts at the start, what the chosen one would write and change beside it. Nothing happens before "insert". */
export function MacroDialog({ ticket, keeper, language, box, onClose }: MacroDialogProps) {
  const client = useQueryClient();
  const { data } = useQuery(macrosQuery);
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [spoken, setSpoken] = useState(language);
  const [values, setValues] = useState<Record<string, string>>({});
  const shown = (data?.items ?? []).filter((one) => one.active && one.kind !== 'template' && isNamed(one, words));
  const current = shown.find((one) => one.id === chosen) ?? shown[0];
  const preview = usePreview(ticket.id, current?.id, spoken, values);
  const use = () => {
    if (!preview.data?.ready) return;
    const end = keeper.state.get().text;
    const gap = end.trim() === '' ? '' : end.endsWith('\n') ? '' : '\n\n';
    insert(keeper, box, end.trim() === '' ? 0 : end.length, end.length, gap + preview.data.text);
    if (spoken !== language) keeper.edit({ language: spoken });
    void applyActions(client, ticket, preview.data.actions);
    onClose();
  };
  return (
    <Dialog
      title={t('desk.macro.title')}
      onClose={onClose}
      wide
      confirm={t('desk.macro.insert')}
      onConfirm={use}
      disabled={!preview.data?.ready}
    >
      <div className="macro">
        <div className="stacked">
          <input
            className="inp said"
            type="search"
            data-autofocus
            aria-label={t('desk.macro.search')}
            placeholder={t('desk.macro.search')}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <MacroNames shown={shown} current={current?.id} onChoose={setChosen} />
        </div>
        <div className="stacked">
          <div
            className="seg"
            role="group"
            aria-label={t('desk.compose.language', { language: t(`desk.lang.${spoken}`) })}
          >
            {(['ar', 'fr'] as const).map((one) => (
              <button key={one} type="button" aria-pressed={one === spoken} onClick={() => setSpoken(one)}>
                {t(`desk.lang.${one}`)}
              </button>
            ))}
          </div>
          {preview.error && <p className="alert warn">{problemText(preview.error)}</p>}
          {preview.data && <PreviewPane preview={preview.data} values={values} setValues={setValues} />}
        </div>
      </div>
    </Dialog>
  );
}

function isNamed(macro: Macro, words: string): boolean {
  const wanted = fold(words);
  return [macro.code, macro.nameFr, macro.nameAr].some((name) => fold(name).includes(wanted));
}

function usePreview(
  ticket: string,
  macroId: string | undefined,
  language: 'fr' | 'ar',
  values: Record<string, string>,
) {
  const [asked] = useDebouncedValue(values, 300);
  return useQuery({
    queryKey: ['macro-preview', ticket, macroId, language, asked],
    queryFn: () =>
      call(
        api.POST('/api/v1/tickets/{ticket}/macro-preview', {
          params: { path: { ticket } },
          body: {
            macroId: macroId!,
            language,
            values: Object.fromEntries(Object.entries(asked).filter(([, value]) => value.trim())),
          },
        }),
      ),
    enabled: macroId !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

function MacroNames({
  shown,
  current,
  onChoose,
}: {
  shown: Macro[];
  current: string | undefined;
  onChoose: (id: string) => void;
}) {
  if (shown.length === 0) return <p className="mut">{t('desk.palette.none')}</p>;
  return (
    <div className="macro-names">
      {shown.map((one) => (
        <button
          key={one.id}
          type="button"
          className={one.id === current ? 'pal on' : 'pal'}
          aria-pressed={one.id === current}
          onClick={() => onChoose(one.id)}
        >
          <UserLine text={nameOf(one)} cut className="grow" />
        </button>
      ))}
    </div>
  );
}

interface PreviewPaneProps {
  preview: Preview;
  values: Record<string, string>;
  setValues: (values: Record<string, string>) => void;
}

function PreviewPane({ preview, values, setValues }: PreviewPaneProps) {
  const changes = preview.actions.filter((one) => one.changes);
  const asked = [...new Set([...preview.missing, ...Object.keys(values)])];
  return (
    <>
      <div className="macro-text" lang={preview.language}>
        <UserText text={preview.text} />
      </div>
      {asked.map((name) => (
        <Field key={name} label={hasText(`desk.variable.${name}`) ? t(`desk.variable.${name}`) : name}>
          {(control) => (
            <input
              {...control}
              className="inp said"
              value={values[name] ?? ''}
              onChange={(event) => setValues({ ...values, [name]: event.currentTarget.value })}
            />
          )}
        </Field>
      ))}
      {changes.length > 0 && (
        <ul className="facts">
          {changes.map((one) => (
            <li key={one.type}>
              {t(`desk.macro.action.${one.type}`, { value: valueText(one.type, String(one.value)) })}
            </li>
          ))}
        </ul>
      )}
      {preview.needsValidation && <p className="alert">{t('desk.macro.needsValidation')}</p>}
    </>
  );
}

function valueText(type: string, value: string): string {
  const id =
    type === 'status'
      ? `desk.moves.${value}`
      : type === 'priority'
        ? `desk.priority.${value}`
        : `desk.confidentiality.${value}`;
  return hasText(id) ? t(id) : value;
}
