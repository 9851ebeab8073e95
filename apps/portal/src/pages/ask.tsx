import { useEffect, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { t } from '@app/ui/i18n';
import { draft, saveDraft, type Draft, type StepProps } from '../ask-draft';
import { Icon } from '../icon';
import { Page, StepBar } from '../layout';
import { usePortal } from '../portal-data';
import { Failed, Waiting } from '../states';
import { AskContact } from './ask-contact';
import { AskQuestion } from './ask-question';
import { AskTheme } from './ask-theme';

type Step = Draft['step'];
const STEPS: readonly Step[] = [1, 2, 3];

/** Three short steps, each with an address of its own, so that the telephone's back button works. */
export function AskPage() {
  const [, go] = useLocation();
  const search = new URLSearchParams(useSearch());
  const [question, setQuestion] = useState(draft);
  const [kept, setKept] = useState(false);
  const change = (part: Partial<Draft>) => {
    setKept(saveDraft(part));
    setQuestion(draft());
  };
  const category = search.get('category');
  useEffect(() => {
    if (category) change({ categoryCode: category, theme: category.split('.')[0] });
  }, [category]);
  const step = Math.min(stepOf(search.get('step')), furthest(question)) as Step;
  const next = () => go(`/ask?step=${step + 1}`);
  const back = () => (step === 1 ? go('/') : history.back());
  const props = { draft: question, change, next };
  return (
    <Page
      key={step}
      title={t(`portal.ask.title.${step}`)}
      footer={false}
      header={
        <StepBar back={back}>
          <span className="mut sm grow">{t('portal.ask.step', { n: step })}</span>
          {kept && <KeptNote />}
        </StepBar>
      }
    >
      <div className="prog" aria-hidden="true">
        {STEPS.map((one) => (
          <i key={one} className={one <= step ? 'd' : ''} />
        ))}
      </div>
      {step === 1 ? <AskQuestion {...props} /> : <WithThemes step={step} {...props} />}
    </Page>
  );
}

/** The steps that need the list of places and themes. */
function WithThemes({ step, ...props }: StepProps & { step: Step }) {
  const { data, problem, reload } = usePortal();
  if (!data) return <div className="wrap">{problem ? <Failed problem={problem} retry={reload} /> : <Waiting />}</div>;
  return step === 2 ? <AskTheme {...props} view={data} /> : <AskContact {...props} />;
}

function KeptNote() {
  return (
    <span className="mut sm kept" role="status">
      <Icon name="check" size={16} />
      {t('portal.ask.kept')}
    </span>
  );
}

function stepOf(text: string | null): Step {
  return STEPS.find((one) => String(one) === text) ?? 1;
}

/** A step whose ground is missing is not shown, whatever the address says. */
function furthest({ body, categoryCode, placeCode }: Draft): Step {
  if (!body.trim()) return 1;
  return categoryCode && placeCode ? 3 : 2;
}
