import { cn } from './cn.ts';

/** Letters of the end that are always shown. */
const TAIL = 6;

/** A name on one line. Where it is too long its middle goes, because ids of one kind differ at their end. */
export function LongName({ name, className }: { name: string; className?: string }) {
  const at = Math.max(0, name.length - TAIL);
  return (
    <span className={cn('mono block min-w-0 overflow-hidden whitespace-nowrap', className)} title={name}>
      {/* Inline, so that who selects and copies it gets it in one piece; a little more than fits, against rounding. */}
      <span className="inline-block max-w-[calc(100%-5.9ch)] truncate align-bottom">{name.slice(0, at)}</span>
      {name.slice(at)}
    </span>
  );
}
