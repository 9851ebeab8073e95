export const LOGO_BYTES = 20_000;
export const LOGO_TYPES = ['image/svg+xml', 'image/png'] as const;

/** What is being changed of a hub's image. */
export interface BrandingDraft {
  nameFr: string;
  nameAr: string;
  greetingFr: string;
  greetingAr: string;
  phone: string;
  accent: string;
  /** Undefined: as it is; null: none. */
  logo?: { mediaType: (typeof LOGO_TYPES)[number]; data: string } | null;
}
