'use client';

import Link from 'next/link';
import { signOut } from '#console/account/sign-out.ts';
import { useAccount } from '#console/account/use-account.ts';
import { routes } from '#console/routes.ts';

const ROW_CLASS = 'flex h-11 items-center rounded-control px-2 font-medium text-ink-2 text-lead';

/** The account in the menu of small screens. */
export function MenuAccount({ onNavigate }: { onNavigate: () => void }) {
  const { data } = useAccount();
  if (data?.kind !== 'operator') return null;
  return (
    <div className="pt-3.5">
      <div className="truncate px-2 pb-1 text-ink-3 text-small">
        {data.name}, {data.role}
      </div>
      <Link href={routes.security()} onClick={onNavigate} className={ROW_CLASS}>
        Account and security
      </Link>
      <Link href={routes.sessions()} onClick={onNavigate} className={ROW_CLASS}>
        Sessions
      </Link>
      <button type="button" onClick={() => void signOut()} className={`w-full text-left ${ROW_CLASS}`}>
        Sign out
      </button>
    </div>
  );
}
