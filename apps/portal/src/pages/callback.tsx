import { type ReactNode, useState } from 'react';
import { useSearch } from 'wouter';
import { t } from '@app/ui/i18n';
import { loadOpen, type Door } from '../callbacks';
import { CallbackForm } from '../callback-form';
import { CallbackCard } from '../callback-card';
import { Page, Title } from '../layout';
import { useLoad } from '../load';
import { chosenPlace, choosePlace } from '../own';
import { PlaceField } from '../place-field';
import { usePortal } from '../portal-data';
import { useMe } from '../session';
import { Failed, Waiting } from '../states';

/** Asking to be called, and what became of it. Who follows a request comes with its reference. */
export function CallbackPage() {
  const follows = new URLSearchParams(useSearch()).has('ref');
  const me = useMe();
  return (
    <Page title={t('portal.callback.title')}>
      <div className="wrap">
        {me.loading && <Waiting />}
        {me.problem ? <Failed problem={me.problem} retry={me.reload} /> : null}
        {me.data && <Asking known={follows || me.data.me !== null} />}
      </div>
    </Page>
  );
}

function Asking({ known }: { known: boolean }) {
  const [place, setPlace] = useState(chosenPlace() ?? '');
  const [unknown] = useState(place === '');
  const choose = (code: string) => {
    choosePlace(code);
    setPlace(code);
  };
  if (known) return <Asked door={{ placeCode: null }} />;
  const where = unknown ? <Where place={place} choose={choose} /> : null;
  if (place) return <Asked key={place} door={{ placeCode: place }} before={where} />;
  return (
    <>
      <Title>{t('portal.callback.title')}</Title>
      {where}
    </>
  );
}

/** The hub of a place calls: it is asked once on a device. */
function Where({ place, choose }: { place: string; choose: (code: string) => void }) {
  const { data: view } = usePortal();
  if (!view) return null;
  return (
    <div>
      <label className="lab" htmlFor="place">
        {t('portal.callback.place')}
      </label>
      <PlaceField id="place" view={view} value={place} choose={choose} />
    </div>
  );
}

function Asked({ door, before = null }: { door: Door; before?: ReactNode }) {
  const { data, problem, reload, loading, set } = useLoad(`callback ${door.placeCode}`, () => loadOpen(door));
  if (loading) return <Waiting />;
  if (!data) return <Failed problem={problem} retry={reload} />;
  if (data.open) return <CallbackCard door={door} callback={data.open} onChange={(open) => set({ open })} />;
  return (
    <>
      <Title>{t('portal.callback.title')}</Title>
      <p className="mut">{t('portal.callback.free')}</p>
      {before}
      <CallbackForm door={door} onDone={(open) => set({ open })} />
    </>
  );
}
