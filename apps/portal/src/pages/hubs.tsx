import { useState } from 'react';
import { t } from '@app/ui/i18n';
import { Bidi } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { Phone } from '@app/ui/phone';
import { Rich } from '@app/ui/rich';
import { Icon } from '../icon';
import { Page, Title } from '../layout';
import { chosenPlace, choosePlace } from '../own';
import { PlaceField } from '../place-field';
import { hubFor, nameOf, regionOf, usePortal, type PortalHub, type PortalView } from '../portal-data';
import { Failed, Waiting } from '../states';
import { OpenState } from './home';

/** Which hub answers where one is, its number and its hours. */
export function HubsPage() {
  const { data, problem, reload } = usePortal();
  return (
    <Page title={t('portal.hubs.title')}>
      <div className="wrap">
        <Title>{t('portal.hubs.title')}</Title>
        {data ? <Hubs view={data} /> : problem ? <Failed problem={problem} retry={reload} /> : <Waiting />}
      </div>
    </Page>
  );
}

function Hubs({ view }: { view: PortalView }) {
  const [place, setPlace] = useState(chosenPlace() ?? '');
  const own = hubFor(view, place);
  const region = regionOf(view, place);
  return (
    <>
      <div>
        <label className="lab" htmlFor="place">
          {t('portal.hubs.yours')}
        </label>
        <PlaceField
          id="place"
          view={view}
          value={place}
          choose={(code) => {
            choosePlace(code);
            setPlace(code);
          }}
        />
      </div>
      {own && region && (
        <p role="status">{t(`portal.hubs.${region.hubReason}`, { hub: nameOf(own), region: nameOf(region) })}</p>
      )}
      {own && <HubCard hub={own} open />}
      <h2 className="sec">{t(own ? 'portal.hubs.others' : 'portal.hubs.all')}</h2>
      {view.hubs
        .filter((hub) => hub.code !== own?.code)
        .map((hub) => (
          <HubCard key={hub.code} hub={hub} />
        ))}
    </>
  );
}

function HubCard({ hub, open = false }: { hub: PortalHub; open?: boolean }) {
  const Heading = open ? 'h2' : 'h3';
  return (
    <section className="card hub" aria-label={nameOf(hub)}>
      <Heading className="b">{nameOf(hub)}</Heading>
      <p className="row">
        <OpenState hub={hub} />
      </p>
      {hub.phone && (
        <a className="big s" href={`tel:${hub.phone}`}>
          <Icon name="phone" size={20} />
          <Phone number={hub.phone} />
        </a>
      )}
      {hub.email && (
        <a className="plain mail" href={`mailto:${hub.email}`}>
          <Icon name="mail" size={20} />
          <Bidi>{hub.email}</Bidi>
        </a>
      )}
      <details open={open}>
        <summary>{t('portal.hubs.hours')}</summary>
        <Hours hub={hub} />
      </details>
    </section>
  );
}

function Hours({ hub }: { hub: PortalHub }) {
  const names = t('ui.date.weekdays').split('|');
  return (
    <>
      <dl className="hours">
        {hub.week.map(({ weekday, intervals }) => (
          <div key={weekday}>
            <dt>{names[weekday - 1]}</dt>
            <dd>
              {intervals.length === 0
                ? t('portal.hubs.closed')
                : intervals.map((one) => <Span key={one.from} {...one} />)}
            </dd>
          </div>
        ))}
      </dl>
      {hub.holidays.length > 0 && (
        <>
          <p className="b">{t('portal.hubs.holidays')}</p>
          <ul className="holidays">
            {hub.holidays.map((day) => (
              <li key={day.date}>
                <DateTime at={`${day.date}T12:00:00+00:00`} style="long" /> <span className="mut">{nameOf(day)}</span>
                {day.status === 'provisional' && <span className="mut sm block">{t('portal.hubs.provisional')}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** In words, because a dash between times turns round in Arabic. */
function Span({ from, to }: { from: string; to: string }) {
  return (
    <span className="span">
      <Rich id="portal.hubs.span" parts={{ from: <Bidi>{from}</Bidi>, to: <Bidi>{to}</Bidi> }} />
    </span>
  );
}
