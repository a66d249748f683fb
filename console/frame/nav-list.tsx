'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { formatCount } from '#console/format.ts';
import { usePulse } from '#console/pulse.tsx';
import { cn } from '#console/ui/cn.ts';
import { StatusShape } from '#console/ui/status-shape.tsx';
import { isUnder, type NavItem } from './nav-items.ts';
import { troubleCounts } from './trouble-counts.ts';
import { useNavGroups } from './use-nav-groups.ts';

/** Marks what only stands in the wide navigation: the words. Read aloud in both. */
export const WIDE_ONLY = 'sr-only wide:not-sr-only';

type Props = {
  /** Always with words: in the menu of small screens. */
  words?: boolean;
  onNavigate?: () => void;
};

/** The pages in their groups. Counts only for trouble. */
export function NavList({ words = false, onNavigate }: Props) {
  const pathname = usePathname();
  return (
    <div className="flex flex-col gap-3.5">
      {useNavGroups().map((group) => (
        <div key={group.label ?? 'first'}>
          {group.label === null ? null : (
            <div className="px-2 pb-1 text-ink-3 text-small">
              <span className={words ? undefined : WIDE_ONLY}>{group.label}</span>
            </div>
          )}
          <ul className="flex flex-col">
            {group.items.map((item) => (
              <li key={item.href}>
                <NavLink item={item} active={isUnder(pathname, item.href)} words={words} onNavigate={onNavigate} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function NavLink({ item, active, words, onNavigate }: Props & { item: NavItem; active: boolean }) {
  const Icon = item.icon;
  return (
    <Link
      href={item.href}
      onClick={onNavigate}
      aria-current={active ? 'page' : undefined}
      title={words ? undefined : item.label}
      className={cn(
        'relative flex h-[30px] items-center gap-3 rounded-control border border-transparent px-2 font-medium text-ink-2 hover:bg-sunken hover:text-ink dark:hover:bg-surface',
        active ? 'forced-colors:border-[Highlight]' : 'forced-colors:border-[Canvas]',
        active && 'border-line bg-sunken text-ink dark:bg-surface',
        words ? 'h-11 text-lead' : 'justify-center wide:justify-start',
      )}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden className="shrink-0" />
      <span className={words ? undefined : WIDE_ONLY}>{item.label}</span>
      <TroubleCount href={item.href} words={words} />
    </Link>
  );
}

/** What needs a hand on a page, with the shape of the worst. */
function TroubleCount({ href, words }: { href: string; words: boolean | undefined }) {
  const { pulse } = usePulse();
  const trouble = pulse === null ? undefined : troubleCounts(pulse).get(href);
  if (trouble === undefined) return null;
  const { count, bad } = trouble;
  return (
    <span
      className={cn(
        'flex items-center gap-1.5 font-semibold',
        bad ? 'text-bad' : 'text-warn',
        words ? 'ml-auto' : 'absolute top-0 right-0 wide:static wide:ml-auto',
      )}
    >
      <StatusShape kind={bad ? 'failed' : 'held'} size={11} />
      <span className={words ? undefined : WIDE_ONLY}>
        {formatCount(count)}
        <span className="sr-only"> in trouble</span>
      </span>
    </span>
  );
}
