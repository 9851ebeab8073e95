import { useQuery } from '@tanstack/react-query';
import { IconPhone } from '@tabler/icons-react';
import { Bidi, UserLine, UserName } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { Phone } from '@app/ui/phone';
import { associationQuery, contactsQuery, type Ticket } from '../data/queries';
import { useMay } from '../session/me';
import { Icon } from '../ui/icon';
import { nameOf, otherNameOf } from '../ui/names';
import { usePlaceName } from './use-place-name';

/** Identity, language and place first, then whom to call. */
export function AssociationCard({ ticket }: { ticket: Ticket }) {
  const may = useMay();
  const place = usePlaceName(ticket.placeCode) ?? t('desk.context.noPlace');
  const { association } = ticket;
  if (!association) return <NoAssociation ticket={ticket} place={place} />;
  const other = otherNameOf(association);
  return (
    <>
      <section className="cs">
        <UserLine text={nameOf(association)} className="b" />
        {other && <UserLine text={other.text} lang={other.lang} className="mut sm" />}
        <dl className="dl" style={{ marginBlockStart: 10 }}>
          <dt>{t('desk.context.language')}</dt>
          <dd>{t(`desk.lang.${ticket.answerLanguage}`)}</dd>
          <dt>{t('desk.context.place')}</dt>
          <dd>{place}</dd>
          {association.id && may('associations:read') && <FileFacts id={association.id} />}
        </dl>
      </section>
      {association.id && may('contacts:read') && <Contacts associationId={association.id} />}
    </>
  );
}

function NoAssociation({ ticket, place }: { ticket: Ticket; place: string }) {
  return (
    <section className="cs">
      <p className="b">{ticket.requester ? <UserName text={ticket.requester.name} /> : t('desk.row.anonymous')}</p>
      <p className="mut sm">{t('desk.context.noAssociation')}</p>
      <dl className="dl" style={{ marginBlockStart: 10 }}>
        <dt>{t('desk.context.language')}</dt>
        <dd>{t(`desk.lang.${ticket.answerLanguage}`)}</dd>
        <dt>{t('desk.context.place')}</dt>
        <dd>{place}</dd>
      </dl>
    </section>
  );
}

function FileFacts({ id }: { id: string }) {
  const { data: file } = useQuery(associationQuery(id));
  const receipt = file?.receipts.at(-1);
  if (!file) return null;
  return (
    <>
      {file.commune && (
        <>
          <dt>{t('desk.context.commune')}</dt>
          <dd>
            <UserName text={file.commune} />
          </dd>
        </>
      )}
      {receipt && (
        <>
          <dt>{t('desk.context.receipt')}</dt>
          <dd>
            {t(`desk.receipt.${receipt.state}`)} {receipt.number && <Bidi className="mut">{receipt.number}</Bidi>}
          </dd>
        </>
      )}
      <dt>{t('desk.context.file')}</dt>
      <dd>{t(file.verified ? 'desk.context.verified' : 'desk.context.declared')}</dd>
    </>
  );
}

function Contacts({ associationId }: { associationId: string }) {
  const { data } = useQuery(contactsQuery(associationId));
  const people = data?.items ?? [];
  if (people.length === 0) return null;
  return (
    <section className="cs">
      <h2>{t('desk.context.contact')}</h2>
      <ul className="stacked">
        {people.map((one) => (
          <li key={one.id} className="row">
            <span className="grow">
              <UserLine text={one.name} className="b" />
              {one.role && <span className="mut sm">{t(`desk.contact.${one.role}`)} · </span>}
              {one.phones[0] && (
                <span className="sm">
                  <Phone number={one.phones[0].e164} />
                </span>
              )}
            </span>
            {one.phones[0] && (
              <a
                className="btn icon"
                href={`tel:${one.phones[0].e164}`}
                aria-label={t('desk.context.call', { name: one.name })}
              >
                <Icon of={IconPhone} />
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
