import { formatMs, formatRate } from '#console/format.ts';
import type { Pulse } from '#server/pulse/pulse.ts';

/** Refusals leave by a line of their own under the store, in ink: they are answers, not errors. */
export function Refusals({ commands }: { commands: Pulse['commands'] }) {
  return (
    <div className="relative mx-[9%] flex h-8 items-end text-ink-3">
      <span aria-hidden className="mb-[9px] ml-[8%] h-[22px] grow rounded-bl-card border-ink-4 border-b border-l" />
      <p className="px-3 text-ink-2 text-table">
        <RefusalSentence commands={commands} />
      </p>
      <span aria-hidden className="relative mb-[9px] h-[22px] grow rounded-br-card border-ink-4 border-r border-b">
        <svg width="8" height="7" viewBox="0 0 8 7" className="-right-[4.5px] -top-1 absolute text-ink-4" aria-hidden>
          <path d="M0 7h8L4 0z" fill="currentColor" />
        </svg>
      </span>
    </div>
  );
}

/** How many are refused, and how fast they are told so. */
export function RefusalSentence({ commands }: { commands: Pulse['commands'] }) {
  const answered =
    commands.refusedP50Ms === null ? '' : `, answered in ${formatMs(commands.refusedP50Ms)} with the current state`;
  return (
    <>
      <span className="font-semibold text-ink">{formatRate(commands.refusedRate)}/s refused</span> by a rule: nothing
      appended{answered}
    </>
  );
}
