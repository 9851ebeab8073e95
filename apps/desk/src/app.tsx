import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { RouterProvider } from '@tanstack/react-router';
import { directionOf, pageLocale } from '@app/ui/locale';
import { areaPart } from './area';
import { queryClient } from './data/query-client';
import { useStore } from './data/store';
import { router } from './routes';
import { SessionGate } from './session/session-gate';
import { shownScheme, theme as themeChoice } from './session/settings';
import { theme, themeVariables } from './theme';

/** Opened from a mail by people who have no account yet: it lies outside the gate. */
const Invitation = lazy(
  areaPart('people', async () => ({ default: (await import('./people/invitation.screen')).InvitationScreen })),
);

export function App() {
  const scheme = shownScheme(useStore(themeChoice));
  return (
    <DirectionProvider initialDirection={directionOf(pageLocale())} detectDirection={false}>
      <MantineProvider theme={theme} cssVariablesResolver={themeVariables} forceColorScheme={scheme}>
        <QueryClientProvider client={queryClient}>
          {location.pathname === '/desk/invitation' ? (
            <Suspense fallback={<div className="door" aria-busy="true" />}>
              <Invitation />
            </Suspense>
          ) : (
            <SessionGate>
              <RouterProvider router={router} />
            </SessionGate>
          )}
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
