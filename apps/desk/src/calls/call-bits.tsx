import { useEffect, useState } from 'react';
import { Bidi, UserLine } from '@app/ui/bidi';
import { DateTime } from '@app/ui/date-time';
import { t } from '@app/ui/i18n';
import { Phone } from '@app/ui/phone';
import { nameOf } from '../ui/names';
import type { CallItem } from './call-queries';

const SECOND_MS = 1_000;

/** Minutes and seconds, hours before them when there are any: `04:12`. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((one) => String(one).padStart(2, '0'));
  const hours = Math.floor(seconds / 3_600);
  return [...(hours > 0 ? [String(hours)] : []), ...parts].join(':');
}

/** Counts up while a call goes on. */
export function Running({ since, until }: { since: string; until: string | null }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (until !== null) return;
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [until]);
  return <Bidi>{clockText((until === null ? now : Date.parse(until)) - Date.parse(since))}</Bidi>;
}

/** The other side's number, what came instead of one, or that it is withheld. */
export function CallNumber({ call, className }: { call: CallItem; className?: string }) {
  if (call.number) return <Phone number={call.number} className={className} />;
  if (call.numberRaw) return <Bidi className={className}>{call.numberRaw}</Bidi>;
  return <span className={className}>{t('calls.withheld')}</span>;
}

/** Who it is, as far as that is sure. */
export function WhoCalls({ call: { association, contact, match } }: { call: CallItem }) {
  if (!association && !contact) return <span className="mut">{t(`calls.match.${match}`)}</span>;
  return (
    <>
      {association && <UserLine text={nameOf(association)} className="b" />}
      {contact && <UserLine text={contact.name} className={association ? 'mut sm' : 'b'} />}
    </>
  );
}

/** From when to when, on one day nearly always. */
export function Window({ from, to }: { from: string; to: string }) {
  return (
    <span className="nw">
      <DateTime at={from} style="near" /> – <DateTime at={to} style="time" />
    </span>
  );
}
