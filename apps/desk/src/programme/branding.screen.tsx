import { useQuery } from '@tanstack/react-query';
import { IconTrash, IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { accentProblem } from '@app/domain/accent';
import { formatPhone } from '@app/domain/phone';
import { api, call, ifMatch, problemText } from '@app/ui/api';
import { t } from '@app/ui/i18n';
import { hubsQuery } from '../data/queries';
import { TextField } from '../forms/text-field';
import { faultText, useBase, useWrite } from '../forms/use-write';
import { useMe } from '../session/me';
import { Btn } from '../ui/button';
import { Field } from '../ui/field';
import { Icon } from '../ui/icon';
import { nameOf } from '../ui/names';
import { Page } from '../ui/page';
import { toast } from '../ui/toast-store';
import { LOGO_BYTES, LOGO_TYPES, type BrandingDraft } from './branding-draft';
import { brandingPreviewOf, BrandingPreview } from './branding-preview';
import { brandingQuery, PROGRAMME, type Branding } from './programme-queries';
import '../styles/programme.css';

/** What a hub shows of itself, with how it will look before it is published. */
export function BrandingScreen() {
  const me = useMe();
  const national = me.role === 'coordinator';
  const { data: hubs } = useQuery({ ...hubsQuery, enabled: national });
  const [chosen, setChosen] = useState<string | null>(null);
  const hubId = chosen ?? me.hubId ?? hubs?.items[0]?.id ?? null;
  return (
    <Page
      title={t('programme.branding.title')}
      tools={
        national &&
        hubs && (
          <select
            className="inp"
            aria-label={t('programme.branding.hub')}
            value={hubId ?? ''}
            onChange={(event) => setChosen(event.target.value)}
          >
            {hubs.items.map((hub) => (
              <option key={hub.id} value={hub.id}>
                {nameOf(hub)}
              </option>
            ))}
          </select>
        )
      }
    >
      {hubId && <Loaded key={hubId} hubId={hubId} />}
    </Page>
  );
}

function Loaded({ hubId }: { hubId: string }) {
  const { data, error } = useQuery(brandingQuery(hubId));
  if (error && !data)
    return (
      <p className="alert warn" role="alert">
        {problemText(error)}
      </p>
    );
  return data ? <Editor branding={data} /> : null;
}

/** What is typed stays, whatever others publish meanwhile. */
function Editor({ branding }: { branding: Branding }) {
  const [draft, setDraft] = useState<BrandingDraft>({
    nameFr: branding.nameFr,
    nameAr: branding.nameAr,
    greetingFr: branding.greetingFr ?? '',
    greetingAr: branding.greetingAr ?? '',
    phone: branding.phone ? formatPhone(branding.phone) : '',
    accent: branding.accent,
  });
  const set = (part: Partial<BrandingDraft>) => setDraft({ ...draft, ...part });
  const write = useWrite(
    [PROGRAMME, 'hubs', 'places'],
    ['/nameFr', '/nameAr', '/phone', '/accent', '/greetingFr', '/greetingAr', '/logo/data'],
  );
  const { busy, problem, faultOf, run } = write;
  const [saved, setSaved] = useState<number | null>(null);
  const base = useBase(write, branding.version);
  const accentFault = accentProblem(draft.accent);
  const save = async () => {
    const { greetingFr, greetingAr, phone, ...rest } = draft;
    const done = await run(async () => {
      const { version } = await call(
        api.PUT('/api/v1/hubs/{id}/branding', {
          params: { path: { id: branding.hubId }, header: { 'If-Match': ifMatch(saved ?? base) } },
          body: {
            ...rest,
            greetingFr: greetingFr.trim() || null,
            greetingAr: greetingAr.trim() || null,
            phone: phone.trim() || null,
          },
        }),
      );
      setSaved(version);
      setDraft((now) => ({ ...now, logo: undefined }));
    });
    if (!done) setSaved(null);
    if (done) toast({ text: t('programme.branding.done') });
  };
  return (
    <form
      className="branding"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!accentFault) void save();
      }}
    >
      <section className="card part">
        <div className="stacked">
          <Texts draft={draft} set={set} faultOf={faultOf} />
          <AccentField value={draft.accent} onChange={(accent) => set({ accent })} />
          <LogoField draft={draft} set={set} current={branding.logo} error={faultOf('/logo/data')} />
          {problem && (
            <p className="alert warn" role="alert">
              {problem}
            </p>
          )}
          <div className="row">
            <Btn type="submit" look="primary" busy={busy} disabled={accentFault !== null}>
              {t('programme.branding.publish')}
            </Btn>
          </div>
        </div>
      </section>
      <BrandingPreview {...brandingPreviewOf(draft, branding)} />
    </form>
  );
}

