import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { mayPass } from './api/api.ts';
import { Toasts } from './parts/toasts.tsx';
import { SessionGate } from './session/gate.tsx';
import { Shell } from './shell/shell.tsx';

const createQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && mayPass(error),
        staleTime: 5_000,
        // We say ourselves that the line is down, and ask anyway: only an answer proves it is up.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });

export const App = () => {
  const [queries] = useState(createQueries);
  return (
    <QueryClientProvider client={queries}>
      <Toasts>
        <SessionGate>
          <Shell />
        </SessionGate>
      </Toasts>
    </QueryClientProvider>
  );
};
