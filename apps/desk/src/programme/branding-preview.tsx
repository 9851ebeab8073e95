import { accentColours, accentColoursByNight, accentProblem } from '@app/domain/accent';
import { parsePhone } from '@app/domain/phone';
import { t } from '@app/ui/i18n';
import { Phone } from '@app/ui/phone';
import type { BrandingDraft } from './branding-draft';
import type { Branding } from './programme-queries';

interface Preview {
  names: Record<'fr' | 'ar', string>;
  greetings: Record<'fr' | 'ar', string>;
  phone: string | null;
  accent: string;
  logo: string | null;
}

/** What the draft would look like; a colour that is refused leaves the published one in place. */
export function brandingPreviewOf(draft: BrandingDraft, branding: Branding): Preview {
  return {
    names: { fr: draft.nameFr, ar: draft.nameAr },
    greetings: { fr: draft.greetingFr, ar: draft.greetingAr },
    phone: parsePhone(draft.phone),
    accent: accentProblem(draft.accent) === null ? draft.accent : branding.accent,
    logo: draft.logo
      ? `data:${draft.logo.mediaType};base64,${draft.logo.data}`
      : draft.logo === null
        ? null
        : branding.logo,
  };
}

/** Both languages, by day and by night. */
export function BrandingPreview(preview: Preview) {
  return (
    <section className="stacked" aria-label={t('programme.branding.preview')}>
      <h2>{t('programme.branding.preview')}</h2>
      <div className="previews">
        {(['fr', 'ar'] as const).map((lang) =>
          (['light', 'dark'] as const).map((theme) => (
            <Sample key={lang + theme} preview={preview} lang={lang} theme={theme} />
          )),
        )}
      </div>
    </section>
  );
}

interface SampleProps {
  preview: Preview;
  lang: 'fr' | 'ar';
  theme: 'light' | 'dark';
}

function Sample({ preview, lang, theme }: SampleProps) {
  const { brand, link } = (theme === 'dark' ? accentColoursByNight : accentColours)(preview.accent);
  const words = t(`programme.sample.language.${lang}`).split('|');
  return (
    <article className={`sample ${theme}`} lang={lang} dir={lang === 'ar' ? 'rtl' : 'ltr'}>
      <header>
        {preview.logo ? (
          <img src={preview.logo} alt="" />
        ) : (
          <i className="sample-mark" style={{ background: preview.accent }} aria-hidden />
        )}
        <b>{preview.names[lang]}</b>
        {preview.phone && (
          <span className="end" style={{ color: link }}>
            <Phone number={preview.phone} />
          </span>
        )}
      </header>
      <p>{preview.greetings[lang] || words[0]}</p>
      <p className="row">
        <span className="sample-button" style={{ background: brand }}>
          {words[1]}
        </span>
        <span style={{ color: link }}>{words[2]}</span>
      </p>
    </article>
  );
}
