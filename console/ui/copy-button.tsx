'use client';

import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button, type ButtonSize, type ButtonVariant } from './button.tsx';

type Props = {
  /** The text, or how to make it when somebody asks. */
  text: string | (() => string);
  /** What is copied, for the title: "Copy query". */
  label: string;
  /** Shown beside the icon; the icon alone where it is missing. */
  children?: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
  className?: string;
};

const SAID_MS = 1600;

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, label, children, variant = 'ghost', size, className }: Props) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = () => {
    navigator.clipboard.writeText(typeof text === 'function' ? text() : text).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  };
  const Icon = outcome === 'copied' ? Check : Copy;
  const said = outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'The browser refused' : null;
  return (
    <Button
      variant={variant}
      size={size}
      icon={children === undefined}
      onClick={copy}
      title={said ?? label}
      aria-label={children === undefined ? label : undefined}
      className={className}
    >
      <Icon strokeWidth={1.75} aria-hidden />
      {children === undefined ? null : (said ?? children)}
      <span role="status" className="sr-only">
        {said}
      </span>
    </Button>
  );
}
