'use client';

import { formatCount } from '#console/format.ts';
import { Screen } from '#console/frame/screen.tsx';
import { usePulse } from '#console/pulse.tsx';
import { routes } from '#console/routes.ts';
import { ButtonLink } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { ParkedExplorer } from './parked-explorer.tsx';

/** What projections could not handle: why, which events, and what to do about them. */
export function ParkedScreen() {
  const { pulse } = usePulse();
  const open = pulse?.projections.projections.reduce((sum, { parked }) => sum + parked, 0);
  return (
    <Screen title="Parked" note={open === undefined ? undefined : `${formatCount(open)} open, waiting ones included`}>
      <ParkedExplorer
        projection={null}
        empty={
          <EmptyState
            title="Nothing is parked."
            action={<ButtonLink href={routes.projections()}>See the projections</ButtonLink>}
          >
            Every event up to the checkpoints was handled, or skipped by somebody who is named under Completeness.
          </EmptyState>
        }
      />
    </Screen>
  );
}
