import { useEffect, useRef, useState } from 'react';
import { LANGUAGES } from '@app/domain/language';
import { api, call as ask } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { useWrite } from '../forms/use-write';
import { Btn } from '../ui/button';
import { Field } from '../ui/field';
import { said, type CallWords, type Code } from './call-queries';
import type { Call } from './live-calls';
import type { DraftProps, Wrap } from './wrap';

const CLOSES_MS = 60_000;

interface WrapUpPartProps extends DraftProps {
  call: Call;
  words: CallWords | undefined;
  onDone: () => void;
}

export function wrapBody({ note, wrapUpCode, disposition, language }: Wrap) {
  return {
    note: note.trim() || null,
    wrapUpCode: wrapUpCode || null,
    disposition: disposition || null,
    language: LANGUAGES.find((one) => one === language) ?? null,
  };
}

/** Note, code and what it came to. After the call it closes by itself; whoever writes has the time that he needs. */
export function WrapUpPart({ call, words, draft, set, onDone }: WrapUpPartProps) {
  const { busy, problem, run } = useWrite(['calls', 'messages', 'work', 'presence']);
  const ended = call.state === 'ended';
  const save = async () => {
    const done = await run(async () => {
      await ask(
        api.PUT('/api/v1/calls/{id}/wrap-up', {
          params: { path: { id: call.id } },
          body: { ...wrapBody(draft), ...(ended ? { done: true } : {}) },
        }),
      );
    });
    if (done && ended) onDone();
  };
  const { left, longer } = useClosing(ended, () => void save(), JSON.stringify(draft));
  return (
    <form
      className="callp-part"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={t('calls.note')} hint={t(call.ticketId ? 'calls.noteOnTicket' : 'calls.noteHint')}>
        {(control) => (
          <textarea
            {...control}
            className="inp said callp-note"
            maxLength={10_000}
            value={draft.note}
            onChange={(event) => set({ note: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
                event.preventDefault();
                void save();
              }
            }}
          />
        )}
      </Field>
      <CodeField
        label={t('calls.code')}
        codes={words?.wrapUpCodes}
        value={draft.wrapUpCode}
        onChange={(wrapUpCode) => set({ wrapUpCode })}
      />
      <CodeField
        label={t('calls.disposition')}
        codes={words?.dispositions}
        value={draft.disposition}
        onChange={(disposition) => set({ disposition })}
      />
      <LanguageField value={draft.language} onChange={(language) => set({ language })} />
      {problem && (
        <p className="alert warn" role="alert">
          {problem}
        </p>
      )}
      <div className="row wrap">
        <Btn type="submit" look="primary" busy={busy}>
          {t(ended ? 'calls.done' : 'calls.saveNote')}
        </Btn>
        {left !== null && <Btn onClick={longer}>{t('calls.longer', { n: left })}</Btn>}
      </div>
    </form>
  );
}

/** Seconds until it closes by itself; null while the call goes on. Every change begins the minute anew. */
function useClosing(ended: boolean, close: () => void, shape: string): { left: number | null; longer: () => void } {
  const [until, setUntil] = useState<number | null>(null);
  const [now, setNow] = useState(() => Date.now());
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    setUntil(ended ? Date.now() + CLOSES_MS : null);
    setNow(Date.now());
  }, [ended, shape]);
  useEffect(() => {
    if (until === null) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() < until) return;
      clearInterval(timer);
      latest.current();
    }, 1_000);
    return () => clearInterval(timer);
  }, [until]);
  return {
    left: until === null ? null : Math.max(0, Math.ceil((until - now) / 1_000)),
    longer: () => setUntil(Date.now() + 2 * CLOSES_MS),
  };
}

interface CodeFieldProps {
  label: string;
  codes: readonly Code[] | undefined;
  value: string;
  onChange: (code: string) => void;
}

export function CodeField({ label, codes, value, onChange }: CodeFieldProps) {
  return (
    <Field label={label}>
      {(control) => (
        <select {...control} className="inp" value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('desk.common.choose')}</option>
          {codes?.map((one) => (
            <option key={one.code} value={one.code}>
              {said(one)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function LanguageField({ value, onChange }: { value: string; onChange: (language: string) => void }) {
  return (
    <Field label={t('calls.language')}>
      {(control) => (
        <select {...control} className="inp" value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('desk.common.choose')}</option>
          {LANGUAGES.map((one) => (
            <option key={one} value={one}>
              {t(`desk.lang.${one}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
