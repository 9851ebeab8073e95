import { useState } from 'react';
import { api, call as ask, ifMatch } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { CheckField } from '../forms/check-field';
import { useWrite } from '../forms/use-write';
import { Btn } from '../ui/button';
import { Choices, Field } from '../ui/field';
import { toast } from '../ui/toast-store';
import type { Settings } from './telephony-queries';

const LEVELS = ['L0', 'L1', 'L2', 'L3'] as const;
const NUMBERS = [
  'serviceLevelSeconds',
  'shortAbandonSeconds',
  'callbackSlotMinutes',
  'callbacksPerSlot',
  'callbackAttempts',
  'callbackRetryMinutes',
  'lostAfterMinutes',
] as const;

/** What the telephone system can do, and the numbers that calls and callbacks are held to. */
export function TelephonySettings({ hubId, settings }: { hubId: string; settings: Settings }) {
  const [form, setForm] = useState(settings);
  const { busy, problem, faultOf, run } = useWrite(
    ['telephony'],
    NUMBERS.map((one) => `/${one}`),
  );
  const set = (part: Partial<Settings>) => setForm({ ...form, ...part });
  const save = () =>
    run(async () => {
      const { version, ...body } = form;
      await ask(
        api.PATCH('/api/v1/hubs/{id}/telephony', {
          params: { path: { id: hubId }, header: { 'If-Match': ifMatch(version) } },
          body,
        }),
      );
      toast({ text: t('calls.telephony.saved') });
    });
  return (
    <form
      className="card part stacked"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{t('calls.telephony.settings')}</h2>
      <Choices
        label={t('calls.telephony.level')}
        value={form.level}
        onChange={(level) => set({ level })}
        options={LEVELS.map((value) => ({
          value,
          label: t(`calls.telephony.level.${value}`),
          hint: t(`calls.telephony.levelHint.${value}`),
        }))}
      />
      <div className="two">
        {NUMBERS.map((name) => (
          <Field key={name} label={t(`calls.telephony.field.${name}`)} error={faultOf(`/${name}`)}>
            {(control) => (
              <input
                {...control}
                className="inp"
                type="number"
                dir="ltr"
                min={0}
                value={form[name]}
                onChange={(event) => set({ [name]: Number(event.target.value) })}
              />
            )}
          </Field>
        ))}
      </div>
      <CheckField
        label={t('calls.telephony.recording')}
        hint={t('calls.telephony.recordingHint')}
        checked={form.recording}
        onChange={(recording) => set({ recording })}
      />
      {problem && (
        <p className="alert warn" role="alert">
          {problem}
        </p>
      )}
      <div className="row">
        <Btn type="submit" look="primary" busy={busy}>
          {t('calls.saveNote')}
        </Btn>
      </div>
    </form>
  );
}
