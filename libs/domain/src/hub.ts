/** Enumerated values of places, hubs and what a hub configures, as stored. */

export const PLACE_KINDS = ['region', 'prefecture', 'province'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

export const HUB_STATUSES = ['planned', 'active', 'suspended', 'closed'] as const;
export type HubStatus = (typeof HUB_STATUSES)[number];

export const TERRITORY_ROLES = ['managing', 'interim'] as const;
export type TerritoryRole = (typeof TERRITORY_ROLES)[number];

/** What one hub does for another: takes over what waits too long, or gives an opinion. */
export const AGREEMENT_SCOPES = ['overflow', 'consultation'] as const;
export type AgreementScope = (typeof AGREEMENT_SCOPES)[number];

export const SKILL_TYPES = ['domain', 'language', 'clearance'] as const;
export type SkillType = (typeof SKILL_TYPES)[number];

export const MACRO_KINDS = ['macro', 'template', 'snippet'] as const;
export type MacroKind = (typeof MACRO_KINDS)[number];
