'use client';

import { useRouter } from 'next/navigation';
import { type KeyBinding, useKeys } from '#console/keys/keys.tsx';
import { useSettings } from '#console/settings.tsx';
import { useOverlays } from './overlays.tsx';
import { useShownTheme } from './theme-button.tsx';
import { useNavGroups } from './use-nav-groups.ts';

/** The keys that mean the same on every page. */
export function FrameKeys() {
  const router = useRouter();
  const { openPalette, openKeys } = useOverlays();
  const { settings, change } = useSettings();
  const { toggle } = useShownTheme();
  const pages = useNavGroups()
    .flatMap(({ items }) => items)
    .map(
      ({ label, href, key }): KeyBinding => ({
        keys: `g ${key}`,
        label,
        group: 'Go to',
        run: () => router.push(href),
      }),
    );
  useKeys([
    ...pages,
    { keys: 'mod+k', label: 'Find or run', group: 'Everywhere', run: openPalette },
    { keys: '?', label: 'These keys', group: 'Everywhere', run: openKeys },
    {
      keys: 't',
      label: 'Times in UTC, or in the zone of this browser',
      group: 'Everywhere',
      run: () => change({ zone: settings.zone === 'UTC' ? 'local' : 'UTC' }),
    },
    {
      keys: 'y',
      label: 'Copy the link of this page',
      group: 'Everywhere',
      // A page that freezes what is relative in its link has its own.
      run: () => void navigator.clipboard.writeText(location.href),
    },
    { keys: 'T', label: 'Light or dark', group: 'Everywhere', run: toggle },
  ]);
  return null;
}
