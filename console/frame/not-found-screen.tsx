'use client';

import { usePathname } from 'next/navigation';
import { routes } from '#console/routes.ts';
import { Button, ButtonLink } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { useOverlays } from './overlays.tsx';
import { Screen } from './screen.tsx';

/** An address at which there is nothing, and the ways on from it. */
export function NotFoundScreen() {
  const pathname = usePathname();
  const { openPalette } = useOverlays();
  return (
    <Screen title="Not found">
      <EmptyState
        title="There is no page at this address."
        action={
          <div className="flex flex-wrap gap-2 pt-2">
            <Button variant="primary" onClick={openPalette}>
              Find or run…
            </Button>
            <ButtonLink href={routes.overview()}>To the overview</ButtonLink>
          </div>
        }
      >
        <code className="break-all">{pathname}</code>
      </EmptyState>
    </Screen>
  );
}
