import { TidemarkError } from '#server/kernel/errors.ts';
import type { JsonObject } from '#server/kernel/json.ts';
import { isRedacted, isSealed, type PrivateField, REDACTED } from '#server/kernel/private-fields.ts';
import { type SubjectKey, sealText } from './seal.ts';
import type { SubjectKeys } from './subject-keys.ts';

/**
 * Seals the personal fields of data on its way in. A category without such fields, and data that has none of them, costs
 * a look-up in a map and is handed back as it is. What is sealed already, as in an export, stays. A preview makes no key.
 */
export function createSealing(keys: SubjectKeys, fieldsOf: (category: string) => readonly PrivateField[]) {
  return (category: string, data: JsonObject, how: 'kept' | 'preview' = 'kept'): Promise<JsonObject> | JsonObject => {
    if (isRedacted(data)) {
      throw new TidemarkError('bad-request', `data must not have ${REDACTED}: it says that an event was redacted`, {
        field: 'data',
      });
    }
    const personal = fieldsOf(category).filter(({ name, subject }) => subject !== null && isOpen(data[name]));
    return personal.length === 0 ? data : sealed(how === 'kept' ? keys.keyOf : keys.standing, personal, data);
  };
}

async function sealed(
  keyOf: (person: string) => Promise<SubjectKey | undefined>,
  personal: readonly PrivateField[],
  data: JsonObject,
): Promise<JsonObject> {
  const result = { ...data };
  for (const { name, subject } of personal) {
    const [person, text] = [subject === null ? undefined : data[subject], data[name]];
    if (typeof person !== 'string' || person === '') {
      throw new TidemarkError('bad-request', `data.${subject} must say whom data.${name} is about`, {
        field: `data.${subject}`,
      });
    }
    if (typeof text !== 'string') {
      throw new TidemarkError('bad-request', `data.${name} must be a text: it is personal`, { field: `data.${name}` });
    }
    const key = await keyOf(person);
    // Without a key nothing that is kept has this value, so it is like none of it either way.
    if (key !== undefined) result[name] = sealText(key, name, text);
  }
  return result;
}

function isOpen(value: JsonObject[string] | undefined): boolean {
  return value !== undefined && value !== null && value !== '' && !isSealed(value);
}
