import { useRef, useState, type FormEvent } from 'react';
import type { StepProps } from '../ask-draft';
import { t } from '@app/ui/i18n';
import { FieldProblem } from '../fields';
import { PickButton, PickedList, usePicker } from '../file-picker';
import { Title } from '../layout';
import { recall } from '../device';

const MAX = 20_000;

/** Step 1: the question, in one's own words. */
export function AskQuestion({ draft, change, next }: StepProps) {
  const [missing, setMissing] = useState(false);
  const files = (list: typeof draft.files) => change({ files: list });
  const picker = usePicker(draft.files, files, recall<boolean>('signedIn') ? 'session' : 'visitor');
  const box = useRef<HTMLTextAreaElement>(null);
  const go = (event: FormEvent) => {
    event.preventDefault();
    if (draft.body.trim()) return next();
    setMissing(true);
    box.current?.focus();
  };
  return (
    <form className="step" onSubmit={go} noValidate>
      <div className="wrap">
        <Title>
          <label htmlFor="body">{t('portal.ask.title.1')}</label>
        </Title>
        <div>
          <textarea
            id="body"
            ref={box}
            className="area"
            dir="auto"
            rows={7}
            maxLength={MAX}
            value={draft.body}
            placeholder={t('portal.ask.example')}
            aria-invalid={missing || undefined}
            aria-describedby={missing ? 'body-problem' : 'body-hint'}
            onInput={(event) => {
              setMissing(false);
              change({ body: event.currentTarget.value });
            }}
          />
          <FieldProblem id="body" text={missing ? t('portal.ask.missing.body') : null} />
        </div>
        <p className="hint" id="body-hint">
          {t('portal.ask.hint')}
        </p>
        <PickedList files={draft.files} set={files} picker={picker} />
        <PickButton picker={picker} className="big s light" />
      </div>
      <div className="act">
        <button className="big p" type="submit">
          {t('portal.continue')}
        </button>
      </div>
    </form>
  );
}
