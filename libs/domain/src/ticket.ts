/** The closed lists of a ticket, written once: columns, validators, OpenAPI and screens read them from here. */
export const CHANNELS = ['portal', 'phone', 'email', 'whatsapp', 'walk_in', 'api'] as const;
export type Channel = (typeof CHANNELS)[number];

export const KINDS = ['legal', 'administrative', 'information'] as const;
export type Kind = (typeof KINDS)[number];

/** How far an answer may go: documents, explaining a procedure, or sending to a professional. */
export const ADVICE_LEVELS = ['information', 'orientation', 'referral'] as const;
export type AdviceLevel = (typeof ADVICE_LEVELS)[number];

export const CONFIDENTIALITIES = ['normal', 'restricted'] as const;
export type Confidentiality = (typeof CONFIDENTIALITIES)[number];

/** Who has the next move. */
export const STATUSES = ['new', 'open', 'pending', 'on_hold', 'answered', 'resolved', 'closed'] as const;
export type Status = (typeof STATUSES)[number];

/** Levels of escalation: never a status. */
export const LEVELS = ['agent', 'expert', 'supervisor', 'national'] as const;
export type Level = (typeof LEVELS)[number];

export const MESSAGE_KINDS = ['reply', 'note', 'call', 'system'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

export const AUTHOR_KINDS = ['requester', 'staff', 'system'] as const;
export type AuthorKind = (typeof AUTHOR_KINDS)[number];

export const DIRECTIONS = ['ltr', 'rtl'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const ROLES = ['member', 'manager', 'agent', 'expert', 'supervisor', 'coordinator'] as const;
export type Role = (typeof ROLES)[number];

/** Roles that no membership gives: `follower` reads and answers the one ticket of its follow-up code, `visitor` asks without an account. */
export const ACTING_ROLES = [...ROLES, 'follower', 'visitor'] as const;
export type ActingRole = (typeof ACTING_ROLES)[number];

export const GRANTEE_KINDS = ['account', 'hub', 'follower'] as const;
export type GranteeKind = (typeof GRANTEE_KINDS)[number];

export const GRANT_REASONS = ['consultation', 'escalation', 'overflow', 'national', 'follow_up'] as const;
export type GrantReason = (typeof GRANT_REASONS)[number];

/** A breached clock keeps running: the breach is an instant, not a state. */
export const CLOCK_STATES = ['running', 'paused', 'met', 'cancelled'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];
