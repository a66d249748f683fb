import { Field as Base } from '@base-ui/react/field';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

type Props = {
  label: ReactNode;
  /** Beside the label, in ink-3: "optional", "minor units". */
  hint?: ReactNode;
  /** Beneath the control. */
  help?: ReactNode;
  /** In place of the help; the control is then marked invalid. */
  error?: ReactNode;
  name?: string;
  disabled?: boolean;
  children: ReactNode;
  className?: string;
};

/** A label, a control, and what there is to say about it. */
export function Field({ label, hint, help, error, name, disabled, children, className }: Props) {
  const invalid = error !== undefined && error !== null && error !== '' && error !== false;
  return (
    <Base.Root name={name} invalid={invalid} disabled={disabled} className={cn('flex flex-col gap-1', className)}>
      <div className="flex items-baseline gap-2">
        <Base.Label className="font-medium text-ink text-small">{label}</Base.Label>
        {hint === undefined ? null : <span className="text-ink-3 text-small">{hint}</span>}
      </div>
      {children}
      {invalid ? (
        <Base.Error match className="text-bad text-small">
          {error}
        </Base.Error>
      ) : help === undefined ? null : (
        <Base.Description className="text-ink-3 text-small">{help}</Base.Description>
      )}
    </Base.Root>
  );
}
