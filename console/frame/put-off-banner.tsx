'use client';

import Link from 'next/link';
import { useAccount } from '#console/account/use-account.ts';
import { routes } from '#console/routes.ts';
import { StatusShape } from '#console/ui/status-shape.tsx';

/** Stands on every page until the second factor that was put off is set up. */
export function PutOffBanner() {
  const { data } = useAccount();
  if (data?.secondFactorPutOff !== true) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 border-warn-line border-b bg-warn-soft px-4 py-1.5 sm:px-5"
    >
      <StatusShape kind="held" size={12} />
      <span className="min-w-0">Your second factor is put off: a password alone opens this server.</span>
      <Link href={routes.security()} className="font-medium underline">
        Set it up
      </Link>
    </div>
  );
}
