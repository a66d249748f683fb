'use client';

import type { ReactNode } from 'react';
import { KeysProvider } from '#console/keys/keys.tsx';
import { PulseProvider } from '#console/pulse.tsx';
import { FrameKeys } from './frame-keys.tsx';
import { Nav } from './nav.tsx';
import { OverlaysProvider } from './overlays.tsx';
import { PutOffAtFirst } from './put-off-banner.tsx';

/** What stands round every page. */
export function Frame({ secondFactorPutOff = false, children }: { secondFactorPutOff?: boolean; children: ReactNode }) {
  return (
    <PulseProvider>
      <KeysProvider>
        <OverlaysProvider>
          <a
            href="#content"
            className="fixed top-2 left-2 z-50 -translate-y-16 rounded-control bg-ink px-3 py-1.5 text-canvas focus:translate-y-0"
          >
            Skip to the page
          </a>
          <div className="isolate flex min-h-dvh">
            <Nav />
            <PutOffAtFirst value={secondFactorPutOff}>{children}</PutOffAtFirst>
          </div>
          <FrameKeys />
        </OverlaysProvider>
      </KeysProvider>
    </PulseProvider>
  );
}
