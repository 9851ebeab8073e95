/** One text for people in both languages. */
export type Words = { fr: string; ar: string };
