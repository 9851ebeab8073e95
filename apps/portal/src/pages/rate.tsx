import { useParams, useSearch } from 'wouter';
import type { components } from '@app/contract/openapi';
import { ApiProblem, api, call } from '@app/ui/api';
import { Bidi } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { Rich } from '@app/ui/rich';
import { Page, Title } from '../layout';
import { useLoad } from '../load';
import { nameOf } from '../portal-data';
import { RatingForm, type RatingBody } from '../rating-form';
import { Failed, Waiting } from '../states';

/** Behind the link of a mail: opening it saves nothing, because programs that look at mail open links too. */
export function RatePage() {
  const { token = '' } = useParams<{ token: string }>();
  const page = useLoad(token, () => call(api.GET('/api/v1/ratings/{token}', { params: { path: { token } } })));
  const gone = page.problem instanceof ApiProblem && [400, 404].includes(page.problem.status);
  return (
    <Page title={t('portal.rating.title')}>
      <div className="wrap">
        <Title>{t('portal.rating.title')}</Title>
        {page.loading && <Waiting />}
        {gone && <p className="box">{t('portal.rating.gone')}</p>}
        {page.problem && !gone ? <Failed problem={page.problem} retry={page.reload} /> : null}
        {page.data && <Rated token={token} page={page.data} />}
      </div>
    </Page>
  );
}

function Rated({ token, page }: { token: string; page: components['schemas']['RatingPageView'] }) {
  const pressed = Number(new URLSearchParams(useSearch()).get('score') ?? 0);
  const score = pressed >= 1 && pressed <= 5 ? Math.round(pressed) : undefined;
  const save = (body: RatingBody) => call(api.PUT('/api/v1/ratings/{token}', { params: { path: { token } }, body }));
  return (
    <>
      <p className="mut">
        <Rich
          id="portal.rating.about"
          values={{ hub: nameOf(page.hub) }}
          parts={{ reference: <Bidi>{page.reference}</Bidi> }}
        />
      </p>
      {page.allowed ? (
        <RatingForm before={page.rating} score={score} save={save} />
      ) : (
        <p className="box">{t('portal.rating.notYet')}</p>
      )}
    </>
  );
}
