import { Input as Base } from '@base-ui/react/input';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';

/** The look of everything one types in: 32 px, a border of 3:1; read-only ones are sunken. */
export const INPUT_CLASS =
  'h-8 w-full min-w-0 rounded-control border border-line-ctl bg-surface px-2.5 text-body text-ink placeholder:text-ink-3 [&[readonly]]:border-line [&[readonly]]:bg-sunken disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-ink-3 data-invalid:border-bad-solid touch:h-9';

/** A line of text. Inside a `Field` it takes the field's label, help and error by itself. */
export function Input({
  className,
  mono = false,
  ...props
}: Omit<ComponentProps<typeof Base>, 'className'> & { className?: string; mono?: boolean }) {
  return <Base {...props} className={cn(INPUT_CLASS, mono && 'mono', className)} />;
}

/** Several lines of text. */
export function Textarea({ className, mono = false, ...props }: ComponentProps<'textarea'> & { mono?: boolean }) {
  return (
    <Base
      render={<textarea {...props} />}
      className={cn(INPUT_CLASS, 'h-auto min-h-16 py-1.5 touch:h-auto', mono && 'mono', className)}
    />
  );
}

/** An input with something before or behind the text: an icon, a key. */
export function InputGroup({
  before,
  after,
  className,
  ...props
}: Omit<ComponentProps<typeof Base>, 'className'> & { before?: ReactNode; after?: ReactNode; className?: string }) {
  return (
    <span className={cn('relative flex w-full items-center', className)}>
      {before === undefined ? null : (
        <span className="pointer-events-none absolute left-2.5 text-ink-3 [&_svg]:size-3.5">{before}</span>
      )}
      <Base {...props} className={cn(INPUT_CLASS, before !== undefined && 'pl-8', after !== undefined && 'pr-10')} />
      {after === undefined ? null : <span className="absolute right-2">{after}</span>}
    </span>
  );
}
