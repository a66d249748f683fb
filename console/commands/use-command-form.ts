'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import { type CallFailure, readFailure, useTRPC } from '#console/trpc-client.tsx';
import type { CommandTypeInfo, Receipt, WhatIf } from '#server/command-bus/receipt.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { type FormFault, faultsOf } from './form-faults.ts';
import {
  type DraftObject,
  emptyDraft,
  type FormField,
  formFields,
  parseDraft,
  shareable,
  toData,
} from './schema-form-model.ts';

/** Steps of the form: `fill`, then `tried` with what a dry run said, then `sent` with the receipt. */
export type FormStep = 'fill' | 'tried' | 'sent';

export type CommandForm = {
  step: FormStep;
  fields: FormField[];
  streamId: string;
  setStreamId(streamId: string): void;
  draft: DraftObject;
  setDraft(draft: DraftObject): void;
  /** Kept from the opening of the form, so that sending twice has one effect. */
  commandId: string;
  /** When the form opened. */
  openedAt: number;
  /** The stream as it was when it was named; version 0 where there is none. Null until it is known. */
  pinned: { version: number; state: JsonObject } | null;
  /** An earlier version on whose state the command is tried instead, by which nothing can be sent; null for the newest. */
  at: number | null;
  setAt(version: number | null): void;
  whatIf: WhatIf | null;
  dryRun: Receipt | null;
  receipt: Receipt | null;
  /** The same object until the next failure. */
  failure: CallFailure | null;
  /** The fields that were refused, in their order. */
  faults: readonly FormFault[];
  busy: boolean;
  request: { streamId: string; data: JsonObject; expectedVersion: number; commandId: string };
  tryIt(): void;
  send(): void;
  change(): void;
  /** Takes the stream as it now is, and tries again. */
  rebase(): void;
  startAnew(): void;
};

/**
 * Holds a command from the first key to the receipt. Stream and draft are in the URL until it is sent, but for personal and
 * sensitive fields, which never are.
 */
export function useCommandForm(type: CommandTypeInfo): CommandForm {
  const trpc = useTRPC();
  const fields = useMemo(() => formFields(type.schema), [type.schema]);
  const [suggested, setSuggested] = useState(() => suggestStream(type));
  const [url, setUrl] = useQueryStates(
    { stream: parseAsString, draft: parseAsString, at: parseAsInteger },
    { history: 'replace', throttleMs: 300 },
  );
  const streamId = url.stream ?? suggested;
  const [draft, setDraftState] = useState<DraftObject>(() => ({
    ...emptyDraft(fields),
    ...shareable(fields, parseDraft(url.draft) ?? {}),
  }));
  const [{ commandId, openedAt }, setOpened] = useState(() => openForm());
  const [step, setStep] = useState<FormStep>('fill');

  const named = /^[^-]+-.+/.test(streamId);
  // The version first: asking for the state of a stream that is not there would be an error, and a new one is none.
  // What an earlier visit left in the cache is not the version at which this form opened.
  const pin = { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, refetchOnMount: 'always' } as const;
  const newest = useQuery(
    trpc.streams.events.queryOptions(
      { streamId, limit: 1, direction: 'backward' },
      { ...pin, enabled: named, retry: false },
    ),
  );
  const read = newest.isFetchedAfterMount ? newest.data : undefined;
  const version = named ? (newest.isError ? 0 : read && (read.events[0]?.streamVersion ?? 0)) : 0;
  const state = useQuery(
    trpc.streams.state.queryOptions({ streamId, version: version ?? 1 }, { ...pin, enabled: !!version }),
  );
  const pinned =
    version === undefined
      ? null
      : version === 0
        ? { version, state: {} }
        : state.data
          ? { version, state: state.data.state }
          : null;
  const tried = useMutation(trpc.commands.send.mutationOptions({ onSuccess: () => setStep('tried') }));
  const supposed = useMutation(trpc.commands.whatIf.mutationOptions({ onSuccess: () => setStep('tried') }));
  const sent = useMutation(
    trpc.commands.send.mutationOptions({
      onSuccess() {
        setStep('sent');
        void setUrl({ draft: null });
      },
    }),
  );

  const request = { streamId, data: toData(fields, draft), expectedVersion: pinned?.version ?? 0, commandId };
  const call = { commandType: type.commandType, ...request };
  const failed = sent.error ?? tried.error ?? supposed.error;
  const failure = useMemo(() => (failed ? readFailure(failed) : null), [failed]);
  const forget = () => {
    tried.reset();
    sent.reset();
    supposed.reset();
    setStep('fill');
  };

  return {
    step,
    fields,
    streamId,
    setStreamId: (stream) => void setUrl({ stream }),
    draft,
    setDraft(next) {
      setDraftState(next);
      void setUrl({ draft: JSON.stringify(shareable(fields, next)) });
    },
    commandId,
    openedAt,
    pinned,
    at: url.at !== null && url.at >= 0 ? url.at : null,
    setAt(version) {
      forget();
      void setUrl({ at: version });
    },
    whatIf: supposed.data ?? null,
    dryRun: tried.data ?? null,
    receipt: sent.data ?? null,
    failure,
    faults: failure === null ? [] : faultsOf(failure),
    busy: tried.isPending || sent.isPending || supposed.isPending,
    request,
    tryIt() {
      sent.reset();
      if (url.at === null || url.at < 0) tried.mutate({ ...call, dryRun: true });
      else supposed.mutate({ commandType: type.commandType, streamId, data: request.data, version: url.at });
    },
    send: () => sent.mutate({ ...call, waitForMs: 2000 }),
    change: forget,
    rebase() {
      forget();
      void newest.refetch().then(({ data }) => {
        const expectedVersion = data?.events[0]?.streamVersion ?? 0;
        tried.mutate({ ...call, expectedVersion, dryRun: true });
      });
    },
    startAnew() {
      forget();
      setOpened(openForm());
      setSuggested(suggestStream(type));
      if (type.opensStream) void setUrl({ stream: null });
      else void newest.refetch();
    },
  };
}

function openForm() {
  return { commandId: crypto.randomUUID() as string, openedAt: Date.now() };
}

function suggestStream({ category, opensStream }: CommandTypeInfo): string {
  return opensStream ? `${category}-${crypto.randomUUID().slice(0, 6)}` : '';
}
