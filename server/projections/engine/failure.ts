import { createHash } from 'node:crypto';
import { codeOf } from '#db/sql-state.ts';
import { isTidemarkError } from '#server/kernel/errors.ts';
import { SteppedBackError } from './checkpoint.ts';

/** What is kept of an error at which an event was parked. */
export type Failure = { fingerprint: string; message: string; stack: string };

const MESSAGE_CHARS_MAX = 1000;
const STACK_CHARS_MAX = 4000;

/** Takes an error to what is kept; two errors of one kind have one fingerprint, whatever values they speak of. */
export function failureOf(error: unknown): Failure {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, MESSAGE_CHARS_MAX);
  const stack = (error instanceof Error ? (error.stack ?? '') : '').slice(0, STACK_CHARS_MAX);
  const kind =
    error instanceof Error ? `${error.constructor.name} ${codeOf(error) ?? ''} ${brokenBy(error)}` : typeof error;
  const frame = /^\s*at (?:async )?([^\s(]+)/m.exec(stack)?.[1] ?? '';
  const fingerprint = createHash('sha256')
    .update([kind, generalized(message), frame].join('\n'))
    .digest('hex')
    .slice(0, 12);
  return { fingerprint, message, stack };
}

/** What Postgres names beside its message: the constraint or the column is the kind of the failure, not a value in it. */
function brokenBy(error: Error): string {
  const { constraint_name: constraint, column_name: column } = error as {
    constraint_name?: unknown;
    column_name?: unknown;
  };
  return [constraint, column].filter((name) => typeof name === 'string').join(' ');
}

/** The message without the values in it: quoted texts, ids, numbers. */
export function generalized(message: string): string {
  return message
    .replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '"…"')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, 'id')
    .replace(/\b[A-Za-z][\w.]*-[\w.-]*\d[\w.-]*/g, 'id')
    .replace(/\d+(\.\d+)?/g, '0');
}

/** Classes of SQLSTATE that tell of the server and not of the statement: rollbacks, resources, locks, operators, disk. */
const NOT_THE_EVENT = /^(40|53|55|57|58|25P)/;

/** Whether an error says nothing about the events of a page: the database, a deadline, a lost lease. */
export function isNotTheEvents(error: unknown): boolean {
  return (
    error instanceof SteppedBackError ||
    isTidemarkError(error, 'database-unavailable') ||
    isTidemarkError(error, 'deadline-exceeded') ||
    isTidemarkError(error, 'overloaded') ||
    isTidemarkError(error, 'shutting-down') ||
    NOT_THE_EVENT.test(codeOf(error) ?? '')
  );
}
