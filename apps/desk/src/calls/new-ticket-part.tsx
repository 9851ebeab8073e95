import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { detectLanguage, LANGUAGES } from '@app/domain/language';
import { api, call as ask } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { categoriesQuery } from '../data/queries';
import { useWrite } from '../forms/use-write';
import { Btn } from '../ui/button';
import { CategoryField } from '../ui/category-field';
import { Field } from '../ui/field';
import { PlaceField } from '../ui/place-field';
import { toast } from '../ui/toast-store';
import type { CallWords } from './call-queries';
import type { Call } from './live-calls';
import type { DraftProps } from './wrap';

type Questions = CallWords['forms'][number]['questions'];

interface NewTicketPartProps extends DraftProps {
  call: Call;
  words: CallWords | undefined;
  onClose: () => void;
}

const SHOWN = ['/create/subject', '/create/body', '/create/categoryCode', '/create/placeCode'];

/** A question in one step: what the note says already stands in it, and the form of its kind asks in the caller's language. */
export function NewTicketPart({ call, words, draft, set, onClose }: NewTicketPartProps) {
  const [form, setForm] = useState({ subject: '', body: draft.note, categoryCode: '', placeCode: '', name: '' });
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const { busy, problem, faultOf, run } = useWrite(['calls', 'counts'], SHOWN);
  const language = spokenIn(draft.language, form.body);
  const questions = useQuestions(words, form.categoryCode);
  const needsPlace = call.association === null;
  const isUnknown = call.contact === null && call.number !== null;
  const save = async () => {
    const body = [form.body.trim(), ...linesOf(questions, answers, language)].join('\n');
    const done = await run(async () => {
      const contactId = isUnknown && form.name.trim() ? await newContact(form.name.trim(), call.number!) : undefined;
      const create = {
        ...{ subject: form.subject.trim(), body, categoryCode: form.categoryCode, answerLanguage: language },
        ...(needsPlace ? { placeCode: form.placeCode } : {}),
        ...(contactId ? { contactId } : {}),
        language: LANGUAGES.find((one) => one === draft.language) ?? detectLanguage(body).language,
      };
      const params = { path: { id: call.id } };
      const made = await ask(api.PUT('/api/v1/calls/{id}/ticket', { params, body: { create } }));
      if (made.reference) toast({ text: t('calls.made', { reference: made.reference }) });
    });
    if (!done) return;
    set({ wrapUpCode: draft.wrapUpCode || 'ticket' });
    onClose();
  };
  return (
    <form
      className="stacked"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Fields form={form} change={(part) => setForm({ ...form, ...part })} isUnknown={isUnknown} faultOf={faultOf} />
      {questions.map((one) => (
        <Question
          key={one.code}
          question={one}
          language={language}
          value={answers[one.code] ?? ''}
          onChange={(value) => setAnswers({ ...answers, [one.code]: value })}
        />
      ))}
      {needsPlace && (
        <PlaceField
          label={t('calls.place')}
          value={form.placeCode}
          error={faultOf('/create/placeCode')}
          onChange={(placeCode) => setForm({ ...form, placeCode })}
        />
      )}
      {problem && (
        <p className="alert warn" role="alert">
          {problem}
        </p>
      )}
      <div className="row">
        <Btn type="submit" look="primary" busy={busy} disabled={isMissing(form, needsPlace)}>
          {t('calls.create')}
        </Btn>
        <Btn onClick={onClose}>{t('desk.common.cancel')}</Btn>
      </div>
    </form>
  );
}

interface Form {
  subject: string;
  body: string;
  categoryCode: string;
  placeCode: string;
  name: string;
}

function isMissing({ subject, body, categoryCode, placeCode }: Form, needsPlace: boolean): boolean {
  return [subject, body, categoryCode, needsPlace ? placeCode : '-'].some((one) => one.trim() === '');
}

/** As chosen, else as the question reads. Darija is answered in Arabic. */
function spokenIn(language: string, body: string): 'fr' | 'ar' {
  if (language === '') return detectLanguage(body).answerLanguage;
  return language.startsWith('fr') ? 'fr' : 'ar';
}

interface FieldsProps {
  form: Form;
  change: (part: Partial<Form>) => void;
  isUnknown: boolean;
  faultOf: (pointer: string) => string | null;
}

function Fields({ form, change, isUnknown, faultOf }: FieldsProps) {
  const first = useRef<HTMLInputElement | null>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <>
      <Field label={t('calls.subject')} error={faultOf('/create/subject')}>
        {(control) => (
          <input
            {...control}
            ref={first}
            className="inp said"
            maxLength={200}
            value={form.subject}
            onChange={(event) => change({ subject: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('calls.question')} error={faultOf('/create/body')}>
        {(control) => (
          <textarea
            {...control}
            className="inp said"
            maxLength={100_000}
            value={form.body}
            onChange={(event) => change({ body: event.target.value })}
          />
        )}
      </Field>
      {isUnknown && (
        <Field label={t('calls.callerName')} hint={t('calls.callerNameHint')}>
          {(control) => (
            <input
              {...control}
              className="inp said"
              maxLength={200}
              value={form.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
      )}
      <CategoryField
        label={t('desk.details.category')}
        value={form.categoryCode}
        error={faultOf('/create/categoryCode')}
        onChange={(categoryCode) => change({ categoryCode })}
      />
    </>
  );
}

async function newContact(name: string, phone: string): Promise<string> {
  return (await ask(api.POST('/api/v1/contacts', { body: { name, phones: [phone] } }))).id;
}

function useQuestions(words: CallWords | undefined, categoryCode: string): Questions {
  const { data: tree } = useQuery(categoriesQuery);
  const kind = tree?.items.flatMap((theme) => theme.categories).find((one) => one.code === categoryCode)?.kind;
  return words?.forms.find((one) => one.kind === kind)?.questions ?? [];
}

/** Each answer with its question, as it was asked. */
function linesOf(questions: Questions, answers: Record<string, string>, language: 'fr' | 'ar'): string[] {
  return questions.flatMap((one) => {
    const answer = answers[one.code]?.trim();
    return answer ? [`${one[language]} ${answer}`] : [];
  });
}

interface QuestionProps {
  question: Questions[number];
  language: 'fr' | 'ar';
  value: string;
  onChange: (value: string) => void;
}

function Question({ question, language, value, onChange }: QuestionProps) {
  const options =
    question.answer === 'yes_no' ? [t('calls.yes'), t('calls.no')] : question.options.map((one) => one[language]);
  return (
    <Field label={question[language]}>
      {(control) =>
        options.length > 0 ? (
          <select {...control} className="inp" value={value} onChange={(event) => onChange(event.target.value)}>
            <option value="">{t('desk.common.choose')}</option>
            {options.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        ) : (
          <input
            {...control}
            className="inp said"
            type={question.answer === 'date' ? 'date' : 'text'}
            maxLength={500}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}
