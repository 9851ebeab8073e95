import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { directionOf, pageLocale } from '@app/ui/locale';
import { queryClient } from './data/query-client';
import { useStore } from './data/store';
import { router } from './routes';
import { SessionGate } from './session/session-gate';
import { shownScheme, theme as themeChoice } from './session/settings';
import { theme, themeVariables } from './theme';

export function App() {
  const scheme = shownScheme(useStore(themeChoice));
  return (
    <DirectionProvider initialDirection={directionOf(pageLocale())} detectDirection={false}>
      <MantineProvider theme={theme} cssVariablesResolver={themeVariables} forceColorScheme={scheme}>
        <QueryClientProvider client={queryClient}>
          <SessionGate>
            <RouterProvider router={router} />
          </SessionGate>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
