import { PROVIDERS, type Provider } from '@app/domain/calls/canonical-event';
import { Bidi } from '@app/ui/bidi';
import { t } from '@app/ui/i18n';
import { CheckField } from '../forms/check-field';
import { Field } from '../ui/field';
import { isListened, type Form } from './integration-form';
import type { Integration } from './telephony-queries';

interface FormProps {
  form: Form;
  faultOf: (pointer: string) => string | null;
  set: (part: Partial<Form>) => void;
}

/** How a telephone system is reached or may reach us, and whom it turns away. */
export function IntegrationFields({
  form,
  integration,
  faultOf,
  set,
}: FormProps & { integration: Integration | null }) {
  const listened = isListened(form.provider);
  return (
    <>
      <Line
        label={t('calls.callbacks.name')}
        value={form.name}
        error={faultOf('/name')}
        onChange={(name) => set({ name })}
        said
      />
      {integration ? (
        <p className="mut sm">
          {t('calls.telephony.provider')} <Bidi>{integration.provider}</Bidi>
        </p>
      ) : (
        <ProviderField value={form.provider} onChange={(provider) => set({ provider })} />
      )}
      {listened && <ConnectionFields form={form} faultOf={faultOf} set={set} />}
      <SecretFields
        form={form}
        listened={listened}
        signed={integration?.signed ?? false}
        error={faultOf('/secret')}
        set={set}
      />
      {listened ? (
        <Lines
          label={t('calls.telephony.trunks')}
          value={form.trunkContexts}
          onChange={(trunkContexts) => set({ trunkContexts })}
        />
      ) : (
        <Lines
          label={t('calls.telephony.addresses')}
          hint={t('calls.telephony.addressesHint')}
          value={form.addresses}
          onChange={(addresses) => set({ addresses })}
        />
      )}
      <Lines
        label={t('calls.telephony.blocked')}
        hint={t('calls.telephony.oneALine')}
        value={form.blocked}
        onChange={(blocked) => set({ blocked })}
      />
    </>
  );
}

function ConnectionFields({ form, faultOf, set }: FormProps) {
  return (
    <>
      <div className="two">
        <Line
          label={t('calls.telephony.host')}
          value={form.host}
          error={faultOf('/host')}
          onChange={(host) => set({ host })}
        />
        <Line
          label={t('calls.telephony.port')}
          value={form.port}
          error={faultOf('/port')}
          onChange={(port) => set({ port })}
          number
        />
      </div>
      <Line
        label={t('calls.telephony.username')}
        value={form.username}
        error={faultOf('/username')}
        onChange={(username) => set({ username })}
      />
    </>
  );
}

interface SecretFieldsProps {
  form: Form;
  listened: boolean;
  /** There is one already. */
  signed: boolean;
  error: string | null;
  set: (part: Partial<Form>) => void;
}

function SecretFields({ form, listened, signed, error, set }: SecretFieldsProps) {
  return (
    <>
      <Field
        label={t(listened ? 'calls.telephony.password' : 'calls.telephony.secret')}
        hint={t(
          signed
            ? 'calls.telephony.secretKept'
            : listened
              ? 'calls.telephony.passwordHint'
              : 'calls.telephony.secretHint',
        )}
        error={error}
      >
        {(control) => (
          <textarea
            {...control}
            className="inp"
            dir="ltr"
            maxLength={4_000}
            autoComplete="off"
            value={form.secret}
            onChange={(event) => set({ secret: event.target.value, withoutSecret: false })}
          />
        )}
      </Field>
      {signed && (
        <CheckField
          label={t('calls.telephony.withoutSecret')}
          checked={form.withoutSecret}
          onChange={(withoutSecret) => set({ withoutSecret })}
        />
      )}
    </>
  );
}

function ProviderField({ value, onChange }: { value: Provider; onChange: (provider: Provider) => void }) {
  return (
    <Field label={t('calls.telephony.provider')}>
      {(control) => (
        <select
          {...control}
          className="inp"
          dir="ltr"
          value={value}
          onChange={(event) => onChange(PROVIDERS.find((one) => one === event.target.value) ?? value)}
        >
          {PROVIDERS.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface LineProps {
  label: string;
  value: string;
  error?: string | null;
  hint?: string;
  /** Words of people, in either direction. */
  said?: boolean;
  number?: boolean;
  onChange: (value: string) => void;
}

function Line({ label, value, error, said, number, onChange }: LineProps) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <input
          {...control}
          className={said ? 'inp said' : 'inp'}
          dir={said ? undefined : 'ltr'}
          type={number ? 'number' : 'text'}
          maxLength={said ? 80 : 253}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

function Lines({ label, value, hint, onChange }: LineProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <textarea
          {...control}
          className="inp"
          dir="ltr"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
