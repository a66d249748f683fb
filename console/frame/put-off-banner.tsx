'use client';

import Link from 'next/link';
import { createContext, useContext } from 'react';
import { useAccount } from '#console/account/use-account.ts';
import { routes } from '#console/routes.ts';
import { StatusShape } from '#console/ui/status-shape.tsx';

/** What was known when the page was asked for, so that the banner does not push the page when the account has come. */
export const PutOffAtFirst = createContext(false);

/** Whether whoever is signed in put off the second factor: then no act asks for one. */
export function usePutOff(): boolean {
  const atFirst = useContext(PutOffAtFirst);
  return useAccount().data?.secondFactorPutOff ?? atFirst;
}

/** Stands on every page until the second factor that was put off is set up. */
export function PutOffBanner() {
  if (!usePutOff()) return null;
  return (
    <div role="status" className="flex gap-2.5 border-warn-line border-b bg-warn-soft px-4 py-1.5 sm:px-5">
      <StatusShape kind="held" size={12} className="mt-1" />
      <p className="min-w-0">
        Your second factor is put off: a password alone opens this server.{' '}
        <Link href={routes.security()} className="whitespace-nowrap font-medium underline">
          Set it up
        </Link>
      </p>
    </div>
  );
}
