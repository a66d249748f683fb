'use client';

import { CornerDownLeft } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { routes } from '#console/routes.ts';
import { InputGroup } from '#console/ui/input.tsx';

type Props = { value: string | null; onJump(q: string | null): void };

/** A whole id opens its stream; with Shift the list begins there instead, for an id of which one knows the beginning. */
export function StreamJump({ value, onJump }: Props) {
  const [text, setText] = useState(value ?? '');
  const router = useRouter();
  return (
    <InputGroup
      data-filter-field
      aria-label="Stream id: Enter opens it, Shift and Enter lists from there on"
      placeholder="order-7f3a91"
      title="Enter opens it, Shift+Enter lists from there on"
      value={text}
      autoComplete="off"
      after={<CornerDownLeft size={13} strokeWidth={1.75} className="text-ink-3" aria-hidden />}
      onChange={(event) => {
        setText(event.currentTarget.value);
        if (event.currentTarget.value === '' && value !== null) onJump(null);
      }}
      onKeyDown={(event) => {
        const wanted = text.trim();
        if (event.key !== 'Enter' || wanted === '') return;
        if (event.shiftKey) onJump(wanted);
        else router.push(routes.stream(wanted));
      }}
    />
  );
}
