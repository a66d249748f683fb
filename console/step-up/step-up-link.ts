import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '#server/trpc/root.ts';

/** Asks for the second factor; true where it was shown. */
type Ask = () => Promise<boolean>;

let ask: Ask | undefined;

/** The dialog takes this place while it is on the page; returns how to leave it. */
export function answerStepUp(by: Ask): () => void {
  ask = by;
  return () => {
    if (ask === by) ask = undefined;
  };
}

/** Asks for the second factor where the dialog is on the page; resolves with whether it was shown. */
export async function askForStepUp(): Promise<boolean> {
  return ask === undefined ? false : ask();
}

/**
 * Where an act is refused because the second factor was not shown lately, asks for it and sends the act once more. So
 * every page's guarded acts work without knowing of it.
 */
export const stepUpLink: TRPCLink<AppRouter> =
  () =>
  ({ next, op }) =>
    observable((observer) => {
      let current: { unsubscribe(): void } | undefined;
      const send = (mayAsk: boolean) => {
        current = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: (error) => {
            if (!mayAsk || ask === undefined || !wantsStepUp(error)) observer.error(error);
            else void ask().then((shown) => (shown ? send(false) : observer.error(error)));
          },
        });
      };
      send(op.type === 'mutation');
      return () => current?.unsubscribe();
    });

function wantsStepUp(error: unknown): boolean {
  return error instanceof TRPCClientError && (error.data as { code?: string } | undefined)?.code === 'step-up-required';
}
