import { IconPaperclip } from '@tabler/icons-react';
import { useRef } from 'react';
import { LANGUAGES } from '@app/domain/language';
import { PRIORITIES } from '@app/domain/sla-policy';
import { t } from '@app/ui/i18n';
import { FileChips } from '../composer/file-chips';
import { addFiles } from '../composer/uploads';
import { CheckField } from '../forms/check-field';
import { Btn } from '../ui/button';
import { CategoryField } from '../ui/category-field';
import { Field } from '../ui/field';
import { Icon } from '../ui/icon';
import { languagesOf } from './new-ticket';
import type { PartProps } from './who-fields';

/** What is asked, in the words of the person. */
export function QuestionPart({ draft, set, faultOf, files }: PartProps & { files: string }) {
  return (
    <>
      <Field label={t('intake.subject')} error={faultOf('/subject')}>
        {(control) => (
          <input
            {...control}
            className="inp said"
            maxLength={200}
            value={draft.subject}
            onChange={(event) => set({ subject: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t('intake.body')} hint={t('intake.bodyHint')} error={faultOf('/body')}>
        {(control) => (
          <textarea
            {...control}
            className="inp said tall"
            maxLength={100_000}
            value={draft.body}
            onChange={(event) => set({ body: event.currentTarget.value })}
          />
        )}
      </Field>
      <CategoryField
        label={t('desk.details.category')}
        value={draft.categoryCode}
        error={faultOf('/categoryCode')}
        onChange={(categoryCode) => set({ categoryCode })}
      />
      <AttachFiles at={files} />
    </>
  );
}

function AttachFiles({ at }: { at: string }) {
  const input = useRef<HTMLInputElement | null>(null);
  return (
    <div className="stacked">
      <div>
        <Btn onClick={() => input.current?.click()}>
          <Icon of={IconPaperclip} />
          {t('desk.files.attach')}
        </Btn>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            addFiles(at, event.currentTarget.files ?? []);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <FileChips at={at} />
    </div>
  );
}

/** How it is handled: all has a sensible value before anybody touches it. */
export function HandlingPart({ draft, set }: PartProps) {
  const detected = languagesOf({ ...draft, language: null, answerLanguage: null });
  return (
    <>
      <div className="two">
        <Field label={t('desk.filter.language')}>
          {(control) => (
            <select
              {...control}
              className="inp"
              value={draft.language ?? ''}
              onChange={(event) => set({ language: LANGUAGES.find((one) => one === event.target.value) ?? null })}
            >
              <option value="">{t('intake.detected', { language: t(`desk.lang.${detected.language}`) })}</option>
              {LANGUAGES.map((one) => (
                <option key={one} value={one}>
                  {t(`desk.lang.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('intake.answerLanguage')}>
          {(control) => (
            <select
              {...control}
              className="inp"
              value={draft.answerLanguage ?? ''}
              onChange={(event) =>
                set({ answerLanguage: (['fr', 'ar'] as const).find((one) => one === event.target.value) ?? null })
              }
            >
              <option value="">{t('intake.detected', { language: t(`desk.lang.${detected.answerLanguage}`) })}</option>
              {(['fr', 'ar'] as const).map((one) => (
                <option key={one} value={one}>
                  {t(`desk.lang.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('desk.filter.priority')}>
          {(control) => (
            <select
              {...control}
              className="inp"
              value={draft.priority ?? ''}
              onChange={(event) => set({ priority: PRIORITIES.find((one) => one === event.target.value) ?? null })}
            >
              <option value="">{t('intake.priorityOfCategory')}</option>
              {PRIORITIES.map((one) => (
                <option key={one} value={one}>
                  {t(`desk.priority.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <CheckField
        label={t('intake.restricted')}
        hint={t('intake.restrictedHint')}
        checked={draft.restricted}
        onChange={(restricted) => set({ restricted })}
      />
    </>
  );
}
