'use client';

import { CornerDownLeft } from 'lucide-react';
import { useCallback } from 'react';
import { useTypedText } from '#console/search/use-typed-text.ts';
import { InputGroup } from '#console/ui/input.tsx';
import { Segmented } from '#console/ui/segmented.tsx';
import type { StreamsFilter } from './use-streams.ts';

/** Keys in quick succession are one question. */
const TYPING_MS = 150;

const MATCHES = [
  { value: 'contains', label: 'contains' },
  { value: 'prefix', label: 'begins with' },
] as const;

type Props = {
  value: string | null;
  match: StreamsFilter['match'];
  onFind(q: string | null): void;
  onMatch(match: StreamsFilter['match']): void;
  /** Enter on a text; null once another is typed. */
  onEnter(text: string | null): void;
};

/** Narrows the list by a part of the id, as one types. */
export function StreamJump({ value, match, onFind, onMatch, onEnter }: Props) {
  const write = useCallback((wanted: string) => onFind(wanted === '' ? null : wanted), [onFind]);
  const { text, setText } = useTypedText(value ?? '', write, TYPING_MS);
  return (
    <search className="flex flex-col gap-2">
      <InputGroup
        data-filter-field
        aria-label="Find streams by id; Enter opens the stream of that id, or the first in the list"
        placeholder="order-7f3a91"
        title="Narrows the list; Enter opens the stream of that id, or the first in the list"
        value={text}
        autoComplete="off"
        spellCheck={false}
        after={<CornerDownLeft size={13} strokeWidth={1.75} className="text-ink-3" aria-hidden />}
        onChange={(event) => {
          setText(event.currentTarget.value);
          onEnter(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && text.trim() !== '') onEnter(text.trim());
        }}
      />
      <Segmented label="The id" items={MATCHES} value={match} onChange={onMatch} className="self-start" />
    </search>
  );
}
