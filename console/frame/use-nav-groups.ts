'use client';

import { useMay } from '#console/account/use-account.ts';
import { NAV_GROUPS, type NavGroup } from './nav-items.ts';

/** The groups of pages with what who is signed in may open; a group of which nothing is left is not there. */
export function useNavGroups(): NavGroup[] {
  const may = useMay();
  const shown = NAV_GROUPS.map((group) => ({
    ...group,
    items: group.items.filter(({ needs }) => needs === undefined || may(needs)),
  }));
  return shown.filter(({ items }) => items.length > 0);
}
