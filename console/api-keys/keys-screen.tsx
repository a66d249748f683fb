'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatTime } from '#console/format-time.ts';
import { Screen } from '#console/frame/screen.tsx';
import { QueryAnswer } from '#console/query-answer.tsx';
import { useMounted, useZone } from '#console/settings.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Status } from '#console/ui/badge.tsx';
import { Button } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import type { ApiKey } from '#server/identity/identity.ts';
import { MakeKeyDialog } from './make-key-dialog.tsx';
import { RevokeKeyDialog } from './revoke-key-dialog.tsx';

/** Keys of programs: which there are, a new one, and the end of one. */
export function KeysScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.keys.list.queryOptions(undefined, { refetchInterval: 5000 }));
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  return (
    <Screen title="API keys" note="for programs, not for people">
      <div className="flex flex-col gap-3">
        <QueryAnswer query={query} failed="The keys could not be read" rows={4} label="keys">
          {({ keys, roles }) => (
            <>
              <div className="flex flex-wrap items-center justify-between gap-3">
                <p className="max-w-prose text-ink-2">
                  A program shows its key as <code>Authorization: Bearer …</code>. Only a hash of it is kept here.
                </p>
                <Button variant="primary" onClick={() => setMaking(true)}>
                  Make a key…
                </Button>
              </div>
              <div className="rounded-card border border-line bg-surface">
                {keys.length === 0 ? (
                  <EmptyState title="There is no key yet." />
                ) : (
                  <Table label="API keys" density="comfortable">
                    <TableHead>
                      <tr>
                        <TableHeading>Name</TableHeading>
                        <TableHeading>Begins with</TableHeading>
                        <TableHeading>May</TableHeading>
                        <TableHeading>State</TableHeading>
                        <TableHeading>Made</TableHeading>
                        <TableHeading>Last used</TableHeading>
                        <TableHeading>Ends</TableHeading>
                        <TableHeading>
                          <span className="sr-only">Revoke</span>
                        </TableHeading>
                      </tr>
                    </TableHead>
                    <tbody>
                      {keys.map((key) => (
                        <Row key={key.keyId} apiKey={key} onRevoke={() => setRevoking(key)} />
                      ))}
                    </tbody>
                  </Table>
                )}
              </div>
              {making ? <MakeKeyDialog roles={roles} onClose={() => setMaking(false)} /> : null}
            </>
          )}
        </QueryAnswer>
        {revoking === null ? null : <RevokeKeyDialog apiKey={revoking} onClose={() => setRevoking(null)} />}
      </div>
    </Screen>
  );
}

function Row({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const zone = useZone();
  const mounted = useMounted();
  const { name, prefix, role, permissions, createdBy, createdAt, expiresAt, revokedAt, lastUsedAt } = apiKey;
  const time = (at: string | null, otherwise: string) => (at === null ? otherwise : formatTime(at, zone));
  const expired = mounted && expiresAt !== null && Date.parse(expiresAt) <= Date.now();
  return (
    <TableRow>
      <TableCell className="whitespace-nowrap font-medium">{name}</TableCell>
      <TableCell className="mono">{prefix}…</TableCell>
      <TableCell className="max-w-72">
        {permissions === null ? `all of ${role}` : <span title={permissions.join(', ')}>{permissions.join(', ')}</span>}
      </TableCell>
      <TableCell>
        {revokedAt !== null ? (
          <Status status="stopped">revoked</Status>
        ) : expired ? (
          <Status status="stopped">expired</Status>
        ) : (
          <Status status="running">active</Status>
        )}
      </TableCell>
      <TableCell className="whitespace-nowrap text-ink-2">
        <span className="mono">{time(createdAt, '')}</span> by {createdBy}
      </TableCell>
      <TableCell className="mono whitespace-nowrap text-ink-2">{time(lastUsedAt, 'never')}</TableCell>
      <TableCell className="mono whitespace-nowrap text-ink-2">
        {revokedAt === null ? time(expiresAt, 'never') : time(revokedAt, '')}
      </TableCell>
      <TableCell className="w-24 text-right">
        {revokedAt !== null || expired ? null : (
          <Button variant="ghost" aria-label={`Revoke ${name}`} onClick={onRevoke}>
            Revoke…
          </Button>
        )}
      </TableCell>
    </TableRow>
  );
}
