'use client';

import { useQuery } from '@tanstack/react-query';
import { Screen } from '#console/frame/screen.tsx';
import { useVisit } from '#console/palette/recent.ts';
import { QueryError } from '#console/query-error.tsx';
import { routes } from '#console/routes.ts';
import { readFailure, useTRPC } from '#console/trpc-client.tsx';
import { Badge } from '#console/ui/badge.tsx';
import { ButtonLink } from '#console/ui/button.tsx';
import { cn } from '#console/ui/cn.ts';
import { EmptyState } from '#console/ui/empty-state.tsx';
import { SkeletonLines } from '#console/ui/skeleton.tsx';
import type { CommandTypeInfo } from '#server/command-bus/receipt.ts';
import { DryRunStep } from './dry-run-step.tsx';
import { FillStep } from './fill-step.tsx';
import { ReceiptView } from './receipt-view.tsx';
import { OUTCOME_WORD } from './receipt-words.ts';
import { StepColumn } from './step-column.tsx';
import { useCommandForm } from './use-command-form.ts';

/** One command type: fill, dry run, receipt. */
export function CommandScreen({ commandType }: { commandType: string }) {
  const trpc = useTRPC();
  const type = useQuery(trpc.commands.type.queryOptions({ commandType }, { staleTime: Number.POSITIVE_INFINITY }));
  useVisit(type.data !== undefined);
  if (type.data) return <CommandSteps key={commandType} type={type.data} />;
  const unknown = type.isError && readFailure(type.error).code === 'unknown-command-type';
  return (
    <Screen title={commandType} crumbs={[{ label: 'Commands', href: routes.commands() }]}>
      {unknown ? (
        <EmptyState
          title={`No decider takes a command named ${commandType}.`}
          action={<ButtonLink href={routes.commands()}>Commands that there are</ButtonLink>}
        />
      ) : type.isError ? (
        <QueryError title="The command could not be read" error={type.error} onRetry={() => void type.refetch()} />
      ) : (
        <SkeletonLines rows={10} label="the command" />
      )}
    </Screen>
  );
}

function CommandSteps({ type }: { type: CommandTypeInfo }) {
  const form = useCommandForm(type);
  const { receipt } = form;
  return (
    <Screen
      title={type.commandType}
      note={type.title}
      crumbs={[{ label: 'Commands', href: routes.commands({ type: type.commandType }) }]}
      fill
      bare
    >
      <div
        className={cn(
          'grid min-h-0 grow divide-line max-xl:divide-y xl:divide-x 2xl:grid-cols-[344px_406px_minmax(0,1fr)]',
          // What was filled in and tried gives way to what has come of it, where there is no room for all three.
          receipt ? 'xl:grid-cols-[256px_312px_minmax(0,1fr)]' : 'xl:grid-cols-[344px_406px_minmax(0,1fr)]',
        )}
      >
        <FillStep type={type} form={form} />
        <DryRunStep type={type} form={form} />
        <StepColumn
          number={3}
          title="Receipt"
          state={receipt ? 'current' : 'ahead'}
          focused={receipt !== null}
          aside={
            receipt ? (
              <Badge status={receipt.outcome === 'accepted' ? 'running' : undefined}>
                {OUTCOME_WORD[receipt.outcome]}
              </Badge>
            ) : null
          }
        >
          <div role="status" aria-live="polite">
            {receipt ? (
              <ReceiptView receipt={receipt} data={form.request.data} />
            ) : (
              <p className="text-ink-3">
                Every step with its time, each projection as it applies the events, and the state that results.
              </p>
            )}
          </div>
        </StepColumn>
      </div>
    </Screen>
  );
}
