import type { AgreementScope, HubStatus, TerritoryRole } from '@app/domain/hub';
import type { Priority } from '@app/domain/sla-policy';
import type { AdviceLevel, Confidentiality, Kind } from '@app/domain/ticket';

export class ManagedHub {
  id: string;
  code: string;
  nameFr: string;
  nameAr: string;
  status: HubStatus;
  isNational: boolean;
  managingNameFr: string | null;
  managingNameAr: string | null;
  seatCode: string | null;
  phone: string | null;
  callbackPhone: string | null;
  email: string | null;
  languages: string[];
  supervisors: number;
  agents: number;
  openTickets: number;
  version: number;
}

export class ManagedHubList {
  items: ManagedHub[];
}

/** What the first hub may ask of the second. */
export class AgreementView {
  id: string;
  fromHubId: string;
  toHubId: string;
  what: AgreementScope[];
  /** Queues of the first hub that it is about. */
  queueCodes: string[];
  /** Null when it has no first day. */
  from: string | null;
  /** The first day after it; null until further notice. */
  to: string | null;
}

export class AgreementList {
  items: AgreementView[];
}

export class PlannedTerritory {
  placeCode: string;
  hubId: string;
  role: TerritoryRole;
  /** Null when it has no first day. */
  from: string | null;
  /** The first day after it; null until further notice. */
  to: string | null;
}

export class PlannedTerritoryList {
  items: PlannedTerritory[];
}

export class TerritoryImpactPlace {
  placeCode: string;
  fromHubId: string;
  toHubId: string;
  /** Open tickets that would move. */
  openTickets: number;
}

export class TerritoryImpact {
  /** Provinces and regions that another hub would answer for on that day. */
  places: TerritoryImpactPlace[];
  openTickets: number;
  associations: number;
}

export class TerritoryChangeView {
  impact: TerritoryImpact;
  items: PlannedTerritory[];
}

export class SuspensionView {
  hub: ManagedHub;
  impact: TerritoryImpact;
}

export class ManagedCategory {
  code: string;
  parentCode: string | null;
  kind: Kind;
  adviceLevel: AdviceLevel;
  nameFr: string;
  nameAr: string;
  nameEn: string;
  needsValidation: boolean;
  defaultPriority: Priority;
  defaultConfidentiality: Confidentiality;
  /** False: not for new tickets; those that have it keep it. */
  active: boolean;
  version: number;
}

export class ManagedCategoryList {
  items: ManagedCategory[];
}

export class SettingOption {
  code: string;
  fr: string;
  ar: string;
  /** Of an emergency number. */
  number?: string;
  /** Of a reason to wait: whether the promise stands still. */
  pausesClock?: boolean;
}

export class SettingView {
  key: string;
  /** One text in both languages. */
  text: SettingText | null;
  /** Or a list. */
  options: SettingOption[] | null;
  version: number;
}

export class SettingText {
  fr: string;
  ar: string;
}

export class SettingList {
  items: SettingView[];
}

export class BrandingView {
  hubId: string;
  code: string;
  nameFr: string;
  nameAr: string;
  greetingFr: string | null;
  greetingAr: string | null;
  phone: string | null;
  /** The hub's one colour; carries white text. */
  accent: string;
  /** Ten shades of it, from light to dark. */
  scale: string[];
  /** Address of the picture, null without one. */
  logo: string | null;
  version: number;
}
