import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call, ifMatch, problemText } from '@app/ui/api';
import { Bidi, UserLine, UserText } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import type { components } from '@app/contract/openapi';
import { Btn } from '../ui/button';
import { Page } from '../ui/page';
import { toast } from '../ui/toast-store';
import { onRefused } from './refused';
import { mailTextsQuery, type MailText } from './system-queries';
import { TwinField } from './twin-field';
import { useUnsaved } from '../forms/use-unsaved';
import '../styles/system.css';

type Preview = components['schemas']['MailTextPreview'];
type Template = 'received' | 'answered' | 'question_back' | 'resolved' | 'at_risk' | 'late';

interface Twins {
  subjectFr: string;
  subjectAr: string;
  textFr: string;
  textAr: string;
}

const written = ({ subjectFr, subjectAr, paragraphsFr, paragraphsAr }: MailText): Twins => ({
  subjectFr,
  subjectAr,
  textFr: paragraphsFr.join('\n\n'),
  textAr: paragraphsAr.join('\n\n'),
});

/** A blank line begins a paragraph. */
const paragraphs = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((one) => one.trim())
    .filter(Boolean);

const bodyOf = ({ subjectFr, subjectAr, textFr, textAr }: Twins) => ({
  subjectFr,
  subjectAr,
  paragraphsFr: paragraphs(textFr),
  paragraphsAr: paragraphs(textAr),
});

/** The words of the hub's mails, in both languages. */
export function MailTextsScreen() {
  const { data, error } = useQuery(mailTextsQuery);
  const [chosen, setChosen] = useState('received');
  const current = data?.items.find((one) => one.template === chosen);
  return (
    <Page title={t('system.mail.title')}>
      {error && <p className="alert warn">{problemText(error)}</p>}
      <div className="sys-split">
        <nav className="card sys-list" aria-label={t('system.mail.title')}>
          {data?.items.map(({ template, own }) => (
            <button
              key={template}
              type="button"
              className={template === chosen ? 'pal on' : 'pal'}
              aria-pressed={template === chosen}
              onClick={() => setChosen(template)}
            >
              <span className="grow">{t(`system.template.${template}`)}</span>
              {own && <span className="tagl">{t('system.mail.own')}</span>}
            </button>
          ))}
        </nav>
        {current && <MailEditor key={current.template} stored={current} />}
      </div>
    </Page>
  );
}

function useMailActs(stored: MailText, done: () => void) {
  const client = useQueryClient();
  const template = stored.template as Template;
  const params = { path: { template }, header: { 'If-Match': ifMatch(stored.version) } };
  const after = (text: string) => {
    done();
    void client.invalidateQueries({ queryKey: ['mail-texts'] });
    toast({ text });
  };
  const onError = (problem: unknown) => onRefused(client, 'mail-texts', problem);
  return {
    save: useMutation({
      mutationFn: (text: Twins) => call(api.PUT('/api/v1/mail-texts/{template}', { params, body: bodyOf(text) })),
      onSuccess: () => after(t('system.common.saved')),
      onError,
    }),
    reset: useMutation({
      mutationFn: () => call(api.DELETE('/api/v1/mail-texts/{template}', { params })),
      onSuccess: () => after(t('system.mail.wasReset')),
      onError,
    }),
    preview: useMutation({
      mutationFn: (text: Twins) =>
        call(api.POST('/api/v1/mail-texts/{template}/preview', { params: { path: { template } }, body: bodyOf(text) })),
      onError,
    }),
  };
}

function MailEditor({ stored }: { stored: MailText }) {
  const [unsaved, setUnsaved] = useUnsaved<Twins>(`mail.${stored.template}`);
  const { save, reset, preview } = useMailActs(stored, () => setUnsaved(null));
  const text = unsaved ?? written(stored);
  const set = (name: 'subject' | 'text') => (language: 'fr' | 'ar', value: string) =>
    setUnsaved({ ...text, [name + (language === 'fr' ? 'Fr' : 'Ar')]: value });
  const problem = save.error ?? preview.error;
  return (
    <form
      className="stacked"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(text);
      }}
    >
      <TwinField
        name="subject"
        label={t('system.mail.subject')}
        values={{ fr: text.subjectFr, ar: text.subjectAr }}
        onChange={set('subject')}
        problem={problem}
      />
      <TwinField
        name="paragraphs"
        label={t('system.mail.text')}
        values={{ fr: text.textFr, ar: text.textAr }}
        onChange={set('text')}
        problem={problem}
        hint={t('system.mail.hint')}
        long
      />
      <p className="mut sm">
        {t('system.common.variables')} <Bidi>{stored.variables.map((one) => `{{${one}}}`).join('  ')}</Bidi>
      </p>
      <div className="sys-foot">
        <Btn type="submit" look="primary" busy={save.isPending} disabled={!unsaved}>
          {t('system.common.save')}
        </Btn>
        <Btn busy={preview.isPending} onClick={() => preview.mutate(text)}>
          {t('system.common.preview')}
        </Btn>
        {unsaved && <Btn onClick={() => setUnsaved(null)}>{t('system.common.giveUp')}</Btn>}
        {stored.own && (
          <Btn busy={reset.isPending} onClick={() => reset.mutate()}>
            {t('system.mail.reset')}
          </Btn>
        )}
      </div>
      {preview.data && <MailPreview preview={preview.data} />}
    </form>
  );
}

function MailPreview({ preview }: { preview: Preview }) {
  return (
    <div className="sys-twins" role="status">
      {(['fr', 'ar'] as const).map((language) => (
        <article key={language} className="card sys-mail" lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
          <h2>
            <UserLine text={preview[language].subject} />
          </h2>
          <UserText text={preview[language].text} lang={language} />
        </article>
      ))}
    </div>
  );
}
