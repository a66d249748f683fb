import pino, { type DestinationStream, type Logger } from 'pino';

/** Values under these names never reach the log, at whatever of the first levels they stand. */
const SECRET_NAMES = [
  'password',
  'secret',
  'token',
  'code',
  'recoveryCode',
  'authorization',
  'cookie',
  '"set-cookie"',
  'apiKey',
  'key',
];

/**
 * The log of a process: JSON, one object a line, so that nothing in a value can look like another line. Of an error its
 * name, message, code and stack are kept; a driver's errors also carry statements, parameters and rows, which may be about
 * people.
 */
export function createLog(level: string, to: DestinationStream = pino.destination(2)): Logger {
  const paths = SECRET_NAMES.flatMap((name) => {
    const field = name.startsWith('"') ? `[${name}]` : `.${name}`;
    return [field.replace(/^\./, ''), `*${field}`, `*.*${field}`];
  });
  return pino(
    {
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: '(secret)' },
      serializers: { err: describeError },
    },
    to,
  );
}

function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  // Not named `code`: that is where one-time codes stand, which are left out.
  const errorCode = 'code' in error ? String(error.code) : undefined;
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  return { name, message, errorCode, stack, cause };
}
