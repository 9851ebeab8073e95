import { IconPlus, IconTrash } from '@tabler/icons-react';
import { t } from '@app/ui/i18n';
import { Btn } from '../ui/button';
import { Icon } from '../ui/icon';
import type { MacroText } from './macro-editor-body';
import { refusedAt } from './refused';

type Action = NonNullable<MacroText['actions']>[number];

/** Values that an action takes; null: a word of one's own. */
const VALUES: Partial<Record<Action['type'], readonly string[] | null>> = {
  status: ['open', 'pending', 'on_hold', 'answered', 'resolved'],
  priority: ['low', 'normal', 'high', 'urgent'],
  confidentiality: ['normal', 'restricted'],
  assign: ['me', 'none'],
  tag: null,
};
const TYPES = Object.keys(VALUES) as Action['type'][];

interface ActionsProps {
  macro: MacroText;
  set: (part: Partial<MacroText>) => void;
  problem: unknown;
}

/** What the text changes besides, when it is used. */
export function MacroActions({ macro, set, problem }: ActionsProps) {
  const actions = macro.actions ?? [];
  const change = (at: number, action: Action | null) =>
    set({ actions: actions.flatMap((one, i) => (i === at ? (action ? [action] : []) : [one])) });
  const wrong = refusedAt(problem, '/actions');
  return (
    <fieldset className="field sys-actions">
      <legend>{t('system.macro.actions')}</legend>
      {actions.map((action, at) => (
        <ActionRow key={at} action={action} onChange={(next) => change(at, next)} />
      ))}
      {wrong && (
        <span className="err" role="alert">
          {wrong}
        </span>
      )}
      <div className="sys-foot">
        <Btn small onClick={() => set({ actions: [...actions, { type: 'status', value: 'pending' }] })}>
          <Icon of={IconPlus} />
          {t('system.macro.addAction')}
        </Btn>
        <label className="row">
          <input
            type="checkbox"
            checked={macro.needsValidation ?? false}
            onChange={(event) => set({ needsValidation: event.currentTarget.checked })}
          />
          {t('system.macro.validated')}
        </label>
        <label className="row">
          <input
            type="checkbox"
            checked={macro.active ?? true}
            onChange={(event) => set({ active: event.currentTarget.checked })}
          />
          {t('system.macro.active')}
        </label>
      </div>
    </fieldset>
  );
}

function ActionRow({ action, onChange }: { action: Action; onChange: (action: Action | null) => void }) {
  const { type, value } = action;
  const listed = VALUES[type];
  // What this screen does not know stays as it is.
  const types = TYPES.includes(type) ? TYPES : [...TYPES, type];
  return (
    <div className="row">
      <select
        className="inp"
        aria-label={t('system.macro.action')}
        value={type}
        onChange={(event) => {
          const next = event.currentTarget.value as Action['type'];
          onChange({ type: next, value: VALUES[next]?.[0] ?? '' });
        }}
      >
        {types.map((one) => (
          <option key={one} value={one}>
            {t(`system.action.${one}`)}
          </option>
        ))}
      </select>
      {listed ? (
        <select
          className="inp"
          aria-label={t('system.macro.value')}
          value={String(value)}
          onChange={(event) => onChange({ type, value: event.currentTarget.value })}
        >
          {(listed.includes(String(value)) ? listed : [...listed, String(value)]).map((one) => (
            <option key={one} value={one}>
              {t(`system.value.${one}`)}
            </option>
          ))}
        </select>
      ) : (
        <input
          className="inp"
          dir="ltr"
          aria-label={t('system.macro.value')}
          value={String(value)}
          onChange={(event) => {
            const text = event.currentTarget.value;
            onChange({ type, value: type !== 'tag' && /^\d+$/.test(text) ? Number(text) : text });
          }}
        />
      )}
      <Btn square look="quiet" aria-label={t('system.macro.removeAction')} onClick={() => onChange(null)}>
        <Icon of={IconTrash} />
      </Btn>
    </div>
  );
}
