import { api, call } from '@app/ui/api';
import { Bidi, UserLine } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { screenLocale, t } from '@app/ui/i18n';
import { Page, Title } from '../layout';
import { useLoad } from '../load';
import { usePortal } from '../portal-data';
import { useMe } from '../session';
import { Failed, Waiting } from '../states';
import { Redirect } from 'wouter';
import { AssociationForm, type Association } from './association-form';
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
        {id ? <File id={id} manages={me.data?.me?.role === 'manager'} /> : <Waiting />}
      </div>
    </Page>
  );
}

function File({ id, manages }: { id: string; manages: boolean }) {
  const params = { path: { id } };
  const file = useLoad(`association ${id}`, () => call(api.GET('/api/v1/associations/{id}', { params })));
  if (!file.data) return file.problem ? <Failed problem={file.problem} retry={file.reload} /> : <Waiting />;
  return (
    <>
      <Facts association={file.data} />
      {manages && <AssociationForm association={file.data} saved={file.set} reload={file.reload} />}
      <Members id={id} />
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

function Members({ id }: { id: string }) {
  const members = useLoad(`members ${id}`, () =>
    call(api.GET('/api/v1/associations/{id}/members', { params: { path: { id } } })),
  );
  return (
    <section>
      <h2 className="sec">{t('portal.association.members')}</h2>
      {members.problem ? <Failed problem={members.problem} retry={members.reload} /> : null}
      <ul className="lines people">
        {(members.data?.items ?? [])
          .filter((one) => one.current)
          .map((one) => (
            <li key={`${one.accountId} ${one.role}`}>
              <UserLine text={one.name} className="grow" />
              <span className="mut sm">{t(one.role === 'manager' ? 'portal.role.manager' : 'portal.role.member')}</span>
            </li>
          ))}
      </ul>
    </section>
  );
}
