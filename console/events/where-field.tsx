'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useState } from 'react';
import { readFailure, useTRPC, useTRPCClient } from '#console/trpc-client.tsx';
import type { EventsFilterInput, EventsView } from './events-view.ts';
import type { ChangeView } from './use-events-view.ts';
import { type Completion, completeCondition } from './where-completion.ts';

type Props = { view: EventsView; filter: EventsFilterInput; onChange: ChangeView };

/** A condition on payload fields, completed from the schemas and the newest payloads, checked by the server before it is set. */
export function WhereField({ view, filter, onChange }: Props) {
  // Another condition by the back button begins the text anew.
  return <Field key={view.where} initial={view.where ?? ''} filter={filter} onChange={onChange} />;
}

function Field({ initial, filter, onChange }: { initial: string; filter: EventsFilterInput; onChange: ChangeView }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const errorId = useId();
  const [text, setText] = useState(initial);
  const [asked, setAsked] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const { category } = filter;
  const fields = useQuery(
    trpc.events.fields.queryOptions(category ? { category } : {}, {
      enabled: asked,
      placeholderData: keepPreviousData,
      staleTime: 60_000,
    }),
  );
  const completions = asked ? completeCondition(text, fields.data?.fields ?? []) : [];

  const apply = async () => {
    const where = text.trim();
    if (where === '') return onChange({ where: null });
    try {
      await client.events.list.query({ where, limit: 1, streamId: 'nothing-at-all' });
      setError(null);
      onChange({ where });
    } catch (failure) {
      setError(readFailure(failure).message);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // Enter on a completion takes it; anywhere else it applies what is written.
    if (event.key === 'Enter' && !event.currentTarget.getAttribute('aria-activedescendant')) void apply();
  };

  return (
    <div className="border-b px-3.5 py-3">
      <Autocomplete.Root
        items={completions}
        value={text}
        onValueChange={(value) => {
          setText(value);
          setError(null);
        }}
        itemToStringValue={(item: Completion) => item.text}
        filter={null}
        openOnInputClick
      >
        <span className="mb-1.5 block font-semibold">Where</span>
        <Autocomplete.Input
          aria-label="Condition on payload fields"
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : errorId}
          placeholder="data.quantity > 9"
          spellCheck={false}
          className="mono h-8 w-full rounded-control border border-line-ctl bg-surface px-2.5 placeholder:text-ink-3"
          onFocus={() => setAsked(true)}
          onKeyDown={onKeyDown}
        />
        <Autocomplete.Portal>
          <Autocomplete.Positioner sideOffset={4} align="start" className="z-40">
            <Autocomplete.Popup className="enter-float w-80 max-w-[90vw] rounded-card bg-raised py-1 shadow-float empty:hidden">
              <Autocomplete.List>
                {(item: Completion) => (
                  <Autocomplete.Item
                    key={item.label}
                    value={item}
                    className="flex h-7 cursor-pointer items-center gap-2 px-3 data-highlighted:bg-sunken dark:data-highlighted:bg-line"
                  >
                    <span className="mono min-w-0 flex-1 truncate">{item.label}</span>
                    <span className="text-ink-3 text-small">{item.note}</span>
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
      {error !== null && (
        <p id={errorId} role="alert" className="mt-1.5 text-bad text-small">
          {error}
        </p>
      )}
    </div>
  );
}
