import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

type Props = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Some but not all of what it stands for. */
  partly?: boolean;
  disabled?: boolean;
  children: ReactNode;
  className?: string;
};

/** A box with its label; the whole row is the target. */
export function Checkbox({ checked, onChange, partly = false, disabled = false, children, className }: Props) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the checkbox inside, which Base UI renders
    <label className={cn('flex min-h-6 min-w-0 items-center gap-2 text-body touch:min-h-9', className)}>
      <Base.Root
        checked={checked}
        indeterminate={partly}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next)}
        className="flex size-3.5 shrink-0 items-center justify-center rounded-[3px] border border-line-ctl bg-surface text-canvas data-checked:border-ink data-checked:bg-ink data-indeterminate:border-ink data-indeterminate:bg-ink data-disabled:border-line data-disabled:bg-sunken"
      >
        <Base.Indicator className="flex data-unchecked:hidden">
          {partly ? <Minus size={11} strokeWidth={3} aria-hidden /> : <Check size={11} strokeWidth={3} aria-hidden />}
        </Base.Indicator>
      </Base.Root>
      {children}
    </label>
  );
}
