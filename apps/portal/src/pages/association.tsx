import { api, call } from '@app/ui/api';
import { Bidi, UserLine } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { screenLocale, t } from '@app/ui/i18n';
import { Page, Title } from '../layout';
import { useLoad } from '../load';
import { usePortal } from '../portal-data';
import { useMe, type Me } from '../session';
import { Failed, Waiting } from '../states';
import { Redirect } from 'wouter';
import { AssociationForm, type Association } from './association-form';
import { Members } from './association-members';
import { placeName } from '../places';

/** The association's file and the people who act for it. */
export function AssociationPage() {
  const me = useMe();
  if (me.data && !me.data.me?.associationId) return <Redirect href="/sign-in" replace />;
  const id = me.data?.me?.associationId;
  return (
    <Page title={t('portal.association.title')}>
      <div className="wrap">
        <Title>{t('portal.association.title')}</Title>
        {id && me.data?.me ? <File id={id} me={me.data.me} /> : <Waiting />}
      </div>
    </Page>
  );
}

function File({ id, me }: { id: string; me: Me }) {
  const manages = me.role === 'manager';
  const params = { path: { id } };
  const file = useLoad(`association ${id}`, () => call(api.GET('/api/v1/associations/{id}', { params })));
  if (!file.data) return file.problem ? <Failed problem={file.problem} retry={file.reload} /> : <Waiting />;
  return (
    <>
      <Facts association={file.data} />
      {manages && <AssociationForm association={file.data} saved={file.set} reload={file.reload} />}
      <Members id={id} manages={manages} accountId={me.accountId} />
    </>
  );
}

function Facts({ association }: { association: Association }) {
  const { data } = usePortal();
  const [first, second] =
    screenLocale() === 'ar' ? [association.nameAr, association.nameFr] : [association.nameFr, association.nameAr];
  const receipt = association.receipts[0];
  return (
    <section className="card">
      <UserLine text={first} className="b" />
      {second && second !== first && <UserLine text={second} className="mut" />}
      <dl className="facts">
        <dt>{t('portal.association.place')}</dt>
        <dd>{data ? placeName(data, association.placeCode) : <Bidi>{association.placeCode}</Bidi>}</dd>
        {association.foundedOn && (
          <>
            <dt>{t('portal.association.founded')}</dt>
            <dd>
              <DateTime at={`${association.foundedOn}T12:00:00+00:00`} />
            </dd>
          </>
        )}
        {receipt && (
          <>
            <dt>{t('portal.association.receipt')}</dt>
            <dd>
              {t(`portal.receipt.${receipt.state}`)} {receipt.number && <Bidi className="mut">{receipt.number}</Bidi>}
            </dd>
          </>
        )}
      </dl>
      <p className="mut sm">
        {t(association.verifiedAt ? 'portal.association.verified' : 'portal.association.declared')}
      </p>
    </section>
  );
}
