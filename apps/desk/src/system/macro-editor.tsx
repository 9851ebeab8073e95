import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, call, ifMatch } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { useMay, useMe } from '../session/me';
import { Btn } from '../ui/button';
import { Field } from '../ui/field';
import { toast } from '../ui/toast-store';
import { MacroActions } from './macro-actions-field';
import { bodyOf, EMPTY, written, type MacroText } from './macro-editor-body';
import { MacroTrial } from './macro-trial';
import { onRefused, refusedAt } from './refused';
import type { MacroView } from './system-queries';
import { TwinField } from './twin-field';
import { useUnsaved } from '../forms/use-unsaved';

/** A hub changes the programme's text by a copy of its own, under the same code. */
function useMacroActs(stored: MacroView | null, done: (code: string | null) => void) {
  const client = useQueryClient();
  const national = useMe().role === 'coordinator';
  const copies = stored !== null && stored.hubId === null && !national;
  const after = (code: string | null) => {
    done(code);
    void client.invalidateQueries({ queryKey: ['macros'] });
    toast({ text: t('system.common.saved') });
  };
  const onError = (problem: unknown) => onRefused(client, 'macros', problem);
  const at = (macro: MacroView) => ({ path: { id: macro.id }, header: { 'If-Match': ifMatch(macro.version) } });
  return {
    copies,
    save: useMutation({
      mutationFn: (macro: MacroText): Promise<MacroView> => {
        const { code, ...body } = bodyOf(macro);
        return stored && !copies
          ? call(api.PUT('/api/v1/macros/{id}', { params: at(stored), body }))
          : call(api.POST('/api/v1/macros', { body: { code, ...body } }));
      },
      onSuccess: ({ code }) => after(code),
      onError,
    }),
    remove: useMutation({
      mutationFn: (macro: MacroView) => call(api.DELETE('/api/v1/macros/{id}', { params: at(macro) })),
      onSuccess: () => after(stored?.code ?? null),
      onError,
    }),
  };
}

interface MacroEditorProps {
  stored: MacroView | null;
  onSaved: (code: string | null) => void;
}

export function MacroEditor({ stored, onSaved }: MacroEditorProps) {
  const [unsaved, setUnsaved] = useUnsaved<MacroText>(keyOf(stored));
  const { copies, save, remove } = useMacroActs(stored, (code) => {
    setUnsaved(null);
    onSaved(code);
  });
  const macro = unsaved ?? startOf(stored);
  const set = (part: Partial<MacroText>) => setUnsaved({ ...macro, ...part });
  return (
    <form
      className="stacked"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(macro);
      }}
    >
      {copies && <p className="alert">{t('system.macro.copies')}</p>}
      {!stored && <CodeField macro={macro} set={set} problem={save.error} />}
      <MacroTexts macro={macro} set={set} problem={save.error} />
      <MacroActions macro={macro} set={set} problem={save.error} />
      <div className="sys-foot">
        <Btn type="submit" look="primary" busy={save.isPending} disabled={!unsaved}>
          {t('system.common.save')}
        </Btn>
        {unsaved && <Btn onClick={() => setUnsaved(null)}>{t('system.common.giveUp')}</Btn>}
        {!copies && <RemoveButton stored={stored} busy={remove.isPending} onRemove={remove.mutate} />}
      </div>
      <Trial stored={stored} />
    </form>
  );
}

const keyOf = (stored: MacroView | null): string => `macro.${stored?.code ?? ''}`;
const startOf = (stored: MacroView | null): MacroText => (stored ? written(stored) : EMPTY);

/** Coordinators read no ticket, so they have none to try on. */
function Trial({ stored }: { stored: MacroView | null }) {
  const may = useMay();
  return stored?.active && may('tickets:read') ? <MacroTrial macroId={stored.id} /> : null;
}

interface TextsProps {
  macro: MacroText;
  set: (part: Partial<MacroText>) => void;
  problem: unknown;
}

function MacroTexts({ macro, set, problem }: TextsProps) {
  const used = [...new Set(`${macro.bodyFr}\n${macro.bodyAr}`.match(/\{\{[^{}]*\}\}/g) ?? [])];
  return (
    <>
      <Field label={t('system.macro.kind')}>
        {(control) => (
          <select
            {...control}
            className="inp"
            value={macro.kind}
            onChange={(event) => set({ kind: event.currentTarget.value as MacroText['kind'] })}
          >
            {(['macro', 'snippet', 'template'] as const).map((kind) => (
              <option key={kind} value={kind}>
                {t(`system.kind.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TwinField
        name="name"
        label={t('system.macro.name')}
        values={{ fr: macro.nameFr, ar: macro.nameAr }}
        onChange={(language, text) => set(language === 'fr' ? { nameFr: text } : { nameAr: text })}
        problem={problem}
      />
      <TwinField
        name="body"
        label={t('system.macro.text')}
        values={{ fr: macro.bodyFr, ar: macro.bodyAr }}
        onChange={(language, text) => set(language === 'fr' ? { bodyFr: text } : { bodyAr: text })}
        problem={problem}
        long
      />
      {used.length > 0 && (
        <p className="mut sm">
          {t('system.common.variables')} <Bidi>{used.join('  ')}</Bidi>
        </p>
      )}
    </>
  );
}

interface RemoveProps {
  stored: MacroView | null;
  busy: boolean;
  onRemove: (macro: MacroView) => void;
}

/** The hub's copy goes; a text of the programme is only put aside. */
function RemoveButton({ stored, busy, onRemove }: RemoveProps) {
  if (!stored?.active) return null;
  return (
    <Btn look="danger" busy={busy} onClick={() => onRemove(stored)}>
      {t(stored.hubId === null ? 'system.macro.putAside' : 'system.macro.remove')}
    </Btn>
  );
}

function CodeField({ macro, set, problem }: TextsProps) {
  return (
    <Field label={t('system.macro.code')} hint={t('system.macro.codeHint')} error={refusedAt(problem, '/code')}>
      {(control) => (
        <input
          {...control}
          className="inp"
          dir="ltr"
          value={macro.code}
          onChange={(event) => set({ code: event.currentTarget.value.toUpperCase() })}
        />
      )}
    </Field>
  );
}
