import type { CallFailure } from '#console/trpc-client.tsx';

/** A field that the server refused, by the path of the schema, and why. */
export type FormFault = { field: string; message: string };

/** All fields that a failed call names: those of the command's schema come whole, any other alone. */
export function faultsOf({ field, message, details }: Pick<CallFailure, 'field' | 'message' | 'details'>): FormFault[] {
  if (Array.isArray(details.faults)) return details.faults.filter(isFault);
  if (field === null || !/^(data|streamId)\b/.test(field)) return [];
  return [{ field, message: message.replace(field, '').replace(/^[:\s]+/, '') }];
}

function isFault(value: unknown): value is FormFault {
  return typeof value === 'object' && value !== null && 'field' in value && 'message' in value;
}
