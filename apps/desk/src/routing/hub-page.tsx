import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '@app/ui/i18n';
import { hubsQuery } from '../data/queries';
import { useMe } from '../session/me';
import { nameOf } from '../ui/names';
import { Page } from '../ui/page';
import '../styles/rules.css';

/** A screen about one hub: one's own; the programme chooses, and the address keeps the choice. */
export function HubPage({ title, children }: { title: string; children: (hubId: string) => ReactNode }) {
  const { hubId: own } = useMe();
  const { hub } = useSearch({ strict: false });
  const navigate = useNavigate();
  const hubs = useQuery({ ...hubsQuery, enabled: own === null }).data?.items ?? [];
  const hubId = own ?? hubs.find((one) => one.id === hub)?.id ?? hubs[0]?.id;
  return (
    <Page
      title={title}
      tools={
        own === null && (
          <select
            className="inp"
            aria-label={t('rules.field.hub')}
            value={hubId ?? ''}
            onChange={(event) => void navigate({ to: '.', search: { hub: event.target.value } })}
          >
            {hubs.map((one) => (
              <option key={one.id} value={one.id}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        )
      }
    >
      {hubId && (
        <div className="stacked" key={hubId}>
          {children(hubId)}
        </div>
      )}
    </Page>
  );
}