interface PartProps {
  draft: BrandingDraft;
  set: (part: Partial<BrandingDraft>) => void;
  faultOf: (pointer: string) => string | null;
}

function Texts({ draft, set, faultOf }: PartProps) {
  return (
    <div className="two">
      {(['nameFr', 'nameAr', 'greetingFr', 'greetingAr', 'phone'] as const).map((name) => (
        <TextField
          key={name}
          label={t(`programme.field.${name}`)}
          value={draft[name]}
          max={name.startsWith('greeting') ? 300 : name === 'phone' ? 40 : 120}
          dir={name.endsWith('Ar') ? 'rtl' : 'ltr'}
          type={name === 'phone' ? 'tel' : 'text'}
          error={faultOf(`/${name}`)}
          onChange={(value) => set({ [name]: value })}
        />
      ))}
    </div>
  );
}

/** A colour that cannot be read, or looks like a warning, is refused while it is being chosen. */
function AccentField({ value, onChange }: { value: string; onChange: (accent: string) => void }) {
  const fault = accentProblem(value);
  return (
    <Field
      label={t('programme.field.accent')}
      hint={t('programme.branding.accentHint')}
      error={fault ? t(`programme.accent.${fault}`) : null}
    >
      {(control) => (
        <div className="row">
          <input
            type="color"
            className="swatch"
            aria-label={t('programme.branding.pick')}
            value={/^#[0-9a-f]{6}$/.test(value) ? value : '#000000'}
            onChange={(event) => onChange(event.currentTarget.value.toLowerCase())}
          />
          <input
            {...control}
            className="inp hex"
            dir="ltr"
            maxLength={7}
            spellCheck={false}
            value={value}
            onChange={(event) => onChange(event.currentTarget.value.toLowerCase())}
          />
        </div>
      )}
    </Field>
  );
}

interface LogoFieldProps {
  draft: BrandingDraft;
  set: (part: Partial<BrandingDraft>) => void;
  current: string | null;
  error: string | null;
}

function LogoField({ draft, set, current, error }: LogoFieldProps) {
  const input = useRef<HTMLInputElement | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const take = async (file: File | undefined) => {
    const mediaType = LOGO_TYPES.find((one) => one === file?.type);
    if (!file || !mediaType || file.size > LOGO_BYTES) {
      if (file) setRefused(mediaType ? 'too_large' : 'type_not_allowed');
      return;
    }
    setRefused(null);
    const bytes = new Uint8Array(await file.arrayBuffer());
    set({ logo: { mediaType, data: btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join('')) } });
  };
  const has = draft.logo ?? (draft.logo === undefined && current);
  return (
    <div className="field">
      <span className="lab">{t('programme.branding.logo')}</span>
      <div className="row">
        <Btn onClick={() => input.current?.click()}>
          <Icon of={IconUpload} />
          {t('programme.branding.choose')}
        </Btn>
        {has && (
          <Btn look="quiet" onClick={() => set({ logo: null })}>
            <Icon of={IconTrash} />
            {t('programme.branding.remove')}
          </Btn>
        )}
        <input
          ref={input}
          type="file"
          hidden
          accept={LOGO_TYPES.join(',')}
          onChange={(event) => {
            void take(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <span className="hint">{t('programme.branding.logoHint')}</span>
      {(refused ?? error) && (
        <span className="err" role="alert">
          {refused ? faultText(refused) : error}
        </span>
      )}
    </div>
  );
}
