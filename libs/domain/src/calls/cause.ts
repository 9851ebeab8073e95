import type { Cause } from './canonical-event';

/** Q.850 cause codes; 26 is never a missed call. */
const Q850: Record<number, Cause> = {
  0: 'unknown',
  1: 'notFound',
  16: 'normalClearing',
  17: 'busy',
  18: 'noAnswer',
  19: 'noAnswer',
  20: 'absent',
  21: 'rejected',
  23: 'forwarded',
  26: 'answeredElsewhere',
  28: 'notFound',
  31: 'normalClearing',
  34: 'congestion',
  38: 'congestion',
  41: 'congestion',
  42: 'congestion',
  127: 'unknown',
};

const NAMES: Record<string, Cause> = {
  normalclearing: 'normalClearing',
  normal_clearing: 'normalClearing',
  completed: 'normalClearing',
  accepted: 'normalClearing',
  answered: 'normalClearing',
  busy: 'busy',
  user_busy: 'busy',
  cancel: 'cancel',
  canceled: 'cancel',
  cancelled: 'cancel',
  originator_cancel: 'cancel',
  missed: 'cancel',
  noanswer: 'noAnswer',
  no_answer: 'noAnswer',
  'no-answer': 'noAnswer',
  no_user_response: 'noAnswer',
  unavailable: 'absent',
  subscriber_absent: 'absent',
  rejected: 'rejected',
  call_rejected: 'rejected',
  lose_race: 'answeredElsewhere',
  answeredelsewhere: 'answeredElsewhere',
  picked_off: 'answeredElsewhere',
  congestion: 'congestion',
  failed: 'congestion',
  normal_temporary_failure: 'congestion',
  notfound: 'notFound',
  unallocated_number: 'notFound',
  invalid_number_format: 'notFound',
  forwarded: 'forwarded',
  attended_transfer: 'forwarded',
  blind_transfer: 'forwarded',
  voicemail: 'voicemail',
  blocked: 'blocked',
};

/** A cause by its Q.850 number or by its name in any of the systems; what is not known is `unknown`. */
export function causeOf(raw: string | number): Cause {
  const text = String(raw).trim();
  if (/^\d{1,3}$/.test(text)) return Q850[Number(text)] ?? 'unknown';
  const name = text.toLowerCase();
  return (Object.hasOwn(NAMES, name) ? NAMES[name] : undefined) ?? 'unknown';
}
