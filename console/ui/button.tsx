import { Button as BaseButton } from '@base-ui/react/button';
import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger' | 'danger-solid';
export type ButtonSize = 'sm' | 'md' | 'lg';

type Looks = {
  variant?: ButtonVariant;
  size?: ButtonSize /** Square, for an icon alone; it then needs a label. */;
  icon?: boolean;
};

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-ink text-canvas hover:bg-ink-2',
  secondary: 'border-line-2 bg-surface text-ink shadow-button hover:bg-sunken dark:bg-raised dark:hover:bg-line',
  ghost: 'border-transparent text-ink-2 hover:bg-sunken hover:text-ink dark:hover:bg-surface',
  danger: 'border-bad-line bg-surface text-bad hover:bg-bad-soft dark:bg-raised',
  'danger-solid': 'border-transparent bg-bad-solid text-raised hover:bg-bad dark:text-canvas',
};

const SIZES: Record<ButtonSize, string> = { sm: 'h-7 px-2.5', md: 'h-8 px-3', lg: 'h-9 px-3.5' };
const SQUARES: Record<ButtonSize, string> = { sm: 'size-7', md: 'size-8', lg: 'size-9' };

/** The look of a button, for what must be another element. One primary a view. */
export function buttonClass({ variant = 'secondary', size = 'sm', icon = false }: Looks = {}): string {
  return cn(
    'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-control border font-medium text-body transition-colors touch:min-h-9',
    'data-disabled:cursor-not-allowed data-disabled:border-line data-disabled:bg-sunken data-disabled:text-ink-3 data-disabled:shadow-none',
    '[&_svg]:size-3.5 [&_svg]:shrink-0',
    VARIANTS[variant],
    icon ? cn(SQUARES[size], 'touch:min-w-9') : SIZES[size],
  );
}

/** A button. Where it is disabled, the reason stands beside it. */
export function Button({ variant, size, icon, className, ...props }: ComponentProps<typeof BaseButton> & Looks) {
  const look = buttonClass({ variant, size, icon });
  return <BaseButton {...props} className={typeof className === 'string' ? cn(look, className) : look} />;
}

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function ButtonLink({ variant, size, icon, className, ...props }: ComponentProps<typeof Link> & Looks) {
  return <Link {...props} className={cn(buttonClass({ variant, size, icon }), className)} />;
}
