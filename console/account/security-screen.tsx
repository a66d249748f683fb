'use client';

import { READING, Screen } from '#console/frame/screen.tsx';
import { QueryError } from '#console/query-error.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import { ActivitySection } from './activity-section.tsx';
import { PasskeysSection } from './passkeys-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { RecoverySection } from './recovery-section.tsx';
import { TotpSection } from './totp-section.tsx';
import { useAccount } from './use-account.ts';

/** What stands between one's own account and others, and what happened to it lately. */
export function SecurityScreen() {
  const { data, error, isError, refetch } = useAccount();
  return (
    <Screen title="Account and security" note={data && `${data.name}, ${data.role}`}>
      {isError ? (
        <QueryError title="The account could not be read" error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonLines rows={8} rowHeight={36} label="the account" />
      ) : data.operatorId === null ? (
        <EmptyState title="Nobody is signed in here.">
          {data.name} has neither a password nor a second factor of its own.
        </EmptyState>
      ) : (
        <div className={READING}>
          <PasswordSection email={data.name} />
          <TotpSection account={data} />
          {data.secondFactors.length === 0 ? null : <RecoverySection left={data.recoveryCodesLeft} />}
          <PasskeysSection account={data} />
          <ActivitySection operatorId={data.operatorId} mayRead={data.permissions.includes('audit.read')} />
        </div>
      )}
    </Screen>
  );
}
