import type { components } from '@app/contract/openapi';
import { detectLanguage, type Language } from '@app/domain/language';
import type { Priority } from '@app/domain/sla-policy';

type Schemas = components['schemas'];
export type CreateBody = Schemas['CreateTicketBody'];
export type Created = Schemas['CreatedTicketView'];
export type Association = Schemas['AssociationItem'];

/** Ways of asking that a person writes down by hand. */
export const HAND_CHANNELS = ['phone', 'walk_in', 'email'] as const;
export type HandChannel = (typeof HAND_CHANNELS)[number];
/** Who asks: somebody known, somebody new, or somebody who gives no name. */
export type Caller = 'known' | 'new' | 'anonymous';

export interface NewTicketDraft {
  channel: HandChannel;
  association: Association | null;
  placeCode: string;
  caller: Caller;
  contactId: string | null;
  name: string;
  phone: string;
  email: string;
  subject: string;
  body: string;
  categoryCode: string;
  /** Null: as detected. */
  language: Language | null;
  answerLanguage: 'fr' | 'ar' | null;
  priority: Priority | null;
  restricted: boolean;
}

export const EMPTY: NewTicketDraft = {
  channel: 'phone',
  association: null,
  placeCode: '',
  caller: 'new',
  contactId: null,
  name: '',
  phone: '',
  email: '',
  subject: '',
  body: '',
  categoryCode: '',
  language: null,
  answerLanguage: null,
  priority: null,
  restricted: false,
};

/** As chosen, else as the question reads. */
export function languagesOf(draft: NewTicketDraft): { language: Language; answerLanguage: 'fr' | 'ar' } {
  const detected = detectLanguage(`${draft.subject}\n${draft.body}`);
  return {
    language: draft.language ?? detected.language,
    answerLanguage: draft.answerLanguage ?? detected.answerLanguage,
  };
}

/** What a ticket still needs, in the order of the form. */
export function missingOf(draft: NewTicketDraft): ('place' | 'contact' | 'name' | 'subject' | 'body' | 'category')[] {
  const { subject, body, categoryCode, association, placeCode, caller, contactId, name } = draft;
  const needs = {
    place: association === null && placeCode === '',
    contact: caller === 'known' && contactId === null,
    name: caller === 'new' && name.trim() === '',
    subject: subject.trim() === '',
    body: body.trim() === '',
    category: categoryCode === '',
  };
  return (Object.keys(needs) as (keyof typeof needs)[]).filter((one) => needs[one]);
}

/** What is asked of the API for the promise; null until theme and place are known. */
export function promiseBody(draft: NewTicketDraft): Schemas['TicketPromiseBody'] | null {
  const { association, placeCode, categoryCode, channel, priority, restricted } = draft;
  if (!categoryCode || (!association && !placeCode)) return null;
  return {
    categoryCode,
    channel,
    language: languagesOf(draft).language,
    ...(association ? { associationId: association.id } : { placeCode }),
    ...(priority ? { priority } : {}),
    ...(restricted ? { confidentiality: 'restricted' as const } : {}),
  };
}

export function createBody(draft: NewTicketDraft, uploadIds: string[]): CreateBody {
  const { subject, body, categoryCode, channel, association, placeCode, priority, restricted } = draft;
  return {
    subject: subject.trim(),
    body,
    categoryCode,
    channel,
    ...languagesOf(draft),
    ...(association ? { associationId: association.id } : { placeCode }),
    ...callerOf(draft),
    ...(priority ? { priority } : {}),
    ...(restricted ? { confidentiality: 'restricted' as const } : {}),
    ...(uploadIds.length > 0 ? { uploadIds } : {}),
  };
}

function callerOf({
  caller,
  contactId,
  name,
  phone,
  email,
}: NewTicketDraft): Pick<CreateBody, 'contactId' | 'contact'> {
  if (caller === 'known' && contactId) return { contactId };
  if (caller !== 'new') return {};
  return {
    contact: {
      name: name.trim(),
      ...(phone.trim() ? { phone: phone.trim() } : {}),
      ...(email.trim() ? { email: email.trim() } : {}),
    },
  };
}
