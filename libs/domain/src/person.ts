/** Enumerated values of accounts, associations and their contacts, as stored. */

/** Languages of the screens and of written answers. */
export const LOCALES = ['fr', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];

export const ACCOUNT_STATUSES = ['active', 'disabled'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

/** Role in the association: as the person says, or checked on documents. */
export const ROLE_STATES = ['claimed', 'verified'] as const;
export type RoleState = (typeof ROLE_STATES)[number];

export const ASSOCIATION_SETTINGS = ['urban', 'rural'] as const;
export type AssociationSetting = (typeof ASSOCIATION_SETTINGS)[number];
