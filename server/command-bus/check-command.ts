import { v7 as uuidv7 } from 'uuid';
import type { CommandType, Registry } from '#server/domain/registry.ts';
import { checkJson } from '#server/kernel/check-json.ts';
import { TidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { categoryOf, parseStreamId, type StreamId } from '#server/kernel/stream-id.ts';
import { dataFaults } from './data-faults.ts';
import type { CommandRequest } from './receipt.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const WAIT_MS_MAX = 30_000;

export type Envelope = { type: CommandType; streamId: StreamId; commandId: string; waitForMs: number };

/** Checks all of a command but its data; throws errors that name the field. */
export function checkEnvelope(request: CommandRequest, registry: Registry): Envelope {
  const type = registry.commandType(request.commandType);
  if (type === undefined) {
    const known = registry.commandTypes().map((one) => one.commandType);
    const message = `no decider takes ${request.commandType.slice(0, 128)}; known are ${known.join(', ')}`;
    throw new TidemarkError('unknown-command-type', message, { field: 'commandType' });
  }
  const streamId = parseStreamId(request.streamId);
  if (categoryOf(streamId) !== type.category) {
    throw wrong(
      'streamId',
      `must be of category ${type.category}, such as ${type.category}-7f3, for ${type.commandType}`,
    );
  }
  const commandId = (request.commandId ?? uuidv7()).toLowerCase();
  if (!UUID.test(commandId)) throw wrong('commandId', 'must be a UUID');
  const { expectedVersion, waitForMs = 1000 } = request;
  if (expectedVersion !== undefined && (!Number.isSafeInteger(expectedVersion) || expectedVersion < 0)) {
    throw wrong('expectedVersion', 'must be a whole number from 0');
  }
  if (!Number.isInteger(waitForMs) || waitForMs < 0 || waitForMs > WAIT_MS_MAX) {
    throw wrong('waitForMs', `must be a whole number from 0 to ${WAIT_MS_MAX}`);
  }
  return { type, streamId, commandId, waitForMs };
}

/** Checks the data by the command's schema; the error names the first place that is wrong, and lists all in `faults`. */
export function checkData(type: CommandType, data: unknown): JsonObject {
  checkJson(data, 'data');
  const result = type.schema.safeParse(data);
  if (result.success) return result.data as JsonObject;
  const faults = dataFaults(result.error);
  const { field, message } = faults[0] ?? { field: 'data', message: 'is not valid' };
  throw new TidemarkError('bad-request', `${field} ${message}`, { field, faults });
}

function wrong(field: string, why: string): TidemarkError {
  return new TidemarkError('bad-request', `${field} ${why}`, { field });
}
