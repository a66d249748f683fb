import {
  Activity,
  DoorOpen,
  GitCompareArrows,
  Inbox,
  KeyRound,
  Layers,
  LayoutDashboard,
  type LucideIcon,
  Milestone,
  ScrollText,
  Search,
  SquareTerminal,
  UserCheck,
  UsersRound,
  Workflow,
} from 'lucide-react';
import { routes } from '#console/routes.ts';
import type { Permission } from '#server/kernel/caller.ts';

export type NavItem = {
  label: string;
  href: string;
  icon: LucideIcon;
  /** With `g`: where the key goes. */
  key: string;
  /** What its page can't be shown without, where not everybody has it. */
  needs?: Permission;
};

export type NavGroup = { label: string | null; items: readonly NavItem[] };

/** The pages there are, in the groups in which the navigation shows them. */
export const NAV_GROUPS: readonly NavGroup[] = [
  {
    label: null,
    items: [
      { label: 'Overview', href: routes.overview(), icon: LayoutDashboard, key: 'o' },
      { label: 'Events', href: routes.events(), icon: Activity, key: 'e' },
      { label: 'Streams', href: routes.streams(), icon: Layers, key: 's' },
    ],
  },
  {
    label: 'Repair',
    items: [
      { label: 'Projections', href: routes.projections(), icon: Workflow, key: 'p' },
      { label: 'Parked', href: routes.parked(), icon: Inbox, key: 'k' },
      { label: 'Processes', href: routes.processes(), icon: Milestone, key: 'm' },
      { label: 'Compare', href: routes.compare(), icon: GitCompareArrows, key: 'x' },
    ],
  },
  {
    label: 'Act',
    items: [
      { label: 'Commands', href: routes.commands(), icon: SquareTerminal, key: 'c' },
      { label: 'Search', href: routes.search(), icon: Search, key: 'f' },
    ],
  },
  {
    label: 'Govern',
    items: [
      { label: 'Audit', href: routes.audit(), icon: ScrollText, key: 'a', needs: 'audit.read' },
      { label: 'Approvals', href: routes.approvals(), icon: UserCheck, key: 'v', needs: 'approvals.act' },
      { label: 'Gateway', href: routes.gateway(), icon: DoorOpen, key: 'w', needs: 'settings.read' },
      { label: 'Operators', href: routes.operators(), icon: UsersRound, key: 'u', needs: 'operators.manage' },
      { label: 'API keys', href: routes.apiKeys(), icon: KeyRound, key: 'i', needs: 'keys.manage' },
    ],
  },
];

/** Whether a path lies under an item. */
export function isUnder(pathname: string, href: string): boolean {
  return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);
}

/** Pages of three panes take the rail until there is room for the words too. */
export function isThreePane(pathname: string): boolean {
  return isUnder(pathname, routes.events()) || isUnder(pathname, routes.streams());
}
