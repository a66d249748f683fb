'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchStreamLink, httpSubscriptionLink, splitLink, TRPCClientError } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import { type ReactNode, useState } from 'react';
import type { ErrorCode, ErrorDetails } from '#server/kernel/errors.ts';
import type { AppRouter } from '#server/trpc/root.ts';
import { signedOutLink } from './signed-out-link.ts';
import { stepUpLink } from './step-up/step-up-link.ts';

const API = '/api/trpc';

/** Codes after which asking again can help; a refusal stays a refusal. */
const PASSING = new Set<ErrorCode>(['deadline-exceeded', 'overloaded', 'database-unavailable', 'shutting-down']);

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/** `useTRPC()` makes query and mutation options, `useTRPCClient()` calls and subscribes directly. */
export { useTRPC, useTRPCClient };

/** What a failed call tells a screen. */
export type CallFailure = {
  /** Null where no answer came, so that nobody could give a code. */
  code: ErrorCode | null;
  message: string;
  requestId: string | null;
  /** The input at fault, where one is. */
  field: string | null;
  details: Record<string, unknown>;
};

type FailureData = { code: ErrorCode; requestId: string | null; details: ErrorDetails } | null;

/** Puts the typed client and its cache round the console. */
export function TrpcProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const [client] = useState(makeClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

/** Reads code, request id and field from whatever a query, mutation or subscription failed with. */
export function readFailure(error: unknown): CallFailure {
  // The inferred type of `details` is lost in tRPC's serialisation, so this says what `server/trpc/errors.ts` sends.
  const data: FailureData | undefined = error instanceof TRPCClientError ? error.data : undefined;
  if (data === undefined || data === null) {
    return { code: null, message: 'The server does not answer', requestId: null, field: null, details: {} };
  }
  const { code, requestId, details } = data;
  return {
    code,
    message: error instanceof Error ? error.message : String(error),
    requestId,
    field: details.field ?? null,
    details,
  };
}

function makeClient() {
  return createTRPCClient<AppRouter>({
    links: [
      signedOutLink(),
      stepUpLink,
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url: API }),
        // Streamed, so that a slow histogram never holds up the rows asked for with it. A URL past some 8 kB is refused by
        // proxies; ten calls a batch is what the server takes.
        false: httpBatchStreamLink({ url: API, maxItems: 10, maxURLLength: 6000 }),
      }),
    ],
  });
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5000,
        // The console is on the same machine or network as its server: what the browser calls offline may well answer.
        networkMode: 'always',
        retry: (failures, error) => {
          const { code } = readFailure(error);
          return failures < 2 && (code === null || PASSING.has(code));
        },
        retryDelay: (failures) => Math.min(1000 * 2 ** failures, 4000),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
