'use client';

import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { SettingsProvider } from './settings.tsx';
import type { Settings } from './settings-model.ts';
import { StepUpDialog } from './step-up/step-up-dialog.tsx';
import { TrpcProvider } from './trpc-client.tsx';

/** What every screen has round it: the URL as state, the person's settings, the typed client. */
export function Providers({ settings, children }: { settings: Settings; children: ReactNode }) {
  return (
    <NuqsAdapter>
      <SettingsProvider initial={settings}>
        <TrpcProvider>
          {children}
          <StepUpDialog />
        </TrpcProvider>
      </SettingsProvider>
    </NuqsAdapter>
  );
}
