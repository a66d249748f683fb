'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatTime } from '#console/format-time.ts';
import { Screen } from '#console/frame/screen.tsx';
import { QueryAnswer } from '#console/query-answer.tsx';
import { useZone } from '#console/settings.tsx';
import { useTRPC } from '#console/trpc-client.tsx';
import { Status } from '#console/ui/badge.tsx';
import { Button } from '#console/ui/button.tsx';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { Menu, MenuAction } from '#console/ui/menu.tsx';
import { Table, TableCell, TableHead, TableHeading, TableRow } from '#console/ui/table.tsx';
import type { Operator } from '#server/identity/identity.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { type OperatorAct, OperatorActDialog } from './operator-act-dialog.tsx';

const FACTORS: Record<string, string> = { totp: 'app', passkey: 'passkey' };

/** Who may come in, as what, and what an administrator does about it. */
export function OperatorsScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.operators.list.queryOptions(undefined, { refetchInterval: 5000 }));
  const [inviting, setInviting] = useState(false);
  const [acting, setActing] = useState<{ operator: Operator; act: OperatorAct } | null>(null);
  return (
    <Screen title="Operators" note="who may come in, and as what">
      <div className="flex flex-col gap-3">
        <QueryAnswer query={query} failed="The operators could not be read" rows={4} label="operators">
          {({ operators }) => (
            <>
              <div className="flex flex-wrap items-center justify-between gap-3">
                <p className="max-w-prose text-ink-2">
                  A viewer reads; an operator acts, too; an administrator also says who may. Each change asks for a
                  reason, and for your second factor once you have one, and stands in the audit.
                </p>
                <Button variant="primary" onClick={() => setInviting(true)}>
                  Invite somebody…
                </Button>
              </div>
              <div className="rounded-card border border-line bg-surface">
                {operators.length === 0 ? (
                  <EmptyState title="There is no operator yet." />
                ) : (
                  <Table label="Operators" density="comfortable">
                    <TableHead>
                      <tr>
                        <TableHeading>Operator</TableHeading>
                        <TableHeading>Role</TableHeading>
                        <TableHeading>State</TableHeading>
                        <TableHeading>Second factor</TableHeading>
                        <TableHeading>Last sign-in</TableHeading>
                        <TableHeading numeric>Sessions</TableHeading>
                        <TableHeading>
                          <span className="sr-only">Change</span>
                        </TableHeading>
                      </tr>
                    </TableHead>
                    <tbody>
                      {operators.map((operator) => (
                        <Row
                          key={operator.operatorId}
                          operator={operator}
                          onlyAdmin={isOnlyAdmin(operator, operators)}
                          onAct={(act) => setActing({ operator, act })}
                        />
                      ))}
                    </tbody>
                  </Table>
                )}
              </div>
            </>
          )}
        </QueryAnswer>
        {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
        {acting === null ? null : <OperatorActDialog {...acting} onClose={() => setActing(null)} />}
      </div>
    </Screen>
  );
}

/** Without an administrator nobody could make another. */
function isOnlyAdmin(operator: Operator, operators: readonly Operator[]): boolean {
  const admins = operators.filter(({ role, disabledAt }) => role === 'admin' && disabledAt === null);
  return admins.length === 1 && admins[0]?.operatorId === operator.operatorId;
}

type RowProps = { operator: Operator; onlyAdmin: boolean; onAct: (act: OperatorAct) => void };

function Row({ operator, onlyAdmin, onAct }: RowProps) {
  const zone = useZone();
  const barred = onlyAdmin ? 'The only administrator: make another one first.' : null;
  const { email, name, role, disabledAt, secondFactors, lastSignInAt, openSessions } = operator;
  return (
    <TableRow>
      <TableCell className="whitespace-nowrap">
        <span className="font-medium">{email}</span>
        {name === email ? null : <span className="pl-2 text-ink-2">{name}</span>}
      </TableCell>
      <TableCell>{role}</TableCell>
      <TableCell>
        {disabledAt === null ? <Status status="running">active</Status> : <Status status="stopped">disabled</Status>}
      </TableCell>
      <TableCell>
        {secondFactors.length > 0 ? (
          secondFactors.map((one) => FACTORS[one] ?? one).join(' and ')
        ) : role === 'viewer' ? (
          <span className="text-ink-3">none, none needed</span>
        ) : (
          <Status status="held">none yet</Status>
        )}
      </TableCell>
      <TableCell className="mono whitespace-nowrap text-ink-2">
        {lastSignInAt === null ? 'never' : formatTime(lastSignInAt, zone)}
      </TableCell>
      <TableCell numeric>{openSessions}</TableCell>
      <TableCell className="w-24 text-right">
        <Menu
          trigger={
            <Button variant="ghost" aria-label={`Change ${email}`}>
              Change…
            </Button>
          }
        >
          <MenuAction barred={barred} onSelect={() => onAct('role')}>
            Change the role…
          </MenuAction>
          <MenuAction onSelect={() => onAct('sessions')}>End all sessions…</MenuAction>
          <MenuAction barred={barred} onSelect={() => onAct(disabledAt === null ? 'disable' : 'enable')}>
            {disabledAt === null ? 'Disable…' : 'Enable…'}
          </MenuAction>
        </Menu>
      </TableCell>
    </TableRow>
  );
}
