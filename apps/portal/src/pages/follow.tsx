import { useState, type FormEvent } from 'react';
import { useLocation, useSearch } from 'wouter';
import { ApiProblem } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { TextField } from '../fields';
import { openFollowUp } from '../following';
import { Page, Row, Title } from '../layout';
import { Refused } from '../states';

/** Reference and code, as they stand on the page after sending and in the mail. */
export function FollowPage() {
  const [, go] = useLocation();
  const [reference, setReference] = useState(new URLSearchParams(useSearch()).get('ref') ?? '');
  const [code, setCode] = useState('');
  const [state, setState] = useState<{ sending: boolean; problem: unknown }>({ sending: false, problem: null });
  const open = async (event: FormEvent) => {
    event.preventDefault();
    if (state.sending) return;
    setState({ sending: true, problem: null });
    try {
      go(`/r/${await openFollowUp(reference.trim(), code.trim())}`);
    } catch (problem) {
      setState({ sending: false, problem });
    }
  };
  return (
    <Page title={t('portal.follow.title')}>
      <form className="wrap" onSubmit={(event) => void open(event)} noValidate>
        <Title>{t('portal.follow.title')}</Title>
        <TextField
          id="reference"
          kind="code"
          label={t('portal.field.reference')}
          hint={t('portal.follow.referenceHint')}
          value={reference}
          set={setReference}
          maxLength={60}
          enterKeyHint="next"
        />
        <TextField
          id="code"
          kind="code"
          label={t('portal.field.code')}
          hint={t('portal.follow.codeHint')}
          value={code}
          set={setCode}
          maxLength={40}
          autoComplete="off"
          enterKeyHint="go"
        />
        <Refused problem={state.problem && followProblem(state.problem)} />
        <button className="big p" type="submit" aria-disabled={state.sending}>
          {t(state.sending ? 'portal.opening' : 'portal.follow.open')}
        </button>
        <div className="lines">
          <Row href="/sign-in" icon="person">
            {t('portal.follow.signIn')}
          </Row>
        </div>
      </form>
    </Page>
  );
}

/** One sentence for every wrong pair: which half was wrong is not said. */
function followProblem(problem: unknown): unknown {
  const wrong =
    problem instanceof ApiProblem && ['invalid_credentials', 'validation_failed', 'not_found'].includes(problem.code);
  return wrong ? t('portal.follow.wrong') : problem;
}
