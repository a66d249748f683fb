import type { Acknowledgement, Acknowledgements } from '#server/kernel/acknowledgements.ts';
import { comparePositions, type Position } from '#server/kernel/position.ts';
import type { ReceiptProjection } from './receipt.ts';
import { roundMs, type StepTimer } from './step-timer.ts';

/** Waits until the projections have passed `position`, at most `timeoutMs`, and notes when each did; 0 waits for none. */
export async function awaitProjections(
  acknowledgements: Acknowledgements,
  position: Position,
  { timeoutMs, timer, signal }: { timeoutMs: number; timer: StepTimer; signal: AbortSignal | undefined },
): Promise<ReceiptProjection[]> {
  const appendedAt = timer.elapsedMs();
  const passedAfter = new Map<string, number>();
  const note = (now: Acknowledgement[]) => {
    for (const { name, checkpoint } of now) {
      const passed = comparePositions(checkpoint, position) >= 0;
      if (passed && !passedAfter.has(name)) passedAfter.set(name, roundMs(timer.elapsedMs() - appendedAt));
    }
  };
  if (timeoutMs === 0) timer.add('project', 0);
  else await timer.run('project', () => acknowledgements.waitFor(position, { timeoutMs, signal, onChange: note }));
  const now = await timer.run('acknowledge', () => acknowledgements.current(position));
  note(now);
  return now.map((one) => projectionLine(one, position, passedAfter.get(one.name) ?? null));
}

/** A projection's line of a receipt, as it stands. */
export function projectionLine(
  { name, sink, checkpoint, faulted, parked }: Acknowledgement,
  position: Position,
  durationMs: number | null,
): ReceiptProjection {
  const applied = comparePositions(checkpoint, position) >= 0 && !parked;
  const state = applied ? 'applied' : faulted || parked ? 'failed' : 'pending';
  return { name, sink, state, position: checkpoint, durationMs: applied ? durationMs : null };
}
