import type { components } from '@app/contract/openapi';
import { api, call } from '@app/ui/api';
import { localTime, longDateText, offsetOf, timeText } from '@app/ui/dates';
import { isolate, plain, t } from '@app/ui/i18n';
import { attemptKey } from './ask-draft';
import { recall, remember } from './device';
import { rememberNames } from './own';

type Schemas = components['schemas'];
export type OwnCallback = Schemas['OwnCallbackView'];
export type Slot = Schemas['SlotView'];

export interface Wish {
  phone: string;
  language: 'fr' | 'ar';
  subject: string;
  /** Beginning of a slot; empty: as soon as possible. */
  at: string;
}

/** What a requester can do with a request of his: signed in or following a ticket, else with the code that the device keeps. */
export interface Door {
  /** Null where nobody is known: the place says which hub calls. */
  placeCode: string | null;
}

interface Kept {
  reference: string;
  code: string;
}

const KEPT = 'callback';
const OPEN: readonly OwnCallback['state'][] = ['waiting', 'calling'];

export const isOpen = ({ state }: OwnCallback): boolean => OPEN.includes(state);

export async function loadSlots({ placeCode }: Door): Promise<Slot[]> {
  const { items } =
    placeCode === null
      ? await call(api.GET('/api/v1/me/callback-slots'))
      : await call(api.GET('/api/v1/portal/callback-slots', { params: { query: { placeCode } } }));
  return items.filter((one) => one.free > 0);
}

/** The request that is open, when there is one. */
export async function loadOpen({ placeCode }: Door): Promise<{ open: OwnCallback | null }> {
  if (placeCode === null) {
    const { items } = await call(api.GET('/api/v1/me/callbacks'));
    return { open: items.find(isOpen) ?? null };
  }
  const kept = recall<Kept>(KEPT);
  if (!kept) return { open: null };
  const found = await call(api.POST('/api/v1/portal/callbacks/lookup', { body: kept })).catch(() => null);
  return { open: found && isOpen(found) ? found : null };
}

export async function askCallback({ placeCode }: Door, { phone, language, subject, at }: Wish): Promise<OwnCallback> {
  const wish = { phone, language, ...(subject.trim() ? { subject: subject.trim() } : {}), ...(at ? { at } : {}) };
  rememberNames({ phone });
  if (placeCode === null) return call(api.POST('/api/v1/me/callbacks', { body: wish }));
  const body = { ...wish, placeCode };
  const receipt = await call(
    api.POST('/api/v1/portal/callbacks', { body, params: { header: { 'Idempotency-Key': attemptKey(body) } } }),
  );
  remember('attempt', null);
  if (receipt.code) remember(KEPT, { reference: receipt.reference, code: receipt.code });
  return receipt;
}

export function moveCallback({ placeCode }: Door, { id }: OwnCallback, at: string): Promise<OwnCallback> {
  if (placeCode === null)
    return call(api.PATCH('/api/v1/me/callbacks/{id}', { params: { path: { id } }, body: { at } }));
  return call(api.POST('/api/v1/portal/callbacks/change', { body: { ...recall<Kept>(KEPT)!, at } }));
}

export async function cancelCallback({ placeCode }: Door, { id }: OwnCallback): Promise<void> {
  if (placeCode === null) {
    await call(api.POST('/api/v1/me/callbacks/{id}/cancellation', { params: { path: { id } } }));
    return;
  }
  await call(api.POST('/api/v1/portal/callbacks/change', { body: { ...recall<Kept>(KEPT)!, cancel: true } }));
  remember(KEPT, null);
}

const MOROCCAN = /^0[5-8]\d{8}$/;

/** `0661234567` from any Moroccan spelling; null for what is not one. */
export function nationalOf(typed: string): string | null {
  const digits = typed.replace(/\D/g, '');
  const bare = digits.replace(/^(00)?212/, '').replace(/^0?/, '0');
  return MOROCCAN.test(bare) ? bare : null;
}

/** By pairs, as one says it: `zéro six, soixante et un…`. */
export function spoken(national: string): string {
  const words = t('portal.numbers').split('|');
  const pair = (two: string) =>
    two.startsWith('0') ? `${words[0]} ${words[Number(two[1])]}` : (words[Number(two)] ?? two);
  return (national.match(/\d\d/g) ?? []).map(pair).join(t('ui.date.comma'));
}

/** `aujourd’hui, de 15:00 à 16:30` */
export function slotText({ from, to }: { from: string; to: string }): string {
  const now = localTime(Date.now(), offsetOf(Date.now()));
  const start = localTime(from);
  const days = start.dayNumber - now.dayNumber;
  const day =
    days === 0 ? t('portal.callback.today') : days === 1 ? t('portal.callback.tomorrow') : longDateText(start, now);
  return plain('portal.callback.slot', {
    day: isolate(day),
    from: isolate(timeText(start)),
    to: isolate(timeText(localTime(to))),
  });
}
