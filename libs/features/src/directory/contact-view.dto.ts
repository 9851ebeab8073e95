import type { Locale, RoleState } from '@app/domain/person';

export class ContactPhoneView {
  e164: string;
  /** As it is read aloud. */
  display: string;
  whatsapp: boolean;
  verified: boolean;
}

export class ContactEmailView {
  email: string;
  verified: boolean;
}

/** A person whom the hub knows. A telephone may be shared by several: it proves nobody's identity. */
export class ContactView {
  id: string;
  hubId: string;
  associationId: string | null;
  name: string;
  nameAr: string | null;
  role: string | null;
  /** The role in the association: as the person says, or checked on documents. */
  roleState: RoleState;
  writtenLanguage: Locale | null;
  spokenLanguage: string | null;
  phones: ContactPhoneView[];
  emails: ContactEmailView[];
  version: number;
}

export class ContactPage {
  items: ContactView[];
  /** Null on the last page. */
  nextCursor: string | null;
}
