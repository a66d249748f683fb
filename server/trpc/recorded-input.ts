import type { Json, JsonObject } from '#server/kernel/json.ts';

const SECRET = /pass|secret|token|otp|recovery|credential/i;
const BYTES_MAX = 4096;

/** What an answer says of what was done; the rest of it may be secret, personal or large. */
const RESULT_NAMES = [
  'id',
  'name',
  'act',
  'version',
  'streamId',
  'streamVersion',
  'globalPosition',
  'commandId',
  'outcome',
  'approvalId',
  'state',
  'requested',
  'skipped',
];

/**
 * The input as the audit keeps it: without what is secret by its name, and without what is large. `plainOnly` leaves out
 * whatever is not a plain value, because the data of commands and events can be about people and must be forgettable.
 */
export function toRecordedInput(input: JsonObject, plainOnly: boolean): JsonObject {
  const kept = Object.entries(input).filter(([name, value]) => name !== 'reason' && (!plainOnly || isPlain(value)));
  const clean = Object.fromEntries(kept.map(([name, value]) => [name, withoutSecrets(name, value)]));
  const bytes = Buffer.byteLength(JSON.stringify(clean));
  return bytes <= BYTES_MAX ? clean : { omittedBytes: bytes };
}

/** The plain values of an answer that say what was done. */
export function toRecordedResult(result: unknown): JsonObject {
  if (typeof result !== 'object' || result === null) return {};
  const said = result as Record<string, Json | undefined>;
  return Object.fromEntries(
    RESULT_NAMES.filter((name) => isPlain(said[name])).map((name) => [name, said[name] as Json]),
  );
}

function isPlain(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.length <= 512;
  return typeof value === 'number' || typeof value === 'boolean';
}

function withoutSecrets(name: string, value: Json | undefined): Json {
  if (SECRET.test(name)) return '(secret)';
  if (Array.isArray(value)) return value.map((one) => withoutSecrets('', one));
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, withoutSecrets(inner, one)]));
}
