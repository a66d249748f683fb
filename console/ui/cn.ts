import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

/** tailwind-merge must know our own scales, or it takes `text-micro` for a colour and drops it beside `text-ink`. */
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ['micro', 'small', 'table', 'body', 'bar', 'lead', 'title', 'verdict', 'figure'],
      radius: ['gauge', 'badge', 'control', 'card', 'dot'],
      shadow: ['button', 'float'],
    },
  },
});

/** Joins class names; the later of two that set the same thing wins. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
